"""Pastes, taken apart from keys before prompt-toolkit sees them.

Its parser searches a growing paste from the beginning for every kilobyte that comes
and waits for ever for an end that never comes. Here a paste is collected once,
measured while it is read, and given up when nothing more arrives.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from reflect.text import clean_input

PASTE_LIMIT = 256 * 1024
"""UTF-8 bytes of one paste."""

PATIENCE_SECONDS = 2.0
"""How long a paste may pause before it counts as cut off."""

START, END = "\x1b[200~", "\x1b[201~"
_CTRL_C = "\x03"
_SHIFT_ENTER = re.compile("\x1b\\[(?:27;[23];13~|13;[23]u)")
_NO_TEXT = re.compile("[\ud800-\udfff]")


class Keys(NamedTuple):
    """Keys, as the terminal sent them."""

    data: str


class Paste(NamedTuple):
    """One whole paste: its cleaned text, or "" when it was too long; `size` in UTF-8 bytes."""

    text: str
    size: int

    @property
    def too_long(self) -> bool:
        """Whether it was left out."""
        return self.size > PASTE_LIMIT

    def __repr__(self) -> str:
        return "<Paste>"


class Pastes:
    """Splits what a terminal sends into keys and pastes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held = ""
        self._chunks: list[str] | None = None
        self._size = 0
        self._last = 0.0

    @property
    def pasting(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._chunks is not None

    def feed(self, data: str) -> Iterator[Keys | Paste]:
        """What `data`, after all before it, amounts to."""
        self._last = self._clock()
        data = self._held + _NO_TEXT.sub("\ufffd", data)
        self._held = ""
        while data:
            if self._chunks is None:
                keys, mark, data = data.partition(START)
                if mark:
                    self._chunks, self._size = [], 0
                else:
                    keys, self._held = _without_beginning(keys, START)
                if keys:
                    yield Keys(_SHIFT_ENTER.sub("\n", keys))
            elif data.endswith(_CTRL_C):
                # Nobody ends a paste with Ctrl-C: somebody wants to get out of one.
                self._chunks = None
                yield Keys(_CTRL_C)
                return
            else:
                text, mark, data = data.partition(END)
                if not mark:
                    text, self._held = _without_beginning(text, END)
                self._collect(text)
                if mark:
                    yield self._whole()

    def flush(self) -> str:
        """Keys that were held because they might have begun a paste."""
        if self._chunks is not None:
            return ""
        held, self._held = self._held, ""
        return held

    def give_up(self) -> Paste | None:
        """The paste that did not come to its end, once its time is up."""
        if self._chunks is None or self._clock() - self._last < PATIENCE_SECONDS:
            return None
        self._held = ""
        return self._whole()

    def _collect(self, text: str) -> None:
        assert self._chunks is not None
        self._size += len(text.encode())
        if self._size <= PASTE_LIMIT:
            self._chunks.append(text)

    def _whole(self) -> Paste:
        assert self._chunks is not None
        text = "" if self._size > PASTE_LIMIT else clean_input("".join(self._chunks))
        self._chunks = None
        return Paste(text, self._size)


def _without_beginning(text: str, mark: str) -> tuple[str, str]:
    """`text` up to where `mark` may just have begun, and that beginning."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""
