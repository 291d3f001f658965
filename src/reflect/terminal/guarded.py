"""A terminal's input for prompt-toolkit, with pastes taken out before its parser sees them."""

from __future__ import annotations

import select
from typing import TextIO

from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys as Key

from reflect.terminal.paste import Keys, Pastes

_ONE_READ = 65536

_MOST_SILENT = 20
"""Reads in a row that give nothing although there is something: the terminal is gone."""

_SLICE = 32
_LONGEST_SEQUENCE = 64
"""Characters that may come without one key being read: the parser looks at all of them for each that follows."""


class GuardedInput(Vt100Input):
    """A terminal's input whose pastes are collected by `Pastes`."""

    def __init__(self, stdin: TextIO, early: bytes = b"") -> None:
        super().__init__(stdin)
        self.pastes = Pastes()
        self.refused = 0
        self._silent = 0
        self._unread = 0
        self._ready: list[KeyPress] = []
        self.vt100_parser = Vt100Parser(self._ready.append)
        if early:
            self._take(early.decode("utf-8", "replace"))
            store_typeahead(self, self._taken())

    def read_keys(self) -> list[KeyPress]:
        """What was typed; the whole of a paste that is still coming in."""
        data = self.stdin_reader.read(_ONE_READ)
        self._silent = 0 if data else self._silent + 1
        if self._silent > _MOST_SILENT:
            self.stdin_reader.closed = True
        self._take(data)
        while self.pastes.pasting and select.select([self.fileno()], [], [], 0)[0]:
            data = self.stdin_reader.read(_ONE_READ)
            if not data:
                break
            self._take(data)
        return self._taken()

    def flush_keys(self) -> list[KeyPress]:
        """What was held because more might have belonged to it."""
        self.vt100_parser.feed(self.pastes.flush())
        self.vt100_parser.flush()
        return self._taken()

    def _take(self, data: str) -> None:
        for piece in self.pastes.feed(data):
            if isinstance(piece, Keys):
                self._press(piece.data)
            elif piece.too_long:
                self.refused = piece.size
            else:
                self._ready.append(KeyPress(Key.BracketedPaste, piece.text))

    def _press(self, keys: str) -> None:
        """Read `keys`; a sequence that does not come to its end is read as the characters it consists of."""
        for at in range(0, len(keys), _SLICE):
            before = len(self._ready)
            self.vt100_parser.feed(keys[at : at + _SLICE])
            self._unread = 0 if len(self._ready) > before else self._unread + _SLICE
            if self._unread > _LONGEST_SEQUENCE:
                self.vt100_parser.flush()
                self._unread = 0

    def _taken(self) -> list[KeyPress]:
        taken = list(self._ready)
        self._ready.clear()
        return taken
