"""Small files that a fuzzer found: some were faults once, the others reach what seldom happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from proof.fuzzing.kinds import KINDS, kind

INPUTS = Path(__file__).with_name("inputs")
MOST_BYTES = 12_000
"""Of all of them together: what teaches nothing new is not kept."""


@pytest.mark.parametrize("name", KINDS)
def test_what_was_found_once_is_read_without_a_fault(name: str) -> None:
    files = sorted((INPUTS / name).iterdir())
    assert files
    target = kind(name).target
    for file in files:
        assert target(file.read_bytes())


def test_a_fault_is_told() -> None:
    from proof.fuzzing.holding import Fault, in_time, placed

    from reflect.diagnostics import Diagnostic, Place, Severity

    with pytest.raises(Fault):
        placed((Diagnostic("code", Severity.ERROR, Place(""), "words", ""),))
    with pytest.raises(Fault):
        in_time(lambda: sum(range(100_000)), 0.01)


def test_they_are_few() -> None:
    assert sum(file.stat().st_size for file in INPUTS.rglob("*") if file.is_file()) <= MOST_BYTES
