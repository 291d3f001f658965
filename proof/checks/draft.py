"""Killed while somebody types: what is offered again the next time."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.program import Window, begin
from tests.faults.record import trouble
from tests.faults.test_drafts import SENTENCE

from proof.broken import NO_DRAFTS, around
from proof.check import Check, Figure, Form
from proof.trials import hold, in_time, rounds

KILLS = 20
AT_RISK = 2.0
_BETWEEN_KEYS = 0.1
_NOISE = 0.1
"""Seconds from a key that is pressed to the program that has read it."""


class Typing(NamedTuple):
    """A home in which somebody types for so many seconds and is cut off; `risks` takes the seconds lost."""

    home: Path
    seconds: float
    risks: list[float]
    breaks: str = ""

    def __str__(self) -> str:
        return f"killed after {self.seconds:.2f} s"


def run(form: Form) -> Figure:
    """Type as a person does until a kill -9; the last keys that are lost must be those of two seconds."""
    risks: list[float] = []
    failures: list[str] = []
    end, done = form.deadline(), list[Typing]()
    for seed, folder in rounds(form):
        random = Random(seed)
        base = _base(folder)
        cases = [
            Typing(folder / str(number) / "reflect", random.uniform(2.3, 5.5), risks)
            for number in range(KILLS)
        ]
        waiting = in_time(form, end, cases, done)
        failures += hold(waiting, lambda case, base=base: cut_off(case, base), 4)  # type: ignore[misc]
    longest = max(risks, default=0.0)
    says = f"{len(risks)} kills while typing, at most {longest:.2f} s of typing lost"
    return Figure(len(risks), tuple(failures), says, KILLS)


def control(form: Form) -> Figure:
    """A program that keeps no drafts."""
    base = _base(form.folder)
    case = Typing(form.folder / "none" / "reflect", 3.0, [], NO_DRAFTS)
    found = hold([case], lambda case: cut_off(case, base))
    return Figure(1, tuple(found), f"{len(found)} found out")


def _base(folder: Path) -> Path:
    home = folder / "base" / "reflect"
    home.parent.mkdir()
    begin(home)
    return home


def cut_off(case: Typing, base: Path) -> str:
    """What is wrong after the kill; adds the seconds of typing that are lost."""
    case.home.parent.mkdir()
    shutil.copytree(base, case.home)
    pressed, killed = _typed(case)
    with Window(case.home, environ=around(case.home, case.breaks)) as window:
        window.until_ready()
        offered = window.edit_line()
    if not SENTENCE.startswith(offered):
        return "other words are offered than were typed"
    kept = len(offered)
    lost = killed - pressed[kept] if kept < len(pressed) else 0.0
    case.risks.append(lost)
    if lost > AT_RISK + _NOISE:
        return f"{lost:.2f} s of typing are lost, {kept} of {len(pressed)} characters offered"
    return str(trouble(case.home) or "")


def _typed(case: Typing) -> tuple[list[float], float]:
    """When each key was pressed, and when it was killed."""
    with Window(case.home, environ=around(case.home, case.breaks)) as window:
        window.until_ready()
        began = time.monotonic()
        pressed: list[float] = []
        while time.monotonic() - began < case.seconds:
            window.type(SENTENCE[len(pressed)])
            pressed.append(time.monotonic())
            while (left := began + len(pressed) * _BETWEEN_KEYS - time.monotonic()) > 0:
                window.read(left)
        killed = time.monotonic()
        window.kill()
    return pressed, killed


CHECK = Check(
    "T-DRAFT",
    ("G4",),
    "a kill while typing loses the words of two seconds at most",
    run,
    control,
    seconds=30,
    unit="kills",
    share=100,
)
