"""A translation to fill in: what is missing is put where it belongs, what is there stays, what changed is told."""

from __future__ import annotations

from textwrap import dedent

import pytest

from reflect.packs.compile import PackText, load
from reflect.packs.filling import Filled, fill_in
from reflect.packs.marks import marks_of
from reflect.packs.report import Report
from reflect.packs.schema import TRANSLATION
from reflect.packs.tree import Map
from tests.packs.helpers import FULL, compiled, files, pack

SMALL = pack(
    """
    words:
      busy:
        - no time
        - rush*
    core:
      hello: Hello you.
    worked:
      - id: calm
        ask:
          - When did you feel calm?
          - Which hour was calm?
        how: One moment.
        probe:
          - when: answer is vague
            ask: What exactly?
            fires:
              - It was fine
            quiet:
              - Sam held the ladder for me
    adjust:
      - one of:
          - id: snag
            ask: What slowed you down?
            options:
              - time: Not enough time
              - nerve: I did not dare
          - id: worst
            ask: What was the worst?
        id: hard
    next:
      - id: step
        ask: What will you do?
        must:
          - check: answer is longer than 1 word
            say: A few more words, please.
    """
)


def tree(text: str, table: object = None) -> Map:
    report = Report()
    found = (
        load(PackText("f.yaml", text.encode()), report, TRANSLATION)
        if table
        else load(PackText("p.yaml", text.encode()), report)
    )
    assert found is not None and not report.failed, report.sorted()
    return found


def filled(source: str, text: str = "", *, done: bool = False) -> Filled:
    there = tree(text, TRANSLATION) if text else None
    return fill_in(tree(source), there, text, "de", done=done)


def complete(text: str) -> str:
    """`text` with every empty text filled in by something."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        before, quotes, _ = line.partition('""')
        lines.append(f"{before}Wort {number}" if quotes else line)
    return "\n".join(lines)


@pytest.mark.parametrize("source", [SMALL, FULL])
def test_a_new_file_holds_every_text_once_and_nothing_is_wrong_with_it(source: str) -> None:
    new = filled(source)
    assert set(new.missing) == set(marks_of(tree(source)))
    result = compiled(files(source, de=new.text), language="de")
    assert result.script is not None, result.diagnostics
    assert {one.code for one in result.diagnostics} <= {"missing-translation"}


@pytest.mark.parametrize("source", [SMALL, FULL])
def test_once_it_is_filled_in_nothing_is_missing_and_marks_are_kept(source: str) -> None:
    text = complete(filled(source).text)
    came = filled(source, text)
    assert (came.missing, came.stale) == ((), ())
    assert "marks:" in came.text and came.text.startswith(text.rstrip("\n"))
    codes = {one.code for one in compiled(files(source, de=came.text), language="de").diagnostics}
    assert "missing-translation" not in codes and "stale-translation" not in codes
    assert filled(source, came.text).text == came.text


def test_the_file_shows_what_the_pack_says() -> None:
    text = filled(SMALL).text
    for line in (
        'ask: ""  # What slowed you down?',
        '- ""  # Which hour was calm?',
        '- time: ""  # Not enough time',
        '- say: ""  # A few more words, please.',
        "# no time, rush*",
        'hello: ""  # Hello you.',
    ):
        assert any(one.strip() == line for one in text.splitlines()), text


def done_file() -> str:
    return filled(SMALL, complete(filled(SMALL).text)).text


def test_a_new_question_is_put_behind_the_one_before_it() -> None:
    new = SMALL.replace(
        "  - id: step\n", "  - id: wish\n    ask: What do you wish?\n  - id: step\n"
    )
    new = new.replace(
        "      - id: worst\n", "      - id: late\n        ask: What came late?\n      - id: worst\n"
    )
    new = new.replace("adjust:\n", "  - id: proud\n    ask: What made you proud?\nadjust:\n")
    before = done_file()
    came = filled(new, before)
    assert came.missing == ("proud", "late", "wish")
    order = [line.strip() for line in came.text.splitlines() if line.strip().startswith("- id:")]
    assert order == [
        f"- id: {name}"
        for name in ("calm", "proud", "hard", "snag", "late", "worst", "wish", "step")
    ]
    kept = [line for line in came.text.splitlines() if line in before.splitlines()]
    assert [line for line in kept if "Wort" in line] == [
        line for line in before.splitlines() if "Wort" in line
    ]
    result = compiled(files(new, de=came.text), language="de")
    assert result.script is not None and {one.code for one in result.diagnostics} <= {
        "missing-translation",
        "few-wordings",
    }


def test_a_text_that_changed_is_stale_until_it_was_looked_at() -> None:
    new = SMALL.replace("What slowed you down?", "What held you up?")
    came = filled(new, done_file())
    assert (came.missing, came.stale) == ((), ("snag",))
    result = compiled(files(new, de=came.text), language="de")
    stale = [one for one in result.diagnostics if one.code == "stale-translation"]
    assert len(stale) == 1 and "`snag`" in stale[0].message
    assert came.text.splitlines()[stale[0].place.line - 1].strip() == "- id: snag"
    again = filled(new, came.text, done=True)
    assert (again.missing, again.stale) == ((), ())
    assert filled(new, again.text).stale == ()


def test_a_new_key_of_an_old_question_is_put_into_it() -> None:
    new = SMALL.replace(
        "ask: What slowed you down?", "ask: What slowed you down?\n        how: One word."
    )
    new = new.replace(
        "        how: One moment.", "        how: One moment.\n        example: On Tuesday."
    ).replace("    how: One moment.", "    how: One moment.\n    example: On Tuesday.")
    came = filled(new, done_file())
    assert set(came.missing) == {"calm", "snag"}
    assert "example:" in came.text and 'how: ""  # One word.' in came.text
    assert compiled(files(new, de=came.text), language="de").script is not None


def test_comments_and_blank_lines_of_a_translator_stay() -> None:
    text = done_file().replace("worked:", "\n# Anna fragt noch nach\nworked:")
    assert filled(SMALL, text).text == text
    new = SMALL.replace(
        "  - id: step\n", "  - id: wish\n    ask: What do you wish?\n  - id: step\n"
    )
    assert "\n\n# Anna fragt noch nach\nworked:" in filled(new, text).text


def test_stages_and_phases_that_are_new() -> None:
    extra = """\
      - id: later
        title: Later on
        worked:
          - id: since
            ask: What has held since?
    """
    new = FULL + "\n".join(f"  {line}" for line in dedent(extra).splitlines()) + "\n"
    text = filled(FULL, complete(filled(FULL).text)).text
    came = filled(new, text)
    assert came.missing == ("stage later", "since")
    assert compiled(files(new, de=came.text), language="de").script is not None
    without = SMALL.replace("next:", "closing:\n  - id: bye\n    ask: Anything else?\nnext:")
    assert (
        compiled(files(without, de=filled(without, done_file()).text), language="de").script
        is not None
    )
