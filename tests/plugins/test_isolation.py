"""Code that does not come back is stopped, whatever it does about it."""

from __future__ import annotations

import signal
import sys
import threading
import time

import pytest

from reflect.plugins.isolation import run_apart

SOON = 0.05


def sleeps() -> None:
    time.sleep(60)


def computes() -> int:
    return pow(3, 30_000_000)


def swallows() -> None:
    while True:
        try:  # noqa: SIM105 - as a plug-in would write it
            time.sleep(60)
        except BaseException:
            pass


def swallows_twice() -> None:
    while True:
        try:
            try:
                time.sleep(60)
            except BaseException:
                time.sleep(60)
        except BaseException:
            continue


def sleeps_at_the_end() -> None:
    try:
        time.sleep(60)
    finally:
        time.sleep(60)


@pytest.mark.parametrize("action", [sleeps, computes, swallows, swallows_twice, sleeps_at_the_end])
def test_it_is_stopped(action: object) -> None:
    began = time.monotonic()
    before = signal.getsignal(signal.SIGALRM), sys.gettrace()
    outcome = run_apart("a 1", "in x", action, SOON)  # type: ignore[arg-type]
    assert time.monotonic() - began < 5
    assert outcome.failed and [one.code for one in outcome.diagnostics] == ["plugin-slow"]
    assert (signal.getsignal(signal.SIGALRM), sys.gettrace()) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_what_comes_back_in_time_is_left_in_peace() -> None:
    outcome = run_apart("a 1", "in x", lambda: 5, SOON)
    time.sleep(2 * SOON)
    assert outcome == (5, (), False)


def test_beside_the_main_thread_it_runs_without_a_clock() -> None:
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(run_apart("a 1", "in x", lambda: 5)))
    thread.start()
    thread.join()
    assert outcomes == [(5, (), False)]
