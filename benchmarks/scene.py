"""What every measurement is given: the program, a folder, how much of everything, and shared stores."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from benchmarks.row import Row

HERE = Path(__file__).parent
DAY = "2026-11-21"


class Sizes(NamedTuple):
    """How much of everything; the goals are stated for these, and for a million messages."""

    sessions: int = 5_000
    messages: int = 100_000
    questions: int = 200
    answers: int = 60
    phrases: int = 10_000
    pack_lines: int = 5_000
    distributions: int = 300
    packs: int = 100
    words: int = 10_000
    starts: int = 15
    """Runs of a whole process."""
    rounds: int = 200
    """Rounds within one process."""
    peers: bool = True
    """Whether peers are installed and measured."""


class Subject(NamedTuple):
    """The program as it is started: by a console script or a module, with a Python and its environment."""

    command: tuple[str, ...]
    python: str
    environment: dict[str, str]

    def floor(self, name: str, *arguments: str) -> tuple[str, ...]:
        """The command that runs the floor called `name`."""
        return (self.python, str(HERE / "floors" / f"{name}.py"), *arguments)

    def child(self, name: str, *arguments: str) -> tuple[str, ...]:
        """The command that runs a part of a measurement in a process of its own."""
        return (self.python, str(HERE / "children" / f"{name}.py"), *arguments)


def subject_here() -> Subject:
    """The program as this Python has it: its console script when there is one, else the module."""
    script = Path(sys.executable).with_name("reflect")
    command = (str(script),) if script.exists() else (sys.executable, "-m", "reflect")
    return Subject(command, sys.executable, dict(os.environ))


class Scene:
    """One run of the benchmarks, in `folder`."""

    def __init__(self, subject: Subject, folder: Path, sizes: Sizes) -> None:
        self.subject = subject
        self.folder = folder
        self.sizes = sizes

    def environment(self, home: Path, **more: str) -> dict[str, str]:
        """The environment of a child whose reflect lives in `home`."""
        own = {"REFLECT_HOME": str(home), "REFLECT_TODAY": DAY, "TERM": "xterm-256color"}
        return {**self.subject.environment, **own, **more}

    @cached_property
    def home(self) -> Path:
        """A home with `sizes.sessions` sessions in which the program has run before."""
        from benchmarks.journey import make_journey

        home = make_journey(self.folder / "journey", self.sizes.sessions)
        command = (*self.subject.command, "pack", "list")
        subprocess.run(command, env=self.environment(home), stdout=subprocess.DEVNULL, check=True)
        return home


Outcome = Row | str
"""A row, or a sentence that says why there is none."""
Family = Callable[[Scene], Iterable[Outcome]]
