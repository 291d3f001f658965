"""Killing the program at a given system call, with strace."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.program import Ran, reflect

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename")

FEWER = 3
"""Calls that one run may need less than another: ids and salts differ, and with them how pages split."""

_CALL = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="NOT TESTED: strace is not installed"
)


class Point(NamedTuple):
    """The system call before which the program dies: the `number`th `call`, from 1."""

    call: str
    number: int


def points(home: Path, *arguments: str, lines: Sequence[str] = ()) -> tuple[list[Point], Ran]:
    """Every point of a command, and what it does when it is left alone."""
    log = home.parent / "calls"
    before = ("strace", "-f", "--seccomp-bpf", "-e", f"trace={','.join(CALLS)}", "-o", str(log))
    ran = reflect(home, *arguments, lines=lines, before=before)
    assert ran.code == 0, ran.err
    calls = Counter(_CALL.findall(log.read_text()))
    return [Point(call, n) for call in CALLS for n in range(1, calls[call] + 1)], ran


def killed_at(home: Path, point: Point, *arguments: str, lines: Sequence[str] = ()) -> Ran:
    """Run a command until it dies at `point`."""
    # Not with --seccomp-bpf: strace delivers no signals then.
    kill = f"inject={point.call}:signal=SIGKILL:when={point.number}"
    before = ("strace", "-f", "-q", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", kill)
    return reflect(home, *arguments, lines=lines, before=before)


def every(some: Iterable[Point], nth: int) -> list[Point]:
    """Each `nth` of the points, the last one too."""
    all_of_them = list(some)
    return list(dict.fromkeys((*all_of_them[::nth], *all_of_them[-1:])))


def trials(
    base: Path, folder: Path, chosen: Iterable[Point], trial: Callable[[Path, Point], str]
) -> Iterator[str]:
    """Hold `trial` on a fresh copy of the home `base` for each point, two at a time; gives what is wrong."""

    def one(numbered: tuple[int, Point]) -> str:
        number, point = numbered
        home = folder / str(number) / "reflect"
        home.parent.mkdir(parents=True)
        if base.exists():
            shutil.copytree(base, home)
        try:
            found = trial(home, point)
        except (subprocess.TimeoutExpired, Exception) as error:
            found = f"{type(error).__name__}: {error}"
        shutil.rmtree(home.parent)
        return f"{point.call} {point.number}: {found}" if found else ""

    with ThreadPoolExecutor(2) as two:
        yield from filter(None, two.map(one, enumerate(chosen)))
