"""The place of a character of a text is where that very character stands in the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.tree import Map, Text
from tests.packs.helpers import compiled, pack

WORDS = st.text("ab é'\"{}|:#\\,-“”’\u200b\u00a0\t?!*&😀", min_size=1, max_size=24)
ESCAPES = {"\\": "\\", '"': '"', "t": "\t", "/": "/"}


def text_of(data: str) -> Text | None:
    """The text under `a` of a file, None when there is none."""
    tree = read_tree("f.yaml", data.encode(), Report())
    found = tree.values.get("a") if isinstance(tree, Map) else None
    return found if isinstance(found, Text) else None


def assert_places(text: Text, data: str) -> int:
    """Every place that is told holds the character meant, or begins an escape; how many are told."""
    lines, told = data.split("\n"), 0
    for offset, character in enumerate(text.value):
        place = text.at(offset)
        if place == text.place and offset:
            continue
        line = lines[place.line - 1]
        there = line[place.column - 1 : place.column]
        if there == "\\" and character != "\\":
            there = ESCAPES.get(line[place.column], character)
        blank = character.isspace() and not there.strip(
            " \t\u200b\u00a0"
        )  # a fold, at the end of a line
        assert there == character or blank or (place == text.place and offset == 0)
        told += place != text.place or there == character
    return told


def shown(text: Text) -> int:
    """How many characters of `text` are no blanks."""
    return sum(not character.isspace() for character in text.value)


@given(WORDS)
def test_a_place_holds_the_character_meant_whatever_was_mended(words: str) -> None:
    for data in (
        f"a: {words}\n",
        f"a: {words}\n  {words}\nb: c\n",
        f"x: y\na:   {words}  # {words}",
    ):
        text = text_of(data)
        if text is not None:
            assert_places(text, data)


@given(WORDS.map(lambda words: words.replace("\u200b", "") or "x"), st.sampled_from("'\""))
def test_every_character_in_quotes_has_its_place(words: str, quote: str) -> None:
    quoted = json.dumps(words, ensure_ascii=False)
    if quote == "'":
        quoted = "'" + words.replace("'", "''").replace("\t", " ") + "'"
    data = f"b: c\na: {quoted}\n"
    text = text_of(data)
    assert text is not None
    assert assert_places(text, data) == len(text.value)


LINES = st.lists(
    st.text("ab é'{}?!,", min_size=1, max_size=12).map(str.strip), min_size=1, max_size=5
)


@given(LINES.filter(any), st.sampled_from(["|", "|-", ">", ">-", ">+"]))
def test_every_character_of_a_block_has_its_place(lines: list[str], style: str) -> None:
    first = next(line for line in lines if line)
    data = (
        "a: " + style + "\n  " + first + "\n" + "".join(f"  {line}\n" for line in lines) + "b: c\n"
    )
    text = text_of(data)
    assert text is not None
    seen = sum(text.at(n).line > 1 for n, one in enumerate(text.value) if not one.isspace())
    assert seen == shown(text)
    assert_places(text, data)


@pytest.mark.parametrize(
    ("data", "word", "place"),
    [
        ("a: one {two}", "{", (1, 8)),
        ('a: "one {two}"', "{", (1, 9)),
        ("a: 'it''s {two}'", "{", (1, 11)),
        ('a: "a \\"b\\" {two}"', "{", (1, 13)),
        ('a: "tab\\t {two}"', "{", (1, 11)),
        ("a: one: {two}", "{", (1, 9)),
        ("a: it's: {two}", "{", (1, 10)),
        ("a: o\u200bne {two}", "{", (1, 9)),
        ("a: o\u200bne: {two}", "{", (1, 10)),
        ("a: one\n  and {two}", "{", (2, 7)),
        ('a: "one\n  and {two}"', "{", (2, 7)),
        ('a: "one \\\n  and {two}"', "{", (2, 7)),
        ("a: >-\n  one\n\n  and {two}", "{", (4, 7)),
        ("a: |\n  one\n    and {two}", "{", (3, 9)),
        ("a: one: two\n  and {two}", "{", (2, 7)),
        ('a: "  one {two}"', "{", (1, 11)),
    ],
)
def test_a_character_is_found(data: str, word: str, place: tuple[int, int]) -> None:
    text = text_of(data + "\n")
    assert text is not None
    for one in (text, text.stripped()):
        found = one.at(one.value.index(word))
        assert (found.line, found.column) == place


def test_what_is_not_there_is_placed_at_the_beginning() -> None:
    text = text_of("a: one\n")
    assert text is not None
    assert {text.at(-1), text.at(3), text.at(99)} == {text.place}
    assert Text("made up", "f", 3, 4).at(2) == Text("made up", "f", 3, 4).place


# --- findings -----------------------------------------------------------------------------

CONDITIONS = """\
worked:
  - id: calm
    ask: Calm?
  - id: trust
    ask: Trust?
    scale: 1 to 5
  - id: pick
    ask: Pick?
    options: [time, money]
  - id: many
    ask: Many?
    options: [time, money]
    choose: several
  - id: ready
    ask: Ready?
    answer: yesno
  - id: day
    ask: Day?
    answer: date
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "trust is at least 2 or ^clam is answered",
        "last.^clam is answered",
        "calm is ^vagu",
        "calm is not ^vagu",
        "calm is dated or calm is ^very vague",
        "calm mentions ^busi",
        'calm mentions ^""',
        "calm mentions no ^time",
        "^calm mentions",
        "calm repeats last.^clam",
        "pick is ^tim",
        "pick is one of time, ^mony",
        "pick is one of time^,",
        "many includes ^tim",
        "^many is time",
        "^calm includes time",
        "ready is ^maybe",
        "trust is at least ^9",
        "trust is above ^calm",
        "^calm is above 3",
        "^day is yes",
        "^calm is one of time, money",
        "^trust mentions time",
        "trust is ^vague",
        "calm is longer than ^many words",
        "it is more than ^few days since last session",
        "journey has ^thoughts",
        "journey has at least 2 ^open thoughts",
        "journey ^has",
        "journey has at least ^-2 wins",
        "^answer is vague",
        "^late is answered",
        "calm is vague and pick is time ^or trust is 3",
        "calm is vague or ^nonsense",
        "calm is vague ^or",
        "^or calm is vague",
    ],
)
@pytest.mark.parametrize("form", ["{}", '"{}"', "'{}'"])
def test_a_finding_in_a_condition_points_at_the_word(sentence: str, form: str) -> None:
    plain = sentence.replace("^", "")
    if '"' in sentence and form == '"{}"':
        plain = plain.replace('"', '\\"')
    body = f"{CONDITIONS}  - id: reader\n    ask: Reader?\n    when: {form.format(plain)}\n"
    result = compiled(pack(body + "  - id: late\n    ask: Late?\n"))
    (found,) = [one for one in result.diagnostics if one.severity == "error"]
    assert found.place.column == 11 + (form != "{}") + sentence.index("^"), found


