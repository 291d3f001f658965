"""A time of day is read where it is said to be one, and nowhere else."""

from __future__ import annotations

from datetime import time

import pytest

from reflect.listening.clock import clock


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("thursday 3pm", time(15), "3pm"),
        ("thursday 3:30 p.m.", time(15, 30), "3:30 p.m."),
        ("thursday 15:00", time(15), "15:00"),
        ("next friday at 3", time(15), "at 3"),
        ("next friday at 9", time(9), "at 9"),
        ("3 dec 15:00", time(15), "15:00"),
        ("9 in the morning, friday", time(9), "9 in the morning"),
        ("tomorrow noon", time(12), "noon"),
        ("friday 12am", time(0), "12am"),
        ("Donnerstag 15 Uhr", time(15), "15 Uhr"),
        ("am 3.12. um 15.30 Uhr", time(15, 30), "um 15.30 Uhr"),
        ("jueves a las 3 de la tarde", time(15), "a las 3 de la tarde"),
        ("jueves 15h30", time(15, 30), "15h30"),
    ],
)
def test_times(text: str, expected: time, words: str) -> None:
    found = clock(text)
    assert found is not None
    assert (found.time, text[slice(*found.span)].strip()) == (expected, words)


@pytest.mark.parametrize(
    "text",
    ["thursday", "3 december", "2026-12-03", "3.12.2026", "in 3 weeks", "at 25", "13pm", "room 12"],
)
def test_no_time(text: str) -> None:
    assert clock(text) is None
