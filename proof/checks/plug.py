"""Bad plug-ins beside a good one: sessions finish, others' results stay, nothing runs before leave was given."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.plugins import test_bad as bad
from tests.plugins.world import GOOD, World

from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

LEAST = 16
_MOST_MS = 50.0
"""Milliseconds of processor time that one more plug-in may add to a start."""
_RUNS = 5
FOURTEEN = (
    *("cannot-be-imported", "syntax", "exits-at-import", "wrong-arguments", "raises-everywhere"),
    *("exits", "misspelt", "wrong-type", "huge", "endless", "recursion", "odd-object"),
    *("fails-when-told", "hangs-when-told"),
)
PASSING = """
from reflect.plugins import isolation, joining, running

def run_apart(name, doing, action, seconds=0):
    return isolation.Outcome(action(), ())

for module in (isolation, joining, running):
    module.run_apart = run_apart
"""
"""Lets through whatever a plug-in does."""
_NOSY = "import pathlib\npathlib.Path({!r}).touch()\n"


class Trial(NamedTuple):
    """Something wrong with a plug-in, by its name; `held` raises or says what came of it."""

    name: str
    held: Callable[[World], object]

    def __str__(self) -> str:
        return self.name


def run(form: Form) -> Figure:
    """Install each of fourteen beside a good one and use the program; then hold leave and time."""
    trials = 0
    failures: list[str] = []
    costs: list[float] = []
    for seed, folder in rounds(form):
        names = FOURTEEN if not trials else _mixed(seed)
        several = [*(_with(name) for name in names), *_alone()]
        several += [Trial("nothing before leave", _before_leave)]
        several += [Trial("time of a start", lambda world: _cost(world, costs))]
        failures += hold(several, lambda one, folder=folder: _in_a_world(one, folder))  # type: ignore[misc]
        trials += len(several)
    cost = max(costs, default=0.0)
    says = f"{trials} bad plug-ins, {len(failures)} got through; each adds {cost:.0f} ms to a start"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A program that lets through what plug-ins raise."""

    def held(world: World) -> object:
        (world.site / "sitecustomize.py").write_text(PASSING, "utf-8")
        return bad.test_everything_else_works(world, "raises-everywhere")

    found = hold([Trial("raises", held)], lambda one: _in_a_world(one, form.folder))
    return Figure(1, tuple(found), f"{len(found)} found out")


def _in_a_world(trial: Trial, folder: Path) -> str:
    place = folder / trial.name.replace(" ", "-")
    place.mkdir()
    found = trial.held(World(place))
    return found if isinstance(found, str) else ""


def _with(name: str) -> Trial:
    return Trial(name, lambda world: bad.test_everything_else_works(world, name))


def _mixed(seed: int) -> list[str]:
    """Any of all that there are, for rounds after the first."""
    return Random(seed).sample(sorted(bad.BAD), 14)


def _alone() -> list[Trial]:
    several = (
        bad.test_one_that_hangs_while_it_is_loaded_is_stopped_and_then_known,
        bad.test_what_is_left_at_the_end_is_not_waited_for,
    )
    return [Trial(one.__name__.removeprefix("test_"), one) for one in several]


def _before_leave(world: World) -> str:
    """Installed and not allowed: none of its code runs, whatever is typed."""
    mark = world.place / "it-ran"
    world.install("nosy", _NOSY.format(str(mark)) + GOOD)
    for typed in (("where",), ("plugins",), ("--help",), ("pack", "list"), ("doctor",)):
        done = world.reflect(*typed)
        if mark.exists() or done.code not in (0, 1):
            return f"{typed} ended with {done.code}, it ran: {mark.exists()}"
    return ""


def _cost(world: World, costs: list[float]) -> str:
    """Milliseconds of processor time that each of fourteen adds to a start; the best of a few runs."""
    world.several(("where",))
    before = _start(world)
    for name in FOURTEEN:
        world.install(name.replace("-", "_"), bad.BAD[name])
    world.several(("where",), ("plugins",))
    costs.append((_start(world) - before) / len(FOURTEEN))
    return "" if costs[-1] <= _MOST_MS else f"each adds {costs[-1]:.0f} ms"


def _start(world: World) -> float:
    return min(_took(world) for _ in range(_RUNS))


def _took(world: World) -> float:
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'reflect', 'where'], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL, timeout=30)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env=world.environ, cwd=world.here, capture_output=True, timeout=60, check=True
    )
    return float(done.stdout) * 1000


CHECK = Check(
    "T-PLUG",
    ("G20",),
    "bad plug-ins stop nothing, and none runs before leave",
    run,
    control,
    seconds=14,
)
