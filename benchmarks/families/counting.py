"""Instructions, counted by callgrind: figures that a busy machine cannot move."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence

from benchmarks.row import Row, ratio
from benchmarks.scene import HERE, Outcome, Scene

_COLLECTED = re.compile(r"Collected\s*:\s*(\d+)")
_FEW, _MORE = 5, 25
_MILLION = 1_000_000
_VALGRIND = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")


def instructions(scene: Scene) -> Iterable[Outcome]:
    """Of a start, of a listing and of one durable answer, in millions."""
    if not shutil.which("valgrind"):
        yield "Instructions were not counted: valgrind is not installed."
        return
    click = _counted(scene, scene.subject.floor("click_alone", "--version"))
    version = _counted(scene, (*scene.subject.command, "--version"))
    what = "instructions of"
    yield ratio(f"{what} reflect --version", "python + click", click, version, 1.15, "million")
    floor = scene.subject.floor("listing", str(scene.home / "reflect.db"), "history")
    beside = "python + click + apsw"
    listing = _counted(scene, (*scene.subject.command, "history"))
    yield ratio(f"{what} reflect history", beside, _counted(scene, floor), listing, 1.4, "million")
    few, more = (_answers(scene, count) for count in (_FEW, _MORE))
    yield Row(f"{what} a durable answer", (more - few) / (_MORE - _FEW), 0.6, unit="million")


def _answers(scene: Scene, count: int) -> float:
    """Of a process that makes a store and gives `count` answers."""
    database = scene.folder / f"counted-{count}.db"
    return _counted(scene, scene.subject.child("answers", str(database), str(count)))


def _counted(scene: Scene, command: Sequence[str]) -> float:
    """Millions of instructions of `command`, whose hashes are the same at each run. Raises CalledProcessError."""
    paths = (str(HERE.parent), scene.subject.environment.get("PYTHONPATH", ""))
    more = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        (*_VALGRIND, *_interpreted(scene, command)),
        env=scene.environment(scene.home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    (found,) = _COLLECTED.findall(done.stderr)
    return int(found) / _MILLION


def _interpreted(scene: Scene, command: Sequence[str]) -> tuple[str, ...]:
    """`command` with the interpreter in front of a console script, which callgrind would not follow."""
    first, *rest = command
    return (first, *rest) if first == scene.subject.python else (scene.subject.python, first, *rest)