@pytest.mark.parametrize(
    "text",
    [
        "Hello ^{mentr}",
        "Well ^{calm}?",
        "{mentor}, well ^{late|it}?",
        "So ^{match}?",
        "What {{ of ^{",
        "What ^{}?",
        "What ^{ {calm|it} }?",
        "{calm|a} {calm|b} ^{clam|c}",
    ],
)
def test_a_finding_about_a_placeholder_points_at_its_brace(text: str) -> None:
    body = f"{CONDITIONS}  - id: reader\n    ask: '{text.replace('^', '')}'\n"
    result = compiled(pack(body + "  - id: late\n    ask: Late?\n"))
    (found,) = [one for one in result.diagnostics if one.severity == "error"]
    assert found.place.column == 11 + text.index("^"), found


def test_names_in_a_script_are_plain_texts() -> None:
    body = f"{CONDITIONS}  - id: reader\n    ask: R?\n    when: pick is one of time, money or calm is vague\n"
    script = compiled(pack(body)).script
    assert script is not None
    (when,) = [one.when for one in script.stages[0].questions() if one.id == "reader"]
    assert when is not None
    tests = [test for group in when.groups for test in group]
    assert {type(test.subject) for test in tests if hasattr(test, "subject")} == {str}
    assert {type(value) for test in tests for value in getattr(test, "values", ())} == {str}
    assert {type(signal.name) for signal in script.signals} == {str}


def test_an_alias_is_told_once() -> None:
    for body in ("retired: [*old, gone]\n", "signs: [*old]\n", "about: *old\n"):
        result = compiled(pack("worked:\n  - id: a\n    ask: A?\n") + body)
        assert [one.code for one in result.diagnostics] == ["anchor-or-alias"], body


def test_a_group_in_a_group_is_told_once_and_its_questions_are_known() -> None:
    inner = "      - id: in\n        one of:\n"
    inner += "".join(f"          - id: {name}\n            ask: Q {name}?\n" for name in "bc")
    for outer in (
        "    one of:\n" + inner,
        "    repeat: up to 2\n    again: More?\n    questions:\n" + inner,
        "    repeat: up to 2\n    again: More?\n    questions:\n      - id: in\n        one of: []\n",
    ):
        result = compiled(pack("worked:\n  - id: out\n" + outer))
        found = [one.code for one in result.diagnostics if one.severity == "error"]
        assert found == ["bad-group"], outer
