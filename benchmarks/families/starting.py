"""Commands from start to end: the version, listings, a search."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.processes import run_time
from benchmarks.row import Row, ratio
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import in_turns

WORD = "draft"
_LISTING = 1.4


def version(scene: Scene) -> Iterable[Outcome]:
    """`reflect --version` beside a click program's."""
    floor = scene.subject.floor("click_alone", "--version")
    yield _beside(scene, "reflect --version", "python + click", floor, ("--version",), 1.15)


def listings(scene: Scene) -> Iterable[Outcome]:
    """Commands that list or find, beside a click program with one query."""
    database = str(scene.home / "reflect.db")
    history = scene.subject.floor("listing", database, "history")
    search = scene.subject.floor("listing", database, "search", WORD)
    beside = "python + click + apsw"
    yield _beside(scene, "reflect history", beside, history, ("history",), _LISTING)
    yield _beside(scene, "reflect pack list", beside, history, ("pack", "list"), _LISTING)
    yield _beside(scene, "reflect search", beside, search, ("search", WORD), _LISTING)


def _beside(
    scene: Scene,
    what: str,
    beside: str,
    floor: tuple[str, ...],
    arguments: tuple[str, ...],
    goal: float,
) -> Row:
    environment = scene.environment(scene.home)
    ours = (*scene.subject.command, *arguments)
    least, taken = in_turns(
        lambda: run_time(floor, environment),
        lambda: run_time(ours, environment),
        runs=scene.sizes.starts,
        warm=min(2, scene.sizes.starts),
    )
    return ratio(what, beside, least, taken, goal)
