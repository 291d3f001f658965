"""What carries on between sessions, after thousands of them: three screens, and making all of it anew."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.processes import run_time
from benchmarks.row import Row, ratio
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import in_turns

SCREENS = ("journey", "actions", "goals")
_SCREEN = 1.5
_REBUILD = 2.0
_REBUILDS = 5


def screens(scene: Scene) -> Iterable[Outcome]:
    """Commands that show what carries on, from start to end, beside `reflect --version`."""
    environment = scene.environment(scene.home)
    commands = [(*scene.subject.command, name) for name in ("--version", *SCREENS)]
    floor, *ours = in_turns(
        *(lambda command=command: run_time(command, environment) for command in commands),
        runs=scene.sizes.starts,
        warm=min(2, scene.sizes.starts),
    )
    for name, taken in zip(SCREENS, ours, strict=True):
        yield ratio(f"reflect {name}", "reflect --version", floor, taken, _SCREEN)


def rebuilding(scene: Scene) -> Iterable[Outcome]:
    """`reflect journey rebuild`, the whole command."""
    environment = scene.environment(scene.home)
    command = (*scene.subject.command, "journey", "rebuild")
    runs = min(_REBUILDS, scene.sizes.starts)
    (taken,) = in_turns(lambda: run_time(command, environment) / 1000, runs=runs, warm=0)
    what = f"reflect journey rebuild, {scene.sizes.sessions:,} sessions"
    yield Row(what, taken, _REBUILD, unit="s")
