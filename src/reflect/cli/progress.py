"""A line that tells how far a command has come, for somebody who waits at a screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_CELLS = 24
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(what: str) -> Iterator[Bar]:
    """A bar that is gone in the end, however that comes; silent where nobody looks at stderr."""
    bar = Bar(what, seen=sys.stderr.isatty())
    try:
        yield bar
    finally:
        bar.clear()


class Bar:
    """Writes itself anew only when it looks different."""

    def __init__(self, what: str, *, seen: bool) -> None:
        self._what = what
        self._seen = seen
        self._shown = ""

    def show(self, done: int, of: int) -> None:
        """`done` of `of` are done."""
        full = done * _CELLS // max(of, 1)
        line = f"{self._what} {'━' * full}{'─' * (_CELLS - full)} {done} of {of}"
        if self._seen and line != self._shown:
            self._shown = line
            sys.stderr.write(_CLEAR + line)
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave nothing of it behind; the next `show` draws it anew."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
        self._shown = ""
