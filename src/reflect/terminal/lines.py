"""An edit line without a single escape sequence: for screen readers, dumb terminals and NO_COLOR."""

from __future__ import annotations

import os
import re
import select
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TextIO

from reflect.terminal.pipe import write
from reflect.terminal.screen import Typed, Watch
from reflect.terminal.stops import Stopped, Stops
from reflect.text import clean_input, display_width, for_terminal

PASTE_LIMIT = 256 * 1024
"""Characters of one line that is typed or pasted."""

LOOK_SECONDS = 0.25
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^\[O\r])")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;?]*|O)?\Z")
_ALT_ENTER = "\x1b\r"


class LineEditor:
    """Only ever appends: characters are echoed as they come, rubbed out with a backspace."""

    def __init__(self, descriptor: int, sink: TextIO, stops: Stops, early: bytes = b"") -> None:
        self._descriptor = descriptor
        self._sink = sink
        self._stops = stops
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._waiting = self._decoder.decode(early)
        self._text: list[str] = []
        self._dropped = 0
        self._looked = 0.0

    def ask(self, offered: str, watch: Watch) -> Typed:
        """Read one line; `offered` stands there already."""
        self._text, self._dropped = list(offered), 0
        self._echo("> " + offered.replace("\n", "\n  "))
        typed = self._typed(watch)
        self._echo("\n")
        return typed

    def _typed(self, watch: Watch) -> Typed:
        while True:
            ended = self._take_waiting()
            if ended is not None:
                return ended
            if self._stops.how:
                return Typed(self._line(), self._stops.how)
            if self._is_time() and not watch(self._line()):
                return Typed(self._line(), "elsewhere")
            if not self._read():
                return Typed(self._line(), self._stops.how or "end")

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return False
        self._looked = now
        return True

    def _read(self) -> bool:
        """Wait a moment for keys; False when the terminal is gone or a signal came."""
        try:
            with self._stops.waiting():
                if not select.select([self._descriptor], [], [], LOOK_SECONDS)[0]:
                    self._waiting = ""
                    return True
                data = os.read(self._descriptor, 65536)
        except (Stopped, OSError):
            return False
        self._waiting += self._decoder.decode(data)
        return bool(data)

    def _take_waiting(self) -> Typed | None:
        """Work through what was typed, up to the first Enter."""
        keys = _SEQUENCE.sub("", self._waiting.replace(_ALT_ENTER, "\n"))
        unfinished = _UNFINISHED.search(keys)
        self._waiting = unfinished[0] if unfinished else ""
        keys = keys[: unfinished.start()] if unfinished else keys
        for place, key in enumerate(keys):
            if key == "\r":
                self._waiting = keys[place + 1 :] + self._waiting
                return self._sent()
            if key == "\x04" and not self._text:
                self._waiting = keys[place + 1 :] + self._waiting
                return Typed("", "end")
            self._key(key)
        return None

    def _sent(self) -> Typed:
        if self._dropped:
            return Typed(self._line(), "too long", len(self._line().encode()) + self._dropped)
        return Typed(self._line())

    def _key(self, key: str) -> None:
        if key in "\x7f\x08":
            self._rub_out(1)
        elif key == "\x15":
            self._rub_out(len(self._text))
        elif key == "\n":
            self._text.append(key)
            self._echo("\n  ")
        elif key.isprintable() or key == "\t":
            self._insert(key)

    def _insert(self, key: str) -> None:
        if len(self._text) >= PASTE_LIMIT:
            self._dropped += len(key.encode())
            return
        self._text.append(key)
        self._echo(for_terminal(key))

    def _rub_out(self, count: int) -> None:
        for _ in range(min(count, len(self._text))):
            width = display_width(self._text.pop())
            self._echo("\b \b" * width)

    def _line(self) -> str:
        return clean_input("".join(self._text))

    def _echo(self, text: str) -> None:
        with suppress(OSError):
            write(self._sink, text)
