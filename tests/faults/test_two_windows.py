"""Two windows on one session: the second is told at once, nothing is mixed, either can go on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.faults.program import BUSY, Window, begin
from tests.faults.record import texts, trouble

pytestmark = pytest.mark.terminal
FIRST_WORDS = "I wrote the three worst patients on a card before the round"
MINE, THEIRS = "these words are of the first window", "these words are of the second window"
TOLD = 1.5 * BUSY
"""Seconds within which a window is told."""


def test_the_second_window_is_told_and_may_take_over(place: Path) -> None:
    begin(place, FIRST_WORDS)
    with Window(place) as one:
        one.until_ready()
        one.type(MINE)
        one.until(lambda: one.edit_line() == MINE, "the typed words")
        with Window(place) as two:
            two.until_shown("open in another window")
            assert time.monotonic() - two.started <= TOLD
            two.send("words that nobody may store")
            assert texts(place) == [FIRST_WORDS]

            since = len(one.raw)
            began = time.monotonic()
            two.send("/take")
            one.until_shown("goes on in another window now", since)
            assert time.monotonic() - began <= TOLD
            one.until_ready(since)
            assert one.edit_line() == MINE
            one.send("")
            assert one.edit_line() == MINE
            assert texts(place) == [FIRST_WORDS]

            two.send("\x15" + THEIRS)
            assert texts(place) == [FIRST_WORDS, THEIRS]

            one.send("\x15/take")
            two.until_shown("goes on in another window now")
            assert one.edit_line() == MINE, "what was typed before is offered again"
            one.send("")
            assert texts(place) == [FIRST_WORDS, THEIRS, MINE]
            two.type("\x03")
            assert two.ended() == 130
        one.type("\x03")
        assert one.ended() == 130
    assert trouble(place) == []


def test_the_second_window_goes_on_when_the_first_was_killed(place: Path) -> None:
    begin(place)
    with Window(place) as one:
        one.until_ready()
        one.send(FIRST_WORDS)
        with Window(place) as two:
            two.until_shown("open in another window")
            one.kill()
            since = len(two.raw)
            two.send("")
            assert "go on where you stopped" in two.flat(since)
            two.send("\x15" + THEIRS)
            assert texts(place) == [FIRST_WORDS, THEIRS]
    assert trouble(place) == []


def test_neither_a_pipe_nor_a_command_touches_what_is_open_in_a_window(
    place: Path, run: Run
) -> None:
    begin(place)
    with Window(place) as one:
        one.until_ready()
        for command in ((), ("abandon",), ("delete", "last", "--yes"), ("resume",)):
            ran = run(*command, stdin="words that nobody may store\n")
            assert (ran.code, ran.err.split(":")[0]) == (1, "session-open-elsewhere"), command
        assert run("doctor", "--rebuild").code == 0
        one.send(MINE)
    assert texts(place) == [MINE]


def test_words_for_a_session_that_ended_elsewhere_go_to_a_file(place: Path) -> None:
    begin(place)
    with Window(place) as one, Window(place) as two:
        for window in (one, two):
            window.until_ready()
        behind, ahead = (two, one) if "open in another" in two.flat() else (one, two)
        ahead.type(MINE)
        ahead.until(lambda: ahead.edit_line() == MINE, "the typed words")
        behind.send("/take")
        ahead.until_shown("goes on in another window now")
        behind.send("\x15/new")
        ahead.send("")
        ahead.type("\x15/take\r")
        assert ahead.ended() == 1
        assert "has ended in another window" in ahead.flat()
    (aside,) = place.glob("unsaved-*")
    assert aside.read_text() == MINE
    assert texts(place) == []
    assert trouble(place) == []
