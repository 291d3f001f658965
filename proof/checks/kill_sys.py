"""Killed at each system call that writes: a session, and whatever else changes a file."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.program import begin, reflect
from tests.faults.record import texts
from tests.faults.test_killed_at_calls import WORDS, acknowledged
from tests.faults.test_killed_at_calls import wrong as wrong_session

from proof.broken import LATE, broken
from proof.check import Check, Figure, Form
from proof.commands import Command
from proof.injecting import Fault, faults, inject, spread
from proof.trials import hold, in_memory, in_time
from proof.writers import COMMANDS

LEAST = 98
AT_ONCE = 4
"""In the long form; strace and what it stops wait for each other."""
SESSION = "a session"
_ALL = 1_000_000
_SESSION = WORDS[:3]


class Killed(NamedTuple):
    """A command that is killed at `fault`, in a copy of the home `base`; `check` looks at what is left."""

    name: str
    base: Path
    folder: Path
    fault: Fault
    trial: Callable[[Path, Fault], str]

    def __str__(self) -> str:
        return f"{self.name}, {self.fault}"


def run(form: Form) -> Figure:
    """Kill a session at every call, and one other command (all of them in the long form)."""
    done: list[Killed] = []
    with in_memory(form) as folder:
        made, failures = (_each if form.long else _some)(form, folder, done)
    tried = sorted({one.name for one in done} - {SESSION})
    points = len({(one.name, one.fault) for one in done})
    says = (
        f"{len(done)} kills at {points} of {len(made)} calls in a session and "
        f"{len(tried)} other commands ({', '.join(tried)}): {len(failures)} wrong"
    )
    return Figure(len(done), tuple(failures), says, LEAST)


def _some(form: Form, folder: Path, done: list[Killed]) -> tuple[list[Killed], list[str]]:
    """Every call of a session, and some of another command."""
    made = session(folder / "session")
    command = COMMANDS[form.seed % len(COMMANDS)]
    made += other(command, folder / "other", max(LEAST - len(made), 24))
    return made, hold(in_time(form, 0.0, made, done), _one)


def _each(form: Form, folder: Path, done: list[Killed]) -> tuple[list[Killed], list[str]]:
    """Every call of one after the other, in any order; then of all of them, as often as there is time."""
    end, failures = form.deadline(), list[str]()
    made = session(folder / "session")
    failures += hold(in_time(form, end, made, done), _one, AT_ONCE)
    for command in Random(form.seed).sample(COMMANDS, len(COMMANDS)):
        if time.monotonic() >= end:
            break
        some = other(command, folder / command.name.replace(" ", "-"), _ALL)
        made += some
        failures += hold(in_time(form, end, some, done), _one, AT_ONCE)
    while time.monotonic() < end:
        failures += hold(in_time(form, end, made, done), _one, AT_ONCE)
    return made, failures


def control(form: Form) -> Figure:
    """A record that acknowledges before it commits."""
    base = _base(form.folder / "late", ())

    def trial(home: Path, fault: Fault) -> str:
        ran = inject(home, fault, lines=_SESSION, environ=broken(home, LATE))
        seen, kept = acknowledged(ran.out), texts(home)
        return "" if kept[: len(seen)] == seen else f"acknowledged {len(seen)}, kept {len(kept)}"

    at = [Fault("pwrite64", number) for number in (1, 20)]
    made = [Killed("late", base, form.folder / f"{one.number}", one, trial) for one in at]
    found = hold(made, _one)
    return Figure(len(made), tuple(found), f"{len(found)} found out")


def _one(killed: Killed) -> str:
    home = killed.folder / "reflect"
    home.parent.mkdir(parents=True)
    shutil.copytree(killed.base, home)
    try:
        return killed.trial(home, killed.fault)
    finally:
        shutil.rmtree(killed.folder, ignore_errors=True)


def session(folder: Path) -> list[Killed]:
    """A session in a pipe, killed at every call."""
    base = _base(folder, ())
    whole = _copy(base, folder / "whole")
    found, _ = faults(whole, lines=_SESSION)
    expected = texts(whole)

    def trial(home: Path, fault: Fault) -> str:
        return wrong_session(home, inject(home, fault, lines=_SESSION).out, expected)

    return _killed(SESSION, base, folder, found, trial)


def other(command: Command, folder: Path, most: int) -> list[Killed]:
    """`command`, killed at so many of its calls."""
    folder.mkdir(parents=True)
    ready = command.prepare(folder)
    first, whole = (_copy(ready.base, folder / name) for name in ("first", "whole"))
    # What Python compiles when a module is read for the first time is written before.
    assert reflect(first, *ready.typed(first), lines=ready.lines).code == 0
    found, _ = faults(whole, *ready.typed(whole), lines=ready.lines, calls=command.calls)

    def trial(home: Path, fault: Fault) -> str:
        inject(home, fault, *ready.typed(home), lines=ready.lines)
        return ready.wrong(home)

    return _killed(command.name, ready.base, folder, spread(found, most), trial)


def _killed(
    name: str, base: Path, folder: Path, found: Sequence[Fault], trial: Callable[[Path, Fault], str]
) -> list[Killed]:
    return [
        Killed(name, base, folder / "trials" / str(number), fault, trial)
        for number, fault in enumerate(found)
    ]


def _base(folder: Path, words: Sequence[str]) -> Path:
    home = folder / "base" / "reflect"
    home.parent.mkdir(parents=True)
    begin(home, *words)
    return home


def _copy(base: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    return Path(shutil.copytree(base, folder / "reflect"))


CHECK = Check(
    "T-KILL-SYS",
    ("G1",),
    "killed at every call that writes, nothing kept is lost",
    run,
    control,
    needs=("strace",),
    seconds=57,
    unit="kills",
    share=720,
)
