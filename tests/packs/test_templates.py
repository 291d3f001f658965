"""What can be put into a text, and what must stand when there is nothing to put in."""

from __future__ import annotations

import pytest

from reflect.script import Placeholder, Template
from tests.packs.helpers import codes, compiled, pack, question, script_of


def saying(how: str, *, first: str = "", probe: bool = False) -> str:
    """A pack with an earlier question (with the line `first`) and one whose text is `how`."""
    text = f"'{how}'"
    last = (
        f"probe:\n      - when: answer is vague\n        ask: {text}" if probe else f"how: {text}"
    )
    extra = f"    {first}\n" if first else ""
    return pack(
        f"worked:\n  - id: one\n    ask: One?\n{extra}  - id: two\n    ask: Two?\n    {last}\n"
    )


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("plain", ("plain",)),
        ("{mentee}", (Placeholder("mentee"),)),
        ("a {mentor} b {other}", ("a ", Placeholder("mentor"), " b ", Placeholder("other"))),
        ("{stage}", (Placeholder("stage"),)),
        ("{{mentee} and }", ("{mentee} and }",)),
        ("{one|that}", (Placeholder("answer", "one", "that"),)),
        ("{ one | that thing }", (Placeholder("answer", "one", "that thing"),)),
        ("{one|}", (Placeholder("answer", "one"),)),
        ("{quote of one|that}", (Placeholder("quote", "one", "that"),)),
        ("{last.two|that}", (Placeholder("last", "two", "that"),)),
    ],
)  # fmt: skip
def test_a_text_becomes_its_template(text: str, template: Template) -> None:
    assert question(script_of(saying(text)), "two").how == template


def test_a_probe_quotes_the_answer_it_follows_on_from() -> None:
    probe = question(script_of(saying("{quote}, {match}", probe=True)), "two").probes[0]
    assert probe.ask == ((Placeholder("quote"), ", ", Placeholder("match")),)


@pytest.mark.parametrize(
    ("text", "first", "found"),
    [
        ("{one}", "", ["missing-fallback"]),
        ("{one}", "skip: no", []),
        ("{quote of one}", "skip: no", []),
        ("{last.one}", "skip: no", ["missing-fallback"]),
        ("{one}", "depth: deeper", ["missing-fallback"]),
        ("{two|x}", "", ["read-too-early"]),
        ("{three|x}", "", ["unknown-placeholder"]),
        ("{match}", "", ["placeholder-out-of-place"]),
        ("{one.__class__|x}", "", ["unknown-placeholder"]),
        ("{due}", "", ["unknown-placeholder"]),
        ("{", "", ["bad-placeholder"]),
        ("{one|{mentor}}", "", ["bad-placeholder"]),
    ],
)
def test_what_cannot_be_filled_is_refused(text: str, first: str, found: list[str]) -> None:
    assert codes(compiled(saying(text, first=first))) == found


def test_many_braces_take_no_time() -> None:
    script = script_of(saying("a{{" * 20_000))
    assert question(script, "two").how == ("a{" * 20_000,)
