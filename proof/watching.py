"""A line now and then about the check that is running."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from proof.check import Check
from proof.counting import Count

EVERY = 30.0


@contextmanager
def watched(
    check: Check, count: Count, seconds: float, tell: Callable[[str], None], every: float = EVERY
) -> Iterator[None]:
    """Tell a line `every` so many seconds for as long as the block lasts; `seconds` is what it may take."""
    over, end = Event(), time.monotonic() + seconds

    def work() -> None:
        while not over.wait(every):
            tell(so_far(check, count, end - time.monotonic()))

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def so_far(check: Check, count: Count, left: float) -> str:
    """Which check, what it has tried, what was wrong, the time that is left."""
    wrong = len(count.failures)
    when = f"{clock(left)} left" if left > 0 else "ends its last trials"
    return f"      {check.name:<12} {count.trials:,} {check.unit}, {wrong} wrong, {when}"


def clock(seconds: float) -> str:
    """Minutes and seconds, such as 7:05."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"
