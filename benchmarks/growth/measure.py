"""Measuring a group: each kind of work at each size in a process of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks.growth.curve import Curve, Point
from benchmarks.growth.work import Group
from benchmarks.processes import printed, read_peak, with_peak
from benchmarks.row import Row
from benchmarks.scene import HERE, Outcome, Scene, Sizes

EXPONENT = "exponent"
"""The unit of a slope in the table of the bench."""


def shorter(group: Group, sizes: Sizes) -> Group:
    """`group` as far as one run of the bench goes."""
    return group.upto(min(group.sizes[-1], getattr(sizes, group.name)))


def growth(scene: Scene) -> Iterable[Outcome]:
    """How time and memory grow with the work, at smaller sizes than `python -m benchmarks.growth`."""
    from benchmarks.growth.registry import GROUPS

    for group in GROUPS:
        found = shorter(group, scene.sizes)
        for one in curves(scene, found):
            what = f"{one.what}, to {found.sizes[-1]:,} {group.counted}"
            yield Row(f"{what}: time", one.time, one.time_goal, unit=EXPONENT)
            yield Row(f"{what}: memory", one.memory, one.memory_goal, unit=EXPONENT)


def curves(scene: Scene, group: Group) -> tuple[Curve, ...]:
    """One curve for each kind of work of `group`; what was prepared for a size goes when it is done."""
    points: list[list[Point]] = [[] for _ in group.works]
    for size in group.sizes:
        folder = scene.folder / "growth" / f"{group.name}-{size}"
        folder.mkdir(parents=True)
        group.prepare(folder, size)
        for number, found in enumerate(points):
            found.append(_point(scene, group, number, size, folder))
        shutil.rmtree(folder)
    return tuple(_named(group, points))


def _named(group: Group, points: Iterable[list[Point]]) -> Iterable[Curve]:
    for work, found in zip(group.works, points, strict=True):
        yield Curve(work.what, tuple(found), work.time, work.memory)


def _point(scene: Scene, group: Group, number: int, size: int, folder: Path) -> Point:
    note = folder / "peak"
    module = (scene.subject.python, "-m", "benchmarks.growth.child")
    command = with_peak(scene, note, (*module, group.name, str(number), str(size), str(folder)))
    paths = (str(HERE.parent), scene.subject.environment.get("PYTHONPATH", ""))
    more = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    taken = float(printed(command, scene.environment(folder, **more)))
    return Point(size, taken, read_peak(note))
