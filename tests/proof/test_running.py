"""The harness of the checks: what counts as held, as without teeth, as not run."""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from proof import totals
from proof.check import Check, Figure, Form
from proof.registry import CHECKS
from proof.running import run, thirds
from proof.table import cells


def holds(form: Form) -> Figure:
    return Figure(3, (), "3 tried")


def fails(form: Form) -> Figure:
    return Figure(3, ("one was lost",), "3 tried, 1 lost")


def breaks_off(form: Form) -> Figure:
    raise OSError("no room")


def check(trial: object, control: object, *needs: str) -> Check:
    return Check("T-X", ("G1",), "it holds", trial, control, needs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("trial", "control", "said"),
    [
        (holds, fails, "yes"),
        (fails, fails, "NO"),
        (breaks_off, fails, "NO"),
        (holds, holds, "NO TEETH"),
        (lambda form: Figure(1, (), "", least=2), fails, "NO"),
    ],
)
def test_a_check_holds_when_its_control_does_not(trial: object, control: object, said: str) -> None:
    outcome = run(check(trial, control), 1)
    assert (cells(outcome)[4], outcome.passed) == (said, said == "yes")


def test_what_the_machine_lacks_is_told() -> None:
    outcome = run(check(holds, fails, "no-such-program"), 1)
    assert outcome.skipped == ("no-such-program",) and not outcome.passed
    assert "no-such-program" in cells(outcome)[3]


def test_each_check_is_in_one_third() -> None:
    parts = thirds(CHECKS)
    assert sorted(one.name for one in chain(*parts)) == sorted(one.name for one in CHECKS)
    assert len({one.name for one in CHECKS}) == len(CHECKS)


def test_long_runs_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "proof.md"
    page.write_text(totals.PAGE.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(totals, "PAGE", page)
    for _ in range(2):
        totals.add([run(check(holds, fails), 1)], "make soak", "here", date(2026, 1, 1))
    assert totals.counted()["T-X"][:2] == (6, 0)
    assert "| T-X | 6 | trials | 0 |" in page.read_text("utf-8")
