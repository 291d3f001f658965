"""Another process is writing: two seconds are waited for, twenty are told, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import NamedTuple

import apsw
from tests.faults.program import Window, begin, reflect
from tests.faults.record import database, texts, trouble
from tests.faults.test_disks import CLAIMS, WORDS

from proof.broken import IMPATIENT, broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

SHORT, LONG = 2.0, 20.0
PATIENCE = 5.0
NOISE = 3.0
"""Seconds that a busy machine may add to the patience of the program."""


class Held(NamedTuple):
    """The record is held for so many seconds while something is written in a window, or in a pipe."""

    folder: Path
    seconds: float
    in_window: bool
    is_broken: bool = False

    def __str__(self) -> str:
        return f"held for {self.seconds:.0f} s, {'window' if self.in_window else 'pipe'}"


def run(form: Form) -> Figure:
    """Hold the record for two and for twenty seconds."""
    trials, failures = 0, list[str]()
    for _, folder in rounds(form):
        ways = [(seconds, way) for seconds in (LONG, SHORT) for way in (True, False)]
        cases = [Held(folder / str(at), seconds, way) for at, (seconds, way) in enumerate(ways)]
        failures += hold(cases, held, 4)
        trials += len(cases)
    says = f"{trials} times another process was writing, {len(failures)} wrong"
    return Figure(trials, tuple(failures), says, 4)


def control(form: Form) -> Figure:
    """A program that waits for nobody."""
    cases = [Held(form.folder / "impatient", SHORT, in_window=True, is_broken=True)]
    found = hold(cases, held)
    return Figure(1, tuple(found), f"{len(found)} found out")


def held(case: Held) -> str:
    """What is wrong while the record is held, and afterwards; "" when nothing is."""
    home = case.folder / "reflect"
    home.parent.mkdir(parents=True)
    begin(home)
    return (_window if case.in_window else _pipe)(case, home)


def _window(case: Held, home: Path) -> str:
    environ = broken(home, IMPATIENT) if case.is_broken else None
    with Window(home, environ=environ) as window:
        window.until_ready()
        since = len(window.raw)
        with _another(home, case.seconds):
            began = time.monotonic()
            window.send(WORDS)
            took, shown = time.monotonic() - began, window.flat(since)
            if case.seconds > PATIENCE:
                found = _told(window, since, shown, took)
                if found:
                    return found
        if case.seconds > PATIENCE:
            window.send("")
        elif not case.seconds - 0.5 < took < case.seconds + NOISE:
            return f"it waited {took:.1f} s"
        if len(window.questions(since)) != 1:
            return f"it did not go on: {shown[-150:]}"
    return str(trouble(home) or "") if texts(home) == [WORDS] else "the words are not kept once"


def _told(window: Window, since: int, shown: str, took: float) -> str:
    if "Another process is writing" not in shown or any(one in shown for one in CLAIMS):
        return f"it does not say that another process is writing: {shown[-150:]}"
    if window.questions(since) or window.edit_line() != WORDS:
        return "the words are no longer in the line"
    return "" if took < PATIENCE + NOISE else f"it said so after {took:.1f} s only"


def _pipe(case: Held, home: Path) -> str:
    with _another(home, case.seconds):
        ran = reflect(home, lines=[WORDS])
    waits = case.seconds < PATIENCE
    if waits != (ran.code == 0) or not (waits or ran.err.startswith("store-locked: ")):
        return f"it ended with {ran.code}: {ran.err[-150:]}"
    if texts(home) != [WORDS] * waits:
        return "the words are not kept, or kept and not acknowledged"
    if reflect(home, lines=["and now nobody else is writing"]).code != 0:
        return "it does not go on afterwards"
    return str(trouble(home) or "")


@contextmanager
def _another(home: Path, seconds: float) -> Iterator[None]:
    """Somebody who writes for so long; the block does not end before."""
    db = apsw.Connection(str(database(home)))
    db.execute("BEGIN IMMEDIATE")
    timer = Timer(seconds, lambda: db.execute("ROLLBACK"))
    timer.start()
    try:
        yield
        timer.join()
    finally:
        timer.cancel()
        timer.join()
        db.close()


CHECK = Check(
    "T-LOCK",
    ("G5",),
    "who is writing is waited for, then told of; no words are lost",
    run,
    control,
    seconds=25,
)
