"""The conversation on a terminal: shown with plain writes, asked with an edit line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from reflect.settings import Home
from reflect.terminal.blocks import Block, Sent
from reflect.terminal.first import Held
from reflect.terminal.layout import Look, Page, look_of
from reflect.terminal.pipe import write
from reflect.terminal.screen import Edited, Typed, Watch
from reflect.terminal.stops import Stops

if TYPE_CHECKING:
    from typing import TextIO


class Asks(Protocol):
    """An edit line of one kind or another."""

    def ask(self, offered: str, watch: Watch) -> Typed:
        """One answer, begun with `offered`."""


def is_plain(environ: Mapping[str, str]) -> bool:
    """Whether nothing but text may be written: NO_COLOR, or a terminal that can do no more."""
    return bool(environ.get("NO_COLOR")) or environ.get("TERM", "dumb") in ("", "dumb", "unknown")


def columns() -> int:
    """How wide the terminal at stdout is now, in cells."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


class TerminalScreen:
    """A screen with somebody before it. Its edit line is made once the first question stands there."""

    patient = True

    def __init__(
        self,
        environ: Mapping[str, str],
        home: Home,
        held: Held,
        stops: Stops,
        *,
        plain: bool,
        commands: Callable[[], tuple[tuple[str, str], ...]],
    ) -> None:
        self._environ = environ
        self._home = home
        self._held = held
        self._stops = stops
        self._plain = plain
        self._commands = commands
        self._sink: TextIO = sys.stdout
        self._page = Page()
        self._line: Asks | None = None

    def show(self, *blocks: Block) -> None:
        """Write `blocks`; a window that was closed takes no harm."""
        with suppress(OSError):
            write(self._sink, self._page.text(blocks, self._look()))

    def ask(self, offered: str, watch: Watch) -> Typed:
        """One answer."""
        self._line = self._line or self._edit_line()
        typed = self._line.ask(offered, watch)
        self._page.typed()
        if not self._plain and typed.how in ("sent", "interrupted", "end", "closed"):
            self.show(Sent(typed.text))
        return typed

    def edit(self, text: str) -> Edited:
        """Give the terminal to the mentee's own editor for a while."""
        from reflect.terminal.editor import edit

        self._held.release()
        try:
            return edit(text, self._environ, self._home)
        finally:
            self._held.take()
            self._stops.forget_interrupt()

    def _look(self) -> Look:
        return look_of(columns(), colour=not self._plain, drawn=not self._plain)

    def _edit_line(self) -> Asks:
        early = self._held.early
        if self._plain:
            from reflect.terminal.lines import LineEditor

            return LineEditor(sys.stdin.fileno(), self._sink, self._stops, early)
        from reflect.terminal.prompt import open_edit_line

        term = self._environ.get("TERM", "")
        return open_edit_line(
            sys.stdin, self._sink, self._stops, early=early, commands=self._commands(), term=term
        )
