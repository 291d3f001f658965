"""What grows: a group of kinds of work, the sizes they are done at, and what they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

Runs = Callable[[Path, int], Iterator[float]]
"""Does the work in what was prepared in a folder for a size, and yields milliseconds of each run."""

CONSTANT = 0.15
"""The slope of what must not grow, with room for a larger file's deeper trees and colder pages."""
LINEAR = 1.15
"""The slope of what may grow in proportion."""


class Work(NamedTuple):
    """One kind of work; `time` and `memory` are the steepest slopes it may end with."""

    what: str
    runs: Runs
    time: float = CONSTANT
    memory: float = CONSTANT


class Group(NamedTuple):
    """Kinds of work over the same `sizes` of `counted`; `prepare` makes what they need in an empty folder."""

    name: str
    counted: str
    sizes: tuple[int, ...]
    prepare: Callable[[Path, int], object]
    works: tuple[Work, ...]

    def upto(self, most: int) -> Group:
        """The same with no more than three sizes, `most` the largest of them."""
        smaller = [size for size in self.sizes if size < most]
        return self._replace(sizes=(*smaller[-2:], most))


def nothing(folder: Path, size: int) -> None:
    """Prepares nothing."""
