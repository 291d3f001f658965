"""Clocks: runs in turns, medians and percentiles, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median

Action = Callable[[], object]
Measure = Callable[[], float]


def elapsed(action: Action) -> float:
    """Milliseconds that `action` takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def in_turns(*measures: Measure, runs: int, warm: int = 1) -> list[float]:
    """The median of each measure over `runs` rounds of one after the other, the first `warm` thrown away.

    A machine that gets slower or faster meanwhile does so for all of them.
    """
    rounds = [[measure() for measure in measures] for _ in range(warm + runs)][warm:]
    return [median(column) for column in zip(*rounds, strict=True)]


def repeated(action: Action, runs: int) -> list[float]:
    """Milliseconds of each of `runs` times `action`, after a first one that is not counted."""
    action()
    return [elapsed(action) for _ in range(runs)]


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of 100 do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
