"""A disk that refuses: each call that writes fails, once, twice in a row or from then on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.program import Window, begin
from tests.faults.record import texts, trouble
from tests.faults.test_disks import CLAIMS
from tests.faults.test_disks import WORDS as LINE
from tests.faults.test_killed_at_calls import WORDS, acknowledged
from tests.faults.test_killed_at_calls import wrong as wrong_session

from proof.broken import CLAIMING, around
from proof.check import Check, Figure, Form
from proof.injecting import Fault, faults, inject
from proof.trials import hold, in_time, rounds

ERRORS = ("EIO", "ENOSPC", "EDQUOT")
LASTING = ("", "+1", "+")
IN_A_PIPE = 94
_SESSION = WORDS[:3]


class Refused(NamedTuple):
    """A session in a copy of the home `base` whose disk refuses as `fault` says; in a window or a pipe."""

    base: Path
    folder: Path
    fault: Fault
    expected: list[str]
    in_window: bool
    breaks: str = ""

    def __str__(self) -> str:
        return f"{'window' if self.in_window else 'pipe'}, {self.fault}"


def run(form: Form) -> Figure:
    """Fail at some calls of a session (all of them in the long form); nothing may be claimed that is not so."""
    done: list[Refused] = []
    failures: list[str] = []
    end = form.deadline()
    for seed, folder in rounds(form):
        cases = _cases(folder, seed, long=form.long)
        failures += hold(in_time(form, end, cases, done), _one, 3 if form.long else 2)
    says = f"{len(done)} points with {', '.join(ERRORS)}, once, twice and for good: {len(failures)} wrong"
    return Figure(len(done), tuple(failures), says, 100)


def control(form: Form) -> Figure:
    """A program that goes on as if what the disk refused had been stored."""
    base = _base(form.folder)
    faulty = [Fault("fdatasync", 3, "EIO", "+"), Fault("pwrite64", 1, "ENOSPC", "+")]
    cases = [
        Refused(base, form.folder / str(at), fault, list(_SESSION), at == 1, CLAIMING)
        for at, fault in enumerate(faulty)
    ]
    found = hold(cases, _one)
    return Figure(len(cases), tuple(found), f"{len(found)} found out")


def _base(folder: Path) -> Path:
    home = folder / "base" / "reflect"
    home.parent.mkdir(parents=True)
    begin(home)
    return home


def _cases(folder: Path, seed: int, *, long: bool) -> list[Refused]:
    base, whole = _base(folder), folder / "whole" / "reflect"
    shutil.copytree(base, whole)
    points, _ = faults(whole, lines=_SESSION)
    expected = texts(whole)
    every = [
        point._replace(what=error, lasting=lasting)
        for point, error, lasting in product(points, ERRORS, LASTING)
    ]
    chosen = every if long else Random(seed).sample(every, IN_A_PIPE)
    lines = [Fault(call, 1, error, "+") for call in ("pwrite64", "fdatasync") for error in ERRORS]
    cases = [(fault, True) for fault in lines] + [(fault, False) for fault in chosen]
    return [
        Refused(base, folder / "trials" / str(number), fault, expected, in_window)
        for number, (fault, in_window) in enumerate(cases)
    ]


def _one(case: Refused) -> str:
    home = case.folder / "reflect"
    home.parent.mkdir(parents=True)
    shutil.copytree(case.base, home)
    try:
        if case.in_window:
            return in_a_window(home, case.fault, around(home, case.breaks))
        return _in_a_pipe(home, case)
    finally:
        shutil.rmtree(case.folder, ignore_errors=True)


def _in_a_pipe(home: Path, case: Refused) -> str:
    """It ends in good order or tells an error in a line; what it acknowledged is kept, and it goes on."""
    ran = inject(home, case.fault, lines=_SESSION, environ=around(home, case.breaks))
    if ran.code not in (0, 1) or "Traceback" in ran.err + ran.out or "our-fault" in ran.err:
        return f"it ended with {ran.code}: {ran.err[-150:]}"
    if ran.code == 0 and acknowledged(ran.out) != case.expected:
        return "it ended well without all answers"
    return wrong_session(home, ran.out, case.expected)


def in_a_window(home: Path, fault: Fault, environ: Mapping[str, str] | None) -> str:
    """What is wrong with this: words stay in the line, and Enter stores them once the disk works again."""
    with Window(home, environ=environ) as window:
        window.until_ready()
        since = len(window.raw)
        with _Tracer(window.process.pid, fault):
            window.type(LINE + "\r")
            window.until_ready(since + len(LINE))
        shown = window.flat(since)
        if "could not be saved" not in shown or any(claim in shown for claim in CLAIMS):
            return f"it does not say that it could not be saved: {shown[-200:]}"
        if window.questions(since) or window.edit_line() != LINE:
            return "the words are no longer in the line"
        window.send("")
        if len(window.questions(since)) != 1:
            return "it does not go on when the disk works again"
    return str(trouble(home) or "") if texts(home) == [LINE] else "the words are not kept, or twice"


class _Tracer:
    """strace, attached to a process that runs, for as long as the block lasts."""

    def __init__(self, pid: int, fault: Fault) -> None:
        line = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={fault.call}", "-e", fault.option]
        self._process = subprocess.Popen(
            [*line, "-p", str(pid)], stderr=subprocess.PIPE, start_new_session=True
        )

    def __enter__(self) -> None:
        assert self._process.stderr is not None
        said = os.read(self._process.stderr.fileno(), 1000)
        if b"attached" not in said:
            self.__exit__()
            raise AssertionError(f"strace: {said!r}")

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)
        self._process.wait(10)


CHECK = Check(
    "T-EIO",
    ("G3",),
    "a disk that refuses: nothing is called saved that is not",
    run,
    control,
    needs=("strace",),
    seconds=52,
    unit="refused calls",
    share=120,
)
