"""The conversation without a terminal: one line that comes in is one answer."""

from __future__ import annotations

from typing import BinaryIO, TextIO

from reflect.terminal.blocks import Block
from reflect.terminal.layout import PLAIN, Look, Page
from reflect.terminal.screen import Edited, Typed, Watch
from reflect.terminal.stops import Stopped, Stops
from reflect.text import for_terminal

MOST_LINE = 1 << 20
"""Bytes of one line: as much as an answer may hold."""


class PipeScreen:
    """Reads lines from `source` and writes the conversation, with the answers, to `sink`.

    What comes out depends only on what goes in: no colour, a fixed width.
    """

    patient = False

    def __init__(self, source: BinaryIO, sink: TextIO, stops: Stops, look: Look = PLAIN) -> None:
        self._source = source
        self._sink = sink
        self._stops = stops
        self._look = look
        self._page = Page()

    def show(self, *blocks: Block) -> None:
        """Write `blocks`."""
        write(self._sink, self._page.text(blocks, self._look))

    def ask(self, offered: str, watch: Watch) -> Typed:
        """The next line; nothing can be offered to a pipe."""
        try:
            with self._stops.waiting():
                data = self._source.readline(MOST_LINE + 1)
                size = len(data) + self._rest(data)
        except (Stopped, KeyboardInterrupt):
            return Typed("", self._stops.how or "interrupted")
        if not data:
            return Typed("", "end")
        if size > MOST_LINE:
            return Typed("", "too long", size)
        line = data.decode("utf-8", "replace").rstrip("\r\n")
        self._echo(line)
        return Typed(line)

    def _rest(self, data: bytes) -> int:
        """Read to the end of a line that is too long; gives its length."""
        passed = 0
        while len(data) > MOST_LINE and not data.endswith(b"\n"):
            data = self._source.readline(MOST_LINE + 1)
            passed += len(data)
            if len(data) <= MOST_LINE:
                break
        return passed

    def _echo(self, line: str) -> None:
        write(self._sink, f"> {for_terminal(line)}".rstrip() + "\n")
        self._page.typed()

    def edit(self, text: str) -> Edited:
        """There is no editor without a terminal."""
        return Edited(text, "editor-none")


def write(sink: TextIO, text: str) -> None:
    """Write what the sink's encoding can say, at once."""
    encoding = getattr(sink, "encoding", None) or "utf-8"
    sink.write(text.encode(encoding, "replace").decode(encoding))
    sink.flush()
