"""Whatever bytes are typed or pasted: no crash, no freeze, and valid UTF-8 in the record."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.program import Window, begin, reflect
from tests.faults.record import database, texts, trouble

pytestmark = pytest.mark.terminal
PASTE, END = b"\x1b[200~", b"\x1b[201~"
MARKS = "\u0301\u0327"


def sent(window: Window, line: bytes, seconds: float = 10.0) -> float:
    """Type `line` and Enter; gives the seconds until the next edit line is open."""
    since = len(window.raw)
    began = time.monotonic()
    window.type(line)
    window.type("\r")
    window.until_ready(since, seconds)
    return time.monotonic() - began


def assert_ctrl_c(window: Window) -> None:
    began = time.monotonic()
    window.type("\x03")
    assert window.ended(5) == 130
    assert time.monotonic() - began <= 0.5 + LEAVING


LEAVING = 0.3
"""Seconds to close the store and the interpreter."""


def test_a_latin_1_byte_becomes_a_mark(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        sent(window, b"the caf\xe9 was open and nobody interrupted me there")
        assert_ctrl_c(window)
    assert texts(place) == ["the caf\ufffd was open and nobody interrupted me there"]
    assert trouble(place) == []


def test_a_latin_1_byte_in_a_paste_and_in_a_pipe(place: Path) -> None:
    begin(place, b"the caf\xe9 was open and nobody interrupted me there")
    with Window(place) as window:
        window.until_ready()
        sent(window, PASTE + b"a second caf\xe9 stood open all night long" + END)
    assert all("caf\ufffd" in text for text in texts(place))
    assert len(texts(place)) == 2


def test_a_paste_that_does_not_end_is_given_up(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(PASTE + b"words whose end never came")
        took = window.until_shown("did not come to its end", since, 5.0)
        assert took <= 3.0
        window.until_ready(since)
        assert window.edit_line() == "words whose end never came"
        assert_ctrl_c(window)


def test_ctrl_c_in_a_paste_that_does_not_end(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        window.type(PASTE + b"words whose end never came")
        window.read(0.2)
        assert_ctrl_c(window)


def test_a_quarter_of_a_megabyte_is_taken(place: Path) -> None:
    words = b"the round was long and I kept on talking. " * 6000
    pasted = words[: 256 * 1000]
    begin(place)
    with Window(place) as window:
        window.until_ready()
        took = sent(window, PASTE + pasted + END)
        assert took <= 3.0, f"{took:.1f} s"
        assert_ctrl_c(window)
    assert texts(place) == [pasted.decode()]


def test_ten_megabytes_are_refused_at_once(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(PASTE + b"ten megabytes of words " * (10_000_000 // 23) + END)
        took = window.until_shown("longer than I can take", since, 5.0)
        assert took <= 2.0, f"{took:.1f} s"
        window.until_ready(since)
        assert window.edit_line() == ""
        assert_ctrl_c(window)
    assert texts(place) == []


def test_a_megabyte_of_combining_marks_pasted(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(PASTE + (MARKS * 250_000).encode() + END)
        window.until_shown("longer than I can take", since, 5.0)
        window.until_ready(since)
        sent(window, PASTE + ("a" + MARKS * 60_000).encode() + END)
        assert_ctrl_c(window)
    assert_sound_marks(place)


def test_a_megabyte_of_combining_marks_piped(place: Path) -> None:
    begin(place)
    began = time.monotonic()
    assert reflect(place, lines=["a" + MARKS * 250_000]).code == 0
    assert time.monotonic() - began <= 5.0
    assert_sound_marks(place)


def assert_sound_marks(place: Path) -> None:
    (text,) = texts(place)
    assert 2 <= len(text) <= 40
    assert text[0] == "a" or text[0] == "á"
    assert trouble(place) == []
    assert b"\xed\xa0" not in database(place).read_bytes()


@pytest.mark.parametrize("noise", ["every byte", "escapes"])
def test_noise_does_not_stop_it(place: Path, noise: str) -> None:
    every = bytes(range(0x80, 0x100)) + b"\x00\x01\x02\x05\x0b\x0e\x0f\x10\x11\x13\x14\x18\x1a\x1c"
    keys = (
        every
        if noise == "every byte"
        else b"\x1b]0;title\x07\x1b[6n\x1b[?1;2c\x1bP1$r\x1b\\\x1b[M !!"
    )
    begin(place)
    with Window(place) as window:
        window.until_ready()
        window.type(keys)
        window.read(0.3)
        window.type("\x15\x0b")
        sent(window, b"and these words stand behind all of that noise")
        assert_ctrl_c(window)
    # Among the bytes are keys that send the line, so there may be more than one answer.
    assert "".join(texts(place)).endswith("stand behind all of that noise")
    assert trouble(place) == []
