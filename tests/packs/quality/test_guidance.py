"""What helps to answer, how long a session gets, and the pack as a whole."""

from __future__ import annotations

import pytest

from reflect.packs.places import Places
from reflect.packs.rules import LintRule, rule_findings
from tests.packs.helpers import compiled, pack
from tests.packs.quality.helpers import asking, found, messages

EIGHT = "".join(
    f"      - Wording {word}?\n"
    for word in ["one", "two", "three", "four", "five", "six", "sev", "ate"]
)


def test_a_text_has_a_line_on_how_to_answer_and_an_example() -> None:
    code = "no-how-or-example"
    assert found(asking("What?"), code) == ["7:5"]
    assert messages(asking("What?", "how: So."), code) == ["`one` has no `example`."]
    assert found(asking("What?", "how: So.", "example: This."), code) == []
    assert found(asking("What?", "answer: yesno"), code) == []


def test_a_scale_says_what_its_ends_mean() -> None:
    code = "scale-without-labels"
    assert found(asking("How?", "scale: 1 to 5"), code) == ["9:12"]
    assert found(asking("How?", "scale: 0 to 9"), code) == ["9:12"]
    assert found(asking("How?", "scale: 1 to 5", "labels: [bad, good]"), code) == []
    assert found(asking("How?", "answer: number"), code) == []


def test_a_probe_shows_what_it_does() -> None:
    code = "probe-without-examples"
    probe = ("probe:", "  - when: answer is vague", "    ask: What exactly?")
    assert found(asking("How?", *probe), code) == ["10:15"]
    assert messages(asking("How?", *probe, "    fires: Fine"), code) == [
        "A probe of `one` has no `quiet`."
    ]
    assert found(asking("How?", *probe, "    fires: Fine", "    quiet: Card"), code) == []
    assert found(asking("How?"), code) == []


def reflection(worked: str, next_: str = "    keep: action\n") -> str:
    rest = f"adjust:\n  - id: b\n    ask:\n{EIGHT.replace('W', 'Another w')}"
    return pack(f"worked:\n{worked}{rest}next:\n  - id: c\n    ask:\n{EIGHT}{next_}")


def test_what_is_asked_every_session_needs_eight_wordings() -> None:
    code, few = "few-wordings", "  - id: a\n    ask: [One?, Two?]\n"
    assert found(reflection(few), code) == ["7:5"]
    assert messages(reflection(few), code) == ["`a` is asked every session with 2 wordings."]
    assert found(reflection(f"{few}    depth: deeper\n"), code) == []
    assert found(reflection(f"{few}    when: last.b is vague\n"), code) == []
    assert found(pack(f"worked:\n{few}"), code) == []


def test_the_wordings_of_all_members_count() -> None:
    four = "      - id: {id}\n        ask: [A?, B?, C?, D?]\n"
    group = "  - id: g\n    one of:\n"
    both = group + four.format(id="a1") + four.format(id="a2")
    assert found(reflection(both), "few-wordings") == []
    assert found(reflection(both.replace(", D?", "")), "few-wordings") == ["9:9"]


def singles(count: int, more: str = "") -> str:
    return "".join(f"  - id: q{n}\n    ask: Question {n}?\n{more}" for n in range(count))


def test_a_session_stays_short() -> None:
    code = "many-questions"
    assert messages(reflection(singles(4)), code) == [
        "`trial` asks 6 questions in every short session; 5 are the most."
    ]
    assert messages(reflection(singles(8, "    depth: deeper\n")), code) == [
        "`trial` asks 10 questions in every long session; 9 are the most."
    ]
    assert messages(pack(f"worked:\n{singles(13)}"), code) == [
        "`trial` asks 13 questions in every session; 12 are the most."
    ]
    assert found(reflection(singles(3)), code) == []
    assert found(reflection(singles(7, "    depth: deeper\n")), code) == []
    assert found(reflection(singles(9, "    when: last.b is vague\n")), code) == []
    assert found(pack(f"worked:\n{singles(12)}"), code) == []


def test_a_reflection_ends_with_something_to_do() -> None:
    code, asked = "no-next-action", "  - id: a\n    ask: What?\n"
    assert found(reflection(asked, ""), code) == ["21:5"]
    assert found(reflection(asked, "    keep: goal\n"), code) == ["21:5"]
    assert found(reflection(asked), code) == []
    assert found(pack(f"worked:\n{asked}"), code) == []


WORDS = "words:\n  busy:\n    - no time\n  calm:\n    - quiet\n"


def test_a_list_is_there_to_be_mentioned() -> None:
    when = "  - id: two\n    ask: Now?\n    when: one mentions busy\n"
    asked = "worked:\n  - id: one\n    ask: What?\n"
    assert found(pack(WORDS + asked + when), "unused-list") == ["9:3"]
    assert found(pack(WORDS + asked), "unused-list") == ["7:3", "9:3"]
    assert found(pack(WORDS + asked + when + "      or one mentions calm\n"), "unused-list") == []
    assert found(pack(asked), "unused-list") == []


def test_an_id_lives_on_or_is_gone() -> None:
    asked, code = "worked:\n  - id: one\n    ask: What?\n", "renamed-and-retired"
    assert found(pack(f"renamed:\n  old: one\nretired:\n  - old\n{asked}"), code) == ["9:5"]
    assert found(pack(f"retired: [gone, old]\nrenamed:\n  old: one\n{asked}"), code) == ["6:17"]
    assert found(pack(f"renamed:\n  old: one\nretired:\n  - gone\n{asked}"), code) == []
    assert found(pack(f"renamed:\n  old: one\n{asked}"), code) == []


@pytest.mark.parametrize(("second", "places"), [("work", ["17:16"]), ("goals", [])])
def test_a_state_belongs_to_one_stage(second: str, places: list[str]) -> None:
    stage = "  - id: {0}\n    title: T\n    lifecycle: {1}\n    worked:\n      - id: q-{0}\n        ask: What?\n"
    text = pack(
        "stages:\n" + stage.format("a", "work") + "  # between\n\n" + stage.format("b", second)
    )
    assert found(text, "state-claimed-twice") == places


def test_a_state_twice_in_one_stage_or_list() -> None:
    stages = "stages:\n  - id: a\n    title: T\n    lifecycle: [work, review]\n    worked:\n      - id: q\n        ask: X?\n"
    again = stages.removeprefix("stages:\n").replace("id: a", "id: b").replace("q\n", "r\n")
    assert found(pack(stages), "state-claimed-twice") == []
    assert found(pack(stages + again), "state-claimed-twice") == ["15:17", "15:23"]


def test_a_teams_own_rules_get_their_places() -> None:
    result = compiled(asking("What?"))
    assert result.script and result.tree
    rule = LintRule("ours", "Ask how.", lambda script: [("one", "Bad."), ("", "All bad.")])
    found_ = rule_findings([rule], result.script, Places(result.tree))
    assert [(str(one.place), one.code, one.message, one.hint) for one in found_] == [
        ("pack.yaml:7:5", "ours", "Bad.", "Ask how."),
        ("pack.yaml:1:1", "ours", "All bad.", "Ask how."),
    ]
    assert rule_findings([], result.script, Places(result.tree)) == ()
