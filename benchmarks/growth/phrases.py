"""Longer and longer lists of words and phrases: one answer against them, and making them ready."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.families.listening import answers, entries, lists
from benchmarks.growth.work import LINEAR, Group, Work, nothing
from benchmarks.timing import elapsed

HEARD = 100


def _hears(folder: Path, size: int) -> Iterator[float]:
    listed = tuple(entries(size))
    hear = lists(listed)
    said = list(answers(listed, HEARD))
    for text in said:
        hear(text)
    for text in said:
        yield elapsed(lambda: hear(text))  # noqa: B023


def _prepares(folder: Path, size: int) -> Iterator[float]:
    listed = tuple(entries(size))
    (said,) = islice(answers(listed, 1), 1)
    for _ in range(5):
        hear = lists(listed)
        yield elapsed(lambda: hear(said))  # noqa: B023


GROUP = Group(
    "phrases",
    "listed words and phrases",
    (1, 10, 100, 1_000, 10_000),
    nothing,
    (
        Work("hearing an answer", _hears, memory=0.3),
        Work("the first answer: the list is indexed", _prepares, time=LINEAR, memory=0.3),
    ),
)
