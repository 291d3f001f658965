"""What a check has tried so far, for whoever watches it, and whether it is to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock


class Count:
    """Trials that are over, and what went wrong in them; several may count at once.

    `ends` is set when nothing further is to be begun.
    """

    def __init__(self) -> None:
        self.trials = 0
        self.failures: list[str] = []
        self.ends = False
        self._lock = Lock()

    def add(self, trials: int, failures: Sequence[str] = ()) -> None:
        """Count so many more."""
        with self._lock:
            self.trials += trials
            self.failures += failures


_NOW: ContextVar[Count] = ContextVar("count")


@contextmanager
def counting(count: Count) -> Iterator[Count]:
    """What is tried in the block is added to `count`."""
    token = _NOW.set(count)
    try:
        yield count
    finally:
        _NOW.reset(token)


def counted() -> Count:
    """Where the check that is running counts; one that nobody looks at when none is."""
    return _NOW.get(None) or Count()
