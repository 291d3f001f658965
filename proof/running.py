"""Runs checks one after the other, each with its control."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from proof.check import Check, Figure, Form
from proof.counting import Count, counting
from proof.machine import missing


class Outcome(NamedTuple):
    """One check that was run, or not: `skipped` names what the machine lacks.

    `toothless` says that the control passed, so the check finds nothing; `broken_off` that it was ended
    before its time.
    """

    check: Check
    figure: Figure | None
    toothless: bool = False
    skipped: tuple[str, ...] = ()
    seconds: float = 0.0
    broken_off: bool = False

    @property
    def passed(self) -> bool:
        """Whether it was run, held, and its control was found out."""
        return self.figure is not None and self.figure.passed and not self.toothless


def run(check: Check, seed: int) -> Outcome:
    """The short form of `check` with its control; a trial that raises is a failure, not the end."""
    lacking = missing(check.needs)
    if lacking:
        return Outcome(check, None, skipped=lacking)
    began = time.monotonic()
    with counting(Count()):
        figure = _tried(check.run, seed, None)
    toothless = _tried(check.control, seed, None).passed
    return Outcome(check, figure, toothless, seconds=time.monotonic() - began)


def run_long(check: Check, seed: int, seconds: float, count: Count) -> Outcome:
    """The long form: one trial is enough, as the time decides how many there are.

    A KeyboardInterrupt ends it; what was counted until then is its figure.
    """
    lacking = missing(check.needs)
    if lacking:
        return Outcome(check, None, skipped=lacking)
    began, broken_off = time.monotonic(), False
    try:
        with counting(count):
            figure = _tried(check.run, seed, seconds)
    except KeyboardInterrupt:
        broken_off = True
        says = f"{count.trials:,} {check.unit} until it was broken off, {len(count.failures)} wrong"
        figure = Figure(count.trials, tuple(count.failures), says)
    figure = figure._replace(least=min(figure.least, 0 if broken_off else 1))
    took = time.monotonic() - began
    return Outcome(check, figure, seconds=took, broken_off=broken_off)


def _tried(trial: Callable[[Form], Figure], seed: int, seconds: float | None) -> Figure:
    with tempfile.TemporaryDirectory(prefix="reflect-proof-") as folder:
        try:
            return trial(Form(Path(folder), seed, seconds))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # pytest's own way to fail is no Exception
            return Figure(0, (traceback.format_exc(limit=-4),), "the trial itself broke off")


def thirds(checks: Sequence[Check]) -> tuple[tuple[Check, ...], ...]:
    """`checks` in three parts that take about as long, each in the given order."""
    parts: list[list[Check]] = [[], [], []]
    for check in sorted(checks, key=lambda check: -check.seconds):
        min(parts, key=lambda part: sum(one.seconds for one in part)).append(check)
    return tuple(tuple(sorted(part, key=checks.index)) for part in parts)
