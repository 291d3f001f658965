"""What every target holds: no foreign exception, little time, refusals with a place or a code."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from tests.faults.mutants import MOST_MS

from reflect.diagnostics import Diagnostic
from reflect.errors import ReflectError
from reflect.text import for_terminal

T = TypeVar("T")

_LONGEST_MESSAGE = 400


class Fault(Exception):
    """The program did what it must not do with a foreign file."""


def in_time(read: Callable[[], T], most_ms: float = MOST_MS) -> T:
    """What `read` gives. `Fault` when it takes more processor time than that, each of three times."""
    found, took = _timed(read)
    for _ in range(2):
        if took > most_ms:
            took = min(took, _timed(read)[1])
    if took > most_ms:
        raise Fault(f"{took:.0f} ms")
    return found


def _timed(read: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    found = read()
    return found, (time.process_time() - began) * 1000


def placed(findings: Iterable[Diagnostic]) -> None:
    """`Fault` unless each of `findings` says what is wrong, and where."""
    for one in findings:
        if not (one.code and one.message and one.place.file):
            raise Fault(f"a finding without a place: {one.code}")


def coded(error: ReflectError) -> str:
    """The code of a refusal. `Fault` unless it is one or two lines that a terminal may show."""
    told = f"{error.code}: {error.message} {error.hint}"
    if not (error.code and error.message) or len(told) > _LONGEST_MESSAGE:
        raise Fault(f"a refusal without its reason: {error.code}")
    if for_terminal(told) != told:
        raise Fault(f"a refusal that a terminal would obey: {error.code}")
    return error.code
