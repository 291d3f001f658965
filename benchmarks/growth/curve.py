"""A curve: what one kind of work cost at several sizes, and how steep it is at the large end."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

TAIL = 3
"""The last points of a curve, on which the slope is fitted: further down a constant part hides it."""
LEAST_MS = 0.001
LEAST_MIB = 0.1
"""What is below these is noise and taken as these."""


class Point(NamedTuple):
    """What work of one `size` cost: the least time of some runs in milliseconds, and the most memory of its process."""

    size: int
    ms: float
    mib: float


class Curve(NamedTuple):
    """The points of one kind of work, and the steepest slopes that they may end with."""

    what: str
    points: tuple[Point, ...]
    time_goal: float
    memory_goal: float

    @property
    def time(self) -> float:
        """The exponent with which time grows."""
        return exponent([(point.size, max(LEAST_MS, point.ms)) for point in self.points])

    @property
    def memory(self) -> float:
        """The exponent with which memory grows."""
        return exponent([(point.size, max(LEAST_MIB, point.mib)) for point in self.points])

    @property
    def met(self) -> bool:
        """Whether neither grows faster than it must."""
        return self.time <= self.time_goal and self.memory <= self.memory_goal


def exponent(pairs: Sequence[tuple[float, float]]) -> float:
    """The k of cost = c · size^k that fits the last `TAIL` of `pairs` best (least squares of logarithms).

    0 for fewer than two sizes.
    """
    tail = [(log(size), log(cost)) for size, cost in pairs[-TAIL:]]
    across = sum(x for x, _ in tail) / max(1, len(tail))
    up = sum(y for _, y in tail) / max(1, len(tail))
    spread = sum((x - across) ** 2 for x, _ in tail)
    return sum((x - across) * (y - up) for x, y in tail) / spread if spread else 0.0
