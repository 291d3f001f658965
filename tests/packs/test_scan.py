"""What bites a writer is found on every line, mended for the rest of the run, and never invented."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.packs.report import Report
from reflect.packs.scan import quoted, scan
from tests.packs.helpers import FULL, codes, compiled, pack


def scanned(text: str) -> tuple[str | None, list[str]]:
    """What the scan makes of `text`, and the codes it reports."""
    report = Report()
    return scan("x", text, report), [found.code for found in report.sorted()]


@pytest.mark.parametrize(
    "line",
    [
        "ask: Why not?",
        "ask: It is 12:30 now",
        "ask: 'Note: this is quoted'",
        'ask: "Note: this too"',
        "ask: A number# without a space",
        "ask: A text  # and a comment",
        "- id: one",
        "- one of:",
        "- note for mentor: Listen.",
        "- 'Quoted: in a list'",
        '- You said "{quote}". What exactly?',
        "words: [a, b]",
        "labels: [low, high]  # both ends",
        "ask: |\n  Note: a block\n  # no comment\n  - no list",
        "- ask: >-\n    Folded: text\n    here # too",
        "ask: 'it''s: fine'",
        'ask: "a \\" b: c"',
        "ask: 'over\n  two: lines'",
        "retired: [\n  a,\n  b ]",
        "---",
        "# only: a comment #",
        "say: don't",
        "",
    ],
)
def test_a_line_that_is_fine_is_left_alone(line: str) -> None:
    assert scanned(line) == (line, [])


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("ask: Note: this", "colon-in-text", "Note: this"),
        ("- Remember this: breathe", "colon-in-text", "Remember this: breathe"),
        ("- Three things, namely:", "colon-in-text", "Three things, namely:"),
        ("- ask: What is #1?", "cut-text", "What is #1?"),
        ("ask: {mentor} said", "needs-quotes", "{mentor} said"),
        ("ask: {mentor}", "needs-quotes", "{mentor}"),
        ("- {last.one|that}", "needs-quotes", "{last.one|that}"),
        ('- "{quote}" is what you said: why?', "needs-quotes", '"{quote}" is what you said: why?'),
        ("ask: [sighs] well", "needs-quotes", "[sighs] well"),
        ("ask: @home", "needs-quotes", "@home"),
        ("ask: > 3 days", "needs-quotes", "> 3 days"),
        ("ask: it's 5: really", "colon-in-text", "it's 5: really"),
    ],
)
def test_a_line_that_bites_is_named_and_mended(line: str, code: str, text: str) -> None:
    mended, found = scanned(line)
    assert found == [code]
    assert mended is not None
    value = yaml.safe_load(mended)
    while not isinstance(value, str):
        value = value[0] if isinstance(value, list) else value["ask"]
    assert value == text


def test_all_lines_are_named_and_the_rest_is_checked_in_the_same_run() -> None:
    result = compiled(
        pack("""\
            worked:
              - id: one
                ask: Note: this
                how: and #2
                keep: wins
            """)
    )
    assert codes(result) == ["colon-in-text", "cut-text", "unknown-word"]
    assert (
        next(d.hint for d in result.diagnostics if d.code == "colon-in-text")
        == "Write: ask: 'Note: this'"
    )


def test_a_text_over_two_lines_cannot_be_mended_and_is_told() -> None:
    mended, found = scanned("ask: a long text\n  going on, and yes indeed: like this")
    assert (mended, found) == (None, ["colon-in-text"])


def test_the_pack_with_every_key_is_fine() -> None:
    assert scanned(FULL) == (FULL, [])


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
    .map(str.strip)
    .filter(bool)
)
def test_quoting_keeps_a_text_whole(text: str) -> None:
    assert yaml.safe_load(f"a: {quoted(text)}") == {"a": text}


@settings(max_examples=500, deadline=None)
@given(st.text("ab-:#'\"{}[]|>&*!? \n,%@", max_size=60))
def test_no_text_breaks_the_scan(text: str) -> None:
    mended, found = scanned(text)
    assert mended == text or found
