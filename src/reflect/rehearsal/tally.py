"""How much of a script was come by, in numbers: questions, wordings, options, probes and conditions."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from reflect.rehearsal.coverage import Missing
from reflect.rehearsal.outcome import Point, What


class Tally(NamedTuple):
    """One line of the table: `reached` of `of` points of one sort, called `name`."""

    name: str
    reached: int
    of: int


_SORTS: tuple[tuple[str, tuple[What, ...], bool], ...] = (
    ("questions asked", ("question",), True),
    ("wordings used", ("wording",), True),
    ("options taken", ("option",), True),
    ("probes that ask", ("probe",), True),
    ("probes that are quiet", ("probe",), False),
    ("conditions that hold", ("when", "must"), True),
    ("conditions that do not", ("when", "must"), False),
    ("turns of core's own", ("core",), True),
)


def tally(points: Iterable[Missing], reached: Container[Point]) -> tuple[Tally, ...]:
    """How many of `points` are among the `reached`; a sort that the pack has none of is left out."""
    every = [one.point for one in points]
    lines = []
    for name, what, side in _SORTS:
        mine = [point for point in every if point.what in what and point.side is side]
        lines.append(Tally(name, sum(point in reached for point in mine), len(mine)))
    return tuple(line for line in lines if line.of)


def percent(reached: int, of: int) -> int:
    """How many in a hundred, rounded down, so that only all is 100; of nothing all is reached."""
    return reached * 100 // of if of else 100
