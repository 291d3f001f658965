"""The program run under strace, with something done to one of its system calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults.program import Ran, reflect
from tests.faults.tracing import CALLS

FILES = (*CALLS, "write")
"""All that writes, for commands that make a file besides the record; words on the screen go that way, too."""

_CALL = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)
_DEADLINE = 60.0


class Fault(NamedTuple):
    """What is done at the `number`th `call`: `what` is an errno's name or KILL; `lasting` is "", "+1" or "+"."""

    call: str
    number: int
    what: str = "KILL"
    lasting: str = ""

    def __str__(self) -> str:
        return f"{self.what} at {self.call} {self.number}{self.lasting}"

    @property
    def option(self) -> str:
        """As strace takes it."""
        how = "signal=SIGKILL" if self.what == "KILL" else f"error={self.what}"
        until = {"": "", "+": "+", "+1": f"..{self.number + 1}"}[self.lasting]
        return f"inject={self.call}:{how}:when={self.number}{until}"


def faults(
    home: Path,
    *arguments: str,
    lines: Sequence[str] = (),
    calls: Sequence[str] = CALLS,
    environ: Mapping[str, str] | None = None,
) -> tuple[list[Fault], Ran]:
    """Run a command to its end: a fault for each of its `calls`, and what came of it when left alone."""
    log = home.parent / "calls"
    before = ("strace", "-f", "--seccomp-bpf", "-e", f"trace={','.join(calls)}", "-o", str(log))
    ran = reflect(home, *arguments, lines=lines, before=before, environ=environ)
    if ran.code != 0:
        raise AssertionError(f"{arguments} ended with {ran.code}: {ran.err}")
    counted = Counter(_CALL.findall(log.read_text("utf-8")))
    return [Fault(call, at) for call in calls for at in range(1, counted[call] + 1)], ran


def inject(
    home: Path,
    fault: Fault,
    *arguments: str,
    lines: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command with `fault` in it."""
    before = ["strace", "-f", "-q", "-o", "/dev/null", "-e", f"trace={fault.call}"]
    # strace delivers no signals at calls that it does not stop at.
    quick = [] if fault.what == "KILL" else ["--seccomp-bpf"]
    return reflect(
        home,
        *arguments,
        lines=lines,
        before=[*before, *quick, "-e", fault.option],
        environ=environ,
        deadline=_DEADLINE,
    )


def spread(some: Sequence[Fault], most: int) -> list[Fault]:
    """At most so many of `some`, from the first to the last, evenly."""
    if len(some) <= most:
        return list(some)
    return [some[round(at * (len(some) - 1) / (most - 1))] for at in range(most)]
