"""A mentor at a terminal is led through what waits, one thing at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reflect.application.reviewing import case
from reflect.application.wiring import Application
from reflect.sharing.identities import make_identity
from reflect.sharing.sealing import open_sealed
from reflect.sharing.wire import decode
from tests.faults.program import Window, reflect
from tests.review.made import SHIP, bundle, put
from tests.sharing.samples import BELIEVABLE

NOOR = make_identity("2026-11-01")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "reflect"
    shared = replace(BELIEVABLE, key=NOOR.public)
    assert reflect(place, "review", put(tmp_path, bundle(2, shared))).code == 0
    return place


def kept(home: Path) -> list[tuple[str, str]]:
    app = Application({"REFLECT_HOME": str(home)})
    try:
        return [(note.kind, note.text) for note in case(app, SHIP).notes]
    finally:
        app.close()


@pytest.mark.terminal
def test_it_leads_through_and_offers_the_reply(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Window(home, "review") as window:
        for words, typed in (
            ("type t", "t"),
            ("How did you learn to interrupt", "I count to two, then I say the name."),
            ("Would you have rung the ward", ""),
            ("introduce Noor to the pharmacist", "yes"),
            ("meet on the ward once", ""),
            ("Decide by spring", "yes"),
            ("Either of us may say", ""),
            ("A word on it", "good job"),
            ("What exactly?", "you wrote the gap down"),
            ("Anything else you want Noor", ""),
            ("Make the reply for Noor now?", "yes"),
        ):
            window.until(lambda words=words: window.flat().count(words) > 0, words)
            window.type(f"{typed}\r")
        assert window.ended(10) == 0
    assert kept(home) == [
        ("answer", "I count to two, then I say the name."),
        ("close", ""),
        ("agree", ""),
        ("note", "good job.\nyou wrote the gap down"),
    ]
    (path,) = tmp_path.glob("reflect-reply-noor-*.reflect")
    reply = decode(open_sealed(path.read_bytes(), [NOOR])).reply
    assert reply is not None and len(reply.notes) == 4
    listed = reflect(home, "review", "list").out
    assert "new" not in listed and "not sent" not in listed


@pytest.mark.terminal
def test_other_words_than_yes_or_no_are_a_note_and_a_question_is_exact(home: Path) -> None:
    with Window(home, "review") as window:
        for words, typed in (
            ("type t", ""),
            ("How did you learn to interrupt", ""),
            ("Would you have rung the ward", ""),
            ("introduce Noor to the pharmacist", "I wrote to her on friday"),
            ("Kept as a note beside it", ""),
            ("Decide by spring", "no"),
            ("Either of us may say", ""),
            ("A word on it", "why so?"),
            ("Anything else you want Noor", ""),
            ("Make the reply for Noor now?", ""),
        ):
            window.until(lambda words=words: window.flat().count(words) > 0, words)
            window.type(f"{typed}\r")
        assert window.ended(10) == 0
        assert "What exactly?" not in window.flat() and "reflect review reply" in window.flat()
    assert kept(home) == [("note", "I wrote to her on friday"), ("note", "why so?")]


@pytest.mark.terminal
def test_an_interruption_keeps_what_was_typed(home: Path) -> None:
    with Window(home, "review") as window:
        window.until_shown("type t")
        window.type("\r")
        window.until_shown("Noor asks you")
        window.type("By name.\r")
        window.until(lambda: window.flat().count("Noor asks you") > 1, "the second question")
        window.type("\x03")
        assert window.ended(10) == 130
    assert kept(home) == [("answer", "By name.")]
