"""What depends on a private answer is private."""

from __future__ import annotations

import pytest

from tests.packs.helpers import codes, compiled, pack, question, script_of


def sharing(second: str, third: str = "", *, first: str = "share: no") -> str:
    """Three questions, the first private, with these lines in the others."""
    return pack(
        f"worked:\n  - id: one\n    ask: One?\n    {first}\n"
        f"  - id: two\n    ask: Two?\n    {second}\n"
        f"  - id: three\n    ask: Three?\n    {third or 'depth: always'}\n"
    )


@pytest.mark.parametrize(
    "second",
    [
        "when: one is answered",
        "when: last.one is vague",
        "how: Like {one|that}",
        "how: Like {quote of one|that}",
        "note for mentor: Like {last.one|that}",
        "probe:\n      - when: answer is vague and one is answered\n        ask: What?",
    ],
)
def test_what_reads_a_private_answer_is_private(second: str) -> None:
    assert question(script_of(sharing(second)), "two").share == "no"


def test_what_reads_nothing_stays_open() -> None:
    assert question(script_of(sharing("depth: always")), "two").share == "yes"


def test_privacy_goes_on_through_other_questions() -> None:
    script = script_of(sharing("when: one is answered", "when: two is answered"))
    assert question(script, "three").share == "no"


def test_at_the_end_counts_as_less_open_than_yes() -> None:
    script = script_of(sharing("when: one is answered", first="share: at the end"))
    assert question(script, "two").share == "at the end"


def test_an_explicit_yes_against_it_names_the_chain() -> None:
    result = compiled(sharing("when: one is answered", "when: two is answered\n    share: yes"))
    assert codes(result) == ["share-too-open"]
    (found,) = [d for d in result.diagnostics if d.code == "share-too-open"]
    assert "`three` → `two` → `one`" in found.message
    assert str(found.place) == "pack.yaml:16:12"


def test_a_comparison_is_a_reading_too() -> None:
    script = script_of(sharing("probe:\n      - when: answer repeats last.one\n        ask: x"))
    assert question(script, "two").share == "no"


def test_a_group_is_as_private_as_its_condition() -> None:
    script = script_of(
        pack("""\
            worked:
              - id: one
                ask: One?
                share: no
              - id: loop
                repeat: up to 2
                again: Again?
                when: one is answered
                questions:
                  - id: first
                    ask: First?
            """)
    )
    assert question(script, "first").share == "no"


def test_a_round_is_as_private_as_its_first_question() -> None:
    script = script_of(
        pack("""\
            worked:
              - id: loop
                repeat: up to 2
                again: Again?
                questions:
                  - id: first
                    ask: First?
                    share: no
                  - id: second
                    ask: Second?
            """)
    )
    assert question(script, "second").share == "no"


def test_the_default_of_the_pack_is_no_explicit_share() -> None:
    text = sharing("when: one is answered").replace("worked:", "share: yes\nworked:", 1)
    assert question(script_of(text), "two").share == "no"


def test_questions_that_read_one_another_across_sessions_end() -> None:
    text = sharing("when: last.three is answered", "when: last.two is answered", first="skip: yes")
    assert question(script_of(text), "two").share == "yes"
