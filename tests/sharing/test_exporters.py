"""Documents and the forms they are written in, whatever was answered."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reflect.errors import ReflectError
from reflect.sharing import json as json_form
from reflect.sharing import markdown, text
from reflect.sharing.document import (
    ItemRecord,
    Names,
    PackMark,
    SessionMark,
    Transcript,
    TurnRecord,
    collection,
    schema,
)
from reflect.sharing.files import put_file
from reflect.sharing.layout import counted, wrapped
from reflect.text import clean_input, display_width

VALIDATOR = jsonschema.Draft202012Validator(schema())
OURS = {"h1", "h2", "p", "strong", "em", "blockquote", "br", "ul", "li", "hr"}
HOSTILE = (
    "<script>alert(1)</script>",
    "[a](javascript:x) ![b](https://x.example/y.png) <https://x.example>",
    "# heading\n\n---\n\n```\ncode\n```",
    "> quote\n- list\n1. one\n    code\n\n\n<div>",
    "| a | b |\n|---|---|\nx\n===",
    "**bold** _it_ `code` \\ \\\\",
    "&lt; &amp; &#60;b&#62;",
    "trailing backslash \\\nnext",
)


def turn(answer: str, **fields: object) -> TurnRecord:
    record = TurnRecord(
        key="a",
        phase="worked",
        question=answer,
        answer=answer,
        status="answered",
        value=None,
        share="no",
        keep="win",
        words=answer,
        at="2026-11-21T18:30:00+01:00",
        due=None,
        owner="none",
        follow_up_of=None,
    )
    return msgspec.structs.replace(record, **fields)


def item(words: str) -> ItemRecord:
    return ItemRecord("S:a", "action", words, "2026-11-21", None, words, "me", words)


def document(words: str, *turns: TurnRecord) -> Transcript:
    mark = SessionMark(
        "S", "2026-11-21", "s", words, PackMark("p", "1"), "en", "short", "completed"
    )
    return Transcript(
        schema_version=1,
        session=mark,
        mentorship=Names(words, words),
        turns=turns or (turn(words),),
        items=(item(words),),
    )


class Tags(HTMLParser):
    """Collects the elements, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[object] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def page(source: str) -> Tags:
    parser = Tags()
    parser.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(source))
    return parser


def flat(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_lets_nothing_but_words_through(words: str) -> None:
    found = page(markdown.render([document(words)]))
    assert found.tags <= OURS
    assert found.attributes == []
    assert flat(found.words).count(flat(words)) >= 5


@given(st.text(max_size=60))
def test_markdown_of_any_answer_holds_our_markup_only(raw: str) -> None:
    found = page(markdown.render([document(clean_input(raw))]))
    assert found.tags <= OURS
    assert found.attributes == []


def test_markdown_keeps_the_lines_of_an_answer() -> None:
    source = markdown.render([document("x", turn("one\ntwo\n\nthree"))])
    assert "> one\\\n> two\n>\n> three\n" in source


@given(st.text(max_size=200), st.integers(20, 80))
def test_text_fits_and_holds_nothing_a_terminal_obeys(raw: str, width: int) -> None:
    shown = text.render([document(raw)], width)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in shown)
    words = max(map(display_width, f"{text.for_terminal(raw)} x".split()), default=0)
    longest = max(map(display_width, shown.splitlines()))
    assert longest <= max(width, words + len("     in short: "), 45)


def test_a_line_that_begins_further_in_has_less_room() -> None:
    assert wrapped("aaaa bbbb cccc", 10, first="in short: ", rest="  ") == [
        "in short: aaaa",
        "  bbbb",
        "  cccc",
    ]


@given(st.lists(st.sampled_from(["a", "word", "日本", "verylongword" * 9]), max_size=30))
def test_wrapping_loses_no_word(words: list[str]) -> None:
    lines = wrapped(" ".join(words), 20, first="> ", rest="  ")
    assert " ".join(lines).replace(">", " ").split() == words
    assert all(display_width(line) <= 20 or len(line.split()) <= 2 for line in lines)


def test_an_answer_says_who_may_read_it() -> None:
    open_, closed, later = turn("a", share="yes"), turn("b"), turn("c", share="at the end")
    shown = text.render([document("x", open_, closed, later)])
    assert shown.count("private") == 2
    assert "[kept as a win]" in shown
    assert "[private · kept as a win]" in shown
    assert "[not decided, so private · kept as a win]" in shown


def test_a_turn_without_words_says_why() -> None:
    states = ("skipped", "declined", "removed", "answered")
    turns = [turn("", status=status, question="q") for status in states]
    for render in (text.render, markdown.render):
        shown = render([document("x", *turns)])
        for words in ("(skipped)", "(left there)", "(taken back)", "(no longer here)"):
            assert words in shown


@given(st.text(max_size=60))
def test_json_is_exact_and_fits_its_schema(raw: str) -> None:
    words = clean_input(raw)
    found = json.loads(json_form.render(document(words)))
    VALIDATOR.validate(found)
    assert found["turns"][0]["answer"] == words


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "2026-11-26", ("a", "b")])
def test_every_kind_of_value_fits_the_schema(value: object) -> None:
    several = collection([document("x", turn("x", value=value))])
    jsonschema.validate(json.loads(json_form.render(several)), schema())


def test_a_collection_is_in_the_order_of_the_sessions() -> None:
    first, second = document("a"), document("b")
    second = msgspec.structs.replace(
        second, session=msgspec.structs.replace(second.session, id="T")
    )
    assert collection([second, first]).transcripts == (first, second)


def test_no_repr_shows_a_word() -> None:
    assert "canary" not in repr(collection([document("canary")]))


def test_plurals() -> None:
    assert [counted(number, "answer") for number in (0, 1, 2)] == [
        "0 answers",
        "1 answer",
        "2 answers",
    ]
    assert counted(2, "copy", "copies") == "2 copies"
    assert counted(5000, "session") == "5,000 sessions"


# --- files ---


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    put_file(target, b"first")
    assert target.stat().st_mode & 0o777 == 0o600

    def full(_: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReflectError) as caught:
        put_file(target, b"second")
    assert caught.value.code == "not-written"
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_does_not_take_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ReflectError):
        put_file(tmp_path / "folder", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
