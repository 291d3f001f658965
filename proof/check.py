"""What a check is, and what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Form(NamedTuple):
    """How a check is run: in `folder`, an empty directory of its own, with random choices from `seed`.

    `seconds` is what the long form may take, and None in the short form, which does its fixed number of trials.
    """

    folder: Path
    seed: int = 1
    seconds: float | None = None

    @property
    def long(self) -> bool:
        """Whether trials go on until the time is over."""
        return self.seconds is not None

    def deadline(self) -> float:
        """The moment (time.monotonic) after which a long form begins no further trial."""
        return time.monotonic() + (self.seconds or 0.0)


class Figure(NamedTuple):
    """What came of a check: `trials` done, what went wrong in them, and one line that says it in numbers.

    `least` trials must have been done, or nothing was proved.
    """

    trials: int
    failures: tuple[str, ...]
    says: str
    least: int = 1

    @property
    def passed(self) -> bool:
        """Whether enough was tried and nothing went wrong."""
        return not self.failures and self.trials >= self.least


class Check(NamedTuple):
    """One thing that must hold.

    `goals` are the promises it proves. `run` tries it against the real program; `control`
    runs the same trial against something broken on purpose, and its figure must not pass.
    `needs` names what the machine must have (programs, "root"); `seconds` is what the short form
    takes on two cores, by which thirds are balanced. `unit` says what its trials are. `share` is what
    the long form gets of an hour in seconds, 0 for as much as the short form takes; a check that is
    tried `once` has no use for more.
    """

    name: str
    goals: tuple[str, ...]
    title: str
    run: Callable[[Form], Figure]
    control: Callable[[Form], Figure]
    needs: tuple[str, ...] = ()
    seconds: int = 10
    unit: str = "trials"
    share: int = 0
    once: bool = False
