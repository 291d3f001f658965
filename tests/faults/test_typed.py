"""Whatever bytes are typed or pasted: no crash, no freeze, and valid UTF-8 in the record."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.program import BUSY, DEADLINE, Window, begin, reflect, say
from tests.faults.record import draft, texts, trouble

pytestmark = pytest.mark.terminal
PASTE, END = b"\x1b[200~", b"\x1b[201~"
MARKS = "\u0301\u0327"


def sent(window: Window, line: bytes, seconds: float = DEADLINE) -> float:
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
    assert window.ended() == 130
    assert time.monotonic() - began <= (0.5 + LEAVING) * BUSY


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
    begin(place)
    assert reflect(place, lines=[b"the caf\xe9 was open and nobody interrupted me there"]).code == 0
    with Window(place) as window:
        window.until_ready()
        sent(window, PASTE + b"a second caf\xe9 stood open all night long" + END)
    assert all("caf\ufffd" in text for text in texts(place))
    assert len(texts(place)) == 2


def test_a_paste_that_does_not_end_is_given_up_and_ctrl_c_leaves_another(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(PASTE + b"words whose end never came")
        took = window.until_shown("did not come to its end", since)
        assert took <= 3.0 * BUSY
        window.until_ready(since)
        assert window.edit_line() == "words whose end never came"
        window.type(PASTE + b"more that nobody ends")
        window.read(0.2)
        assert_ctrl_c(window)
    assert draft(place) == "words whose end never came"


def test_a_quarter_of_a_megabyte_is_taken(place: Path) -> None:
    words = b"the round was long and I kept on talking. " * 6000
    pasted = words[: 256 * 1000]
    begin(place)
    with Window(place) as window:
        window.until_ready()
        took = sent(window, PASTE + pasted + END)
        assert took <= 3.0 * BUSY, f"{took:.1f} s"
        assert_ctrl_c(window)
    assert texts(place) == [pasted.decode()]


def test_ten_megabytes_are_refused_at_once(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        window.type("before")
        since = len(window.raw)
        window.type(PASTE + b"ten megabytes of words " * (10_000_000 // 23) + END)
        took = window.until_shown("longer than I can take", since)
        assert took <= 2.0 * BUSY, f"{took:.1f} s"
        window.until_ready(since)
        assert window.edit_line() == "before"
        assert_ctrl_c(window)
    assert texts(place) == []


def test_a_megabyte_of_combining_marks_pasted(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(PASTE + (MARKS * 250_000).encode() + END)
        window.until_shown("longer than I can take", since)
        window.until_ready(since)
        sent(window, PASTE + ("a" + MARKS * 60_000).encode() + END)
        assert_ctrl_c(window)
    assert_sound_marks(place)


def test_a_megabyte_of_combining_marks_piped(place: Path) -> None:
    begin(place)
    began = time.monotonic()
    say(place, "a" + MARKS * 250_000)
    assert time.monotonic() - began <= 5.0 * BUSY
    assert_sound_marks(place)


def assert_sound_marks(place: Path) -> None:
    (text,) = texts(place)
    assert 2 <= len(text) <= 40
    assert text[0] == "a" or text[0] == "á"
    text.encode("utf-8")
    assert trouble(place) == []


@pytest.mark.parametrize(
    "keys",
    [
        bytes(range(0x80, 0x100)) + b"\x00\x01\x02\x05\x0b\x0e\x0f\x10\x11\x13\x14\x18\x1a\x1c",
        pytest.param(
            b"\x1b]0;title\x07\x1b[6n\x1b[?1;2c\x1bP1$r\x1b\\\x1b[M !!", marks=pytest.mark.slow
        ),
    ],
    ids=("every byte", "escapes"),
)
def test_noise_does_not_stop_it(place: Path, keys: bytes) -> None:
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
