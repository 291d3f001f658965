"""A plug-in for pytest that tries mutants: one collection, then a process for each mutant.

In place of running what was collected, each mutant that `MUTANTS` names is switched on in a fork of
this process, which runs the tests that reach its function, the quickest first, up to the first that fails.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

SWITCH = "MUTANT_UNDER_TEST"
"""What the mutants look at to know which of them is meant."""
SECONDS = 60
"""Of processor time for one mutant: after that it counts as one that does not end."""
FOUND, SURVIVED, ENDLESS, UNREACHED = "found", "survived", "endless", "unreached"


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try what the file in `MUTANTS` names and write to `ENDED` how each of them ended, a line each."""
    names = Path(os.environ["MUTANTS"]).read_text("utf-8").split()
    trial = Trial(Reach(session.items, Path("mutmut-stats.json")))
    with Path(os.environ["ENDED"]).open("a", encoding="utf-8") as ended:
        for name in names:
            ended.write(f"{name}\t{trial.ends(name)}\n")
            ended.flush()
    return True


class Reach:
    """Which tests reach which function, as mutmut has noted it; what it has not, is run to see."""

    def __init__(self, items: Sequence[pytest.Item], noted: Path) -> None:
        found = json.loads(noted.read_text("utf-8"))
        self._seconds: dict[str, float] = found["duration_by_test"]
        self._reached: dict[str, set[str]] = {
            function: set(tests)
            for function, tests in found["tests_by_mangled_function_name"].items()
        }
        self._items = {item.nodeid: item for item in items}
        for test in self._items.keys() - self._seconds.keys():
            self._note(test)

    def of(self, mutant: str) -> list[pytest.Item]:
        """The tests of a mutant, the quickest first."""
        function = mutant.partition("__mutmut_")[0]
        tests = [test for test in self._reached.get(function, ()) if test in self._items]
        return [self._items[test] for test in sorted(tests, key=self._took)]

    def _took(self, test: str) -> tuple[float, str]:
        return self._seconds.get(test, 1.0), test

    def _note(self, test: str) -> None:
        seen = sys.modules["mutmut.state"].state()._stats
        seen.clear()
        os.environ[SWITCH] = "stats"
        try:
            assert passes(self._items[test]), test
        finally:
            os.environ[SWITCH] = ""
        for function in seen:
            self._reached.setdefault(function, set()).add(test)


class Trial:
    """Tries mutants; a test that fails without any mutant, too, is not asked again."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._sound: dict[str, bool] = {}

    def ends(self, mutant: str) -> str:
        """How it ends with `mutant`: with the name of the test that found it, where one did."""
        tests = [test for test in self._reach.of(mutant) if self._sound.get(test.nodeid, True)]
        if not tests:
            return UNREACHED
        while tests:
            failed = _first_failing(mutant, tests)
            if failed is None:
                return SURVIVED
            if failed < 0:
                return ENDLESS
            test = tests[failed].nodeid
            if test not in self._sound:
                self._sound[test] = _first_failing("", [tests[failed]]) is None
            if self._sound[test]:
                return f"{FOUND}\t{test}"
            tests = tests[failed + 1 :]
        return SURVIVED


def _first_failing(mutant: str, tests: Sequence[pytest.Item]) -> int | None:
    """The place of the first of `tests` that fails with `mutant`; -1 when it does not end."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _in_child(mutant, tests, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        places = told.read().split()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM):
        return -1
    return None if places[-1:] == [b"end"] else len(places)


def _in_child(mutant: str, tests: Sequence[pytest.Item], told: int) -> None:
    """Run `tests` and write a word for each that passes."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(20 * SECONDS)
    os.environ[SWITCH] = mutant
    try:
        for test in tests:
            if not passes(test):
                os._exit(1)
            os.write(told, b"passed ")
        os.write(told, b"end")
    finally:
        os._exit(0)


def passes(item: pytest.Item) -> bool:
    """Whether a test passes, its fixtures included."""
    reports = list(_reports(item))
    item.session._setupstate.teardown_exact(None)
    return all(not report.failed for report in reports)


def _reports(item: Any) -> Iterator[pytest.TestReport]:
    from _pytest.runner import runtestprotocol

    item._request = None
    item._initrequest()
    yield from runtestprotocol(item, log=False, nextitem=None)
