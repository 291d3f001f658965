"""Longer and longer scripts: one turn at their end, and replaying a whole session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.families.engine import dialogue_of, long_script, replay, turns
from benchmarks.growth.work import LINEAR, Group, Work, nothing
from benchmarks.timing import repeated

LAST = 4
"""Turns at the end of a session that are measured."""


def _turns(folder: Path, size: int) -> Iterator[float]:
    long = long_script(folder, size)
    for _ in range(25):
        yield from turns(dialogue_of(long, size - LAST), size - LAST, size)


def _replays(folder: Path, size: int) -> Iterator[float]:
    long = long_script(folder, size)
    events = tuple(dialogue_of(long, size - 1).events)
    yield from repeated(lambda: replay(long, events), 30)


GROUP = Group(
    "questions",
    "questions of a script, all answered",
    (5, 10, 20, 50, 100, 200),
    nothing,
    (
        Work("one turn at the end", _turns),
        Work("replay of the session", _replays, time=LINEAR),
    ),
)
