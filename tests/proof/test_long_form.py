"""The long form: its hours are shared, what it counts is seen and kept, and Ctrl-C ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from proof import totals
from proof.check import Check, Figure, Form
from proof.counting import Count
from proof.registry import CHECKS
from proof.running import Outcome, run_long
from proof.shares import seconds, share
from proof.totals import Total
from proof.trials import hold, in_time
from proof.watching import so_far, watched

ROOT = Path(__file__).parents[2]


def check(trial: object, name: str = "T-X", unit: str = "trials", **more: object) -> Check:
    return Check(name, ("G1",), "it holds", trial, trial, unit=unit, **more)  # type: ignore[arg-type]


def few(form: Form) -> Figure:
    return Figure(1, (), "1 tried", least=100)


def none(form: Form) -> Figure:
    return Figure(0, (), "none tried", least=100)


def broken_off(form: Form) -> Figure:
    def cases() -> Iterator[int]:
        yield from (1, 2, 3)
        raise KeyboardInterrupt

    hold(cases(), lambda case: "lost" if case == 2 else "", 1)
    raise AssertionError("it goes on")


def test_in_the_long_form_the_time_decides_how_many_are_enough() -> None:
    assert run_long(check(few), 1, 5.0, Count()).passed
    assert not run_long(check(none), 1, 5.0, Count()).passed


def test_one_trial_is_begun_however_late_it_is(tmp_path: Path) -> None:
    form, begun = Form(tmp_path, seconds=0.0), list[int]()
    assert list(in_time(form, form.deadline(), [7], begun)) == begun == [7]
    assert list(in_time(form, form.deadline(), [8], begun)) == [] and begun == [7]


def test_what_was_counted_before_it_was_broken_off_is_its_figure() -> None:
    outcome = run_long(check(broken_off), 1, 5.0, Count())
    assert outcome.broken_off and outcome.figure is not None
    assert (outcome.figure.trials, outcome.figure.failures) == (3, ("2: lost",))


def test_nothing_is_begun_once_it_is_to_end() -> None:
    count, tried = Count(), list[int]()

    def trial(number: int) -> str:
        tried.append(number)
        count.ends = number == 3
        return ""

    def runs(form: Form) -> Figure:
        hold(range(100), trial, 1)
        return Figure(len(tried), (), "")

    run_long(check(runs), 1, 5.0, count)
    assert tried == [0, 1, 2, 3] and count.trials == 4


def test_trials_that_consist_of_others_are_counted_by_those() -> None:
    count = Count()

    def runs(form: Form) -> Figure:
        hold([1, 2], lambda one: "bad" if one == 2 else "", counts=False)
        return Figure(2, (), "")

    run_long(check(runs), 1, 5.0, count)
    assert (count.trials, count.failures) == (0, ["2: bad"])


def test_the_hours_are_shared_and_what_one_takes_too_long_the_others_make_good() -> None:
    first, second, third = (check(few, share=number) for number in (100, 200, 100))
    assert seconds(first, (second, third), 400.0, 1.0) == 100
    assert seconds(second, (third,), 240.0, 1.0) == 160
    assert seconds(third, (), -5.0, 1.0) == 1


def test_what_is_tried_once_takes_no_more_of_many_hours() -> None:
    other, once = check(few, share=100), check(few, share=300, once=True)
    assert seconds(once, (), 8 * 3600, 8.0) == 300
    assert seconds(other, (once,), 8 * 3600, 8.0) == 8 * 3600 - 300
    assert seconds(other, (once,), 1800, 0.5) == 1800 - 150


def test_the_shares_fill_an_hour_and_no_more() -> None:
    whole = sum(share(one) for one in CHECKS)
    assert 3_000 < whole <= 3_600, whole


def test_a_line_tells_how_far_it_is() -> None:
    count, told = Count(), list[str]()
    count.add(1_412, ["lost"])
    with watched(check(few, unit="kills"), count, 605.0, told.append, every=0.01):
        time.sleep(0.1)
    assert told and told[0] == "      T-X          1,412 kills, 1 wrong, 10:05 left"
    assert so_far(check(few), count, -1.0).endswith("ends its last trials")


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = tmp_path / "proof.md"
    page.write_text("<!-- totals -->\n<!-- end of totals -->\n", "utf-8")
    monkeypatch.setattr(totals, "PAGE", page)
    return page


def test_kills_of_several_checks_are_added_up(page: Path) -> None:
    kills, cuts = check(few, "T-KILL-SYS", "kills"), check(few, "T-POWER", "power cuts")
    more = check(few, "T-DRAFT", "kills")
    for one, trials, failures in ((kills, 4_000, ()), (cuts, 9, ()), (more, 30, ("lost",))):
        outcome = Outcome(one, Figure(trials, failures, ""), seconds=60.0)
        totals.add([outcome], "make soak", "here", date(2026, 1, 1))
    text = page.read_text("utf-8")
    assert "- 4,030 kills, 1 wrong\n- 9 power cuts, 0 wrong\n- 0 mutants, 0 wrong" in text
    assert "| T-DRAFT | 30 | kills | 1 | 60 |" in text
    assert totals.counted()["T-POWER"] == Total(9, 0, 60.0, "power cuts")


CHECKED = """
import subprocess, sys
from types import SimpleNamespace
from proof.apart import apart
from proof.check import Check, Figure
from proof.trials import hold

def run(form):
    def trial(one):
        print("began", flush=True)
        return "" if subprocess.run(["sleep", "0.3"]).returncode == 0 else "it was reached, too"
    hold(range(1000), trial)
    return Figure(1, (), "")

one = Check("T-SLOW", ("G1",), "it holds", run, run, seconds=10)
sys.modules["proof.registry"] = SimpleNamespace(CHECKS=(one,))
from proof import __main__ as proof
sys.argv = ["proof", "--hours", "1"]
sys.exit(apart(proof.main))
"""


def test_ctrl_c_ends_it_and_not_what_it_tries() -> None:
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    with subprocess.Popen(
        [sys.executable, "-c", CHECKED],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    ) as soak:
        assert soak.stdout is not None
        said = [soak.stdout.readline() for _ in range(3)]
        os.killpg(soak.pid, signal.SIGINT)
        rest, _ = soak.communicate(timeout=60)
    assert soak.returncode == 130, [*said, rest]
    assert re.search(r"[1-9] trials until it was broken off, 0 wrong", rest), rest
    assert "Ended in the middle" in rest and "Traceback" not in rest
