"""What listening costs: it grows with the words of an answer and no faster, and ends with those that are heard."""

from __future__ import annotations

import re
import sys
import time
from collections import deque
from types import FrameType

import pytest

from reflect.events import Expectation, Listen
from reflect.listening import around, clauses
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.listening.words import WORDS_LISTENED_TO
from reflect.script import Signal

from .conftest import SATURDAY

CUES = tuple(
    Listen(number, Signal("q", "cue", cue.name)) for number, cue in enumerate(builtin_cues())
)
REPEATED = ("wonderful. ", "death, ", "thought, ", "never a ", "1 ", "'a' ", "every ", "will ")


def calls(ear: Ear, text: str, wants: str) -> int:
    """How many functions are called to hear `text` with every cue: a figure that no other program moves."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    expectation = Expectation(wants=wants, listen=CUES, other="Grace")  # type: ignore[arg-type]
    ear.hear(text, expectation, SATURDAY)
    sys.setprofile(called)
    try:
        ear.hear(text, expectation, SATURDAY)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("wants", ["action", "goal"])
@pytest.mark.parametrize("piece", REPEATED)
def test_twice_the_words_cost_twice_as_much_at_most(ear: Ear, piece: str, wants: str) -> None:
    words = len(piece.split())
    once, twice = (calls(ear, piece * (number // words), wants) for number in (150, 300))
    assert twice < 2.2 * once


@pytest.mark.parametrize("piece", REPEATED)
def test_what_is_not_heard_costs_nothing(ear: Ear, piece: str) -> None:
    heard = piece * WORDS_LISTENED_TO
    assert calls(ear, heard * 4, "goal") < 1.2 * calls(ear, heard, "goal")


@pytest.mark.parametrize("report", ["I think ", "I thought she said "])
def test_reports_within_reports_go_no_deeper(ear: Ear, report: str) -> None:
    expectation = Expectation(wants="action")
    few, many = (ear.hear(report * n + "I will call Ana.", expectation, SATURDAY) for n in (1, 130))
    assert few.parts.owner == "me"
    assert many.text.startswith(report)


PATTERNS = [
    pytest.param(value, id=f"{module.__name__}.{name}")
    for module in (around, clauses)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_tries_a_run_of_marks_once(pattern: re.Pattern[str]) -> None:
    for piece in (".", "?", "…", " ", "-", "«", "'", "« ", "1", ","):
        text = piece * (20_000 // len(piece)) + "\x00"
        began = time.process_time()
        deque(pattern.finditer(text), 0)
        assert time.process_time() - began < 0.1, piece
