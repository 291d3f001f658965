"""What four mentees type, turn by turn: nothing wrong is claimed about them."""

from __future__ import annotations

import pytest

from reflect.listening.challenges import challenges
from reflect.listening.cues import vague
from reflect.listening.mood import mood
from reflect.listening.weight import weight

from .heard import said


@pytest.mark.parametrize("text", ["good", "time", "nothing"])
def test_terse_answers_are_asked_about(text: str) -> None:
    assert weight(said(text)) in ("thin", "empty")


@pytest.mark.parametrize(
    "text",
    [
        "the meeting on site, he show me how to test RCD",
        "He listened without looking at his screen.",
        "He also signs off my probation so I am carefull what I say, I nod a lot",
        "`SELECT ... FOR UPDATE SKIP LOCKED` fixed the double-send",
        "merge conflict hell: rebase daily",
        "I must not wait until I am desperate to ask. When a letter has no answer in two weeks,"
        " I tell my mentor.",
    ],
)
def test_nothing_is_asked_that_was_answered(text: str) -> None:
    assert vague(said(text)) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("i work 50 hour, only sunday is free", ["time"]),
        ("He also signs off my probation so I am carefull what I say, I nod a lot", ["power"]),
        ("merge conflict hell: rebase daily", []),
        ("He listened without looking at his screen.", []),
    ],
)
def test_what_makes_it_hard_is_heard(text: str, kinds: list[str]) -> None:
    assert [found.kind for found in challenges(said(text))] == kinds


def test_tears_that_are_not_sad_are_no_low_mood_and_no_crisis() -> None:
    text = (
        "After the call I cried, not from sadness. For three years nobody could tell me this."
        " My mentor found the name of the office, without her I was still writing letters to the"
        " wrong address."
    )
    assert mood(said(text)) != "low"
    assert weight(said(text)) == ""
