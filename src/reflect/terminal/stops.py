"""Being told to stop: Ctrl-C, a closed terminal, a shutdown. Nothing is interrupted half-way.

A signal only leaves a note; whoever waits for the mentee looks at it. While a line
is awaited from a pipe, where nothing else can wake us, it raises `Stopped`.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Literal

CLOSING = tuple(
    getattr(signal, name)
    for name in ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
    if hasattr(signal, name)
)


class Stopped(BaseException):
    """Waiting was ended by a signal."""


class Stops:
    """Catches the signals that end a conversation, while it is entered."""

    def __init__(self) -> None:
        self.how: Literal["", "interrupted", "closed"] = ""
        self.number = 0
        self._waiting = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stops:
        for number in (signal.SIGINT, *CLOSING):
            try:
                self._before[number] = signal.signal(number, self._note)
            except ValueError:  # not the main thread: signals are somebody else's
                return self
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before if before is not None else signal.SIG_DFL)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self.how and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.how = "interrupted" if number == signal.SIGINT else "closed"
        self.number = number
        if self._waiting:
            self._waiting = False
            raise Stopped

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Raise `Stopped` for a signal that comes, or has come."""
        self._waiting = True
        try:
            if self.how:
                raise Stopped
            yield
        finally:
            self._waiting = False

    def forget_interrupt(self) -> None:
        """A Ctrl-C was meant for another program."""
        if self.how == "interrupted":
            self.how, self.number = "", 0

    @property
    def exit_code(self) -> int:
        """What the shell is told: 128 and the signal's number, SIGHUP for a terminal that went silently."""
        return 128 + (self.number or 1)
