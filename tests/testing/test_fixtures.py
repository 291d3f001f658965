"""The fixtures: a home, a clock and an application that cannot reach anybody's own data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from reflect.testing import Clock
from tests.testing.pytests import Pytest

TESTS = """
import os
import subprocess
import sys
from datetime import date

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.wiring import Application


def test_the_home_is_the_tests_own(reflect_home, tmp_path):
    assert reflect_home.root.is_relative_to(tmp_path)
    assert Application(os.environ).home == reflect_home
    del os.environ["REFLECT_HOME"]
    assert Application(os.environ).home.root.is_relative_to(tmp_path)


def test_a_command_keeps_in_that_home(reflect_home):
    done = subprocess.run([sys.executable, "-m", "reflect"], input="A\\nB\\n1\\n1\\nhm\\n", text=True)
    assert done.returncode == 0
    assert reflect_home.database.exists()


def test_a_session_on_another_day(reflect_app, reflect_clock, reflect_home):
    script = reflect_app.script()
    relation = begin_mentorship(reflect_app, "A", "B", script.stages[0])
    reflect_clock.move(days=1)
    begin_session(reflect_app, relation, script, script.stages[0], "short")
    assert [row.day for row in reflect_app.store.sessions()] == ["2026-03-03"]
    assert reflect_home.database.exists()


def test_each_test_begins_anew(reflect_app, reflect_clock):
    assert reflect_app.relation() is None
    assert reflect_app.now().date() == date(2026, 3, 2)
"""


def test_the_fixtures_are_there_when_reflect_is_installed(
    run_pytest: Pytest, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "test_mine.py").write_text(TESTS)
    mine = tmp_path / "mine"
    ran = run_pytest.apart("-q", cwd=work, REFLECT_HOME=str(mine), REFLECT_TODAY="2020-01-01")
    assert ran.code == 0, ran.out
    assert not mine.exists() and not run_pytest.home.exists()


def test_a_clock_stands_until_it_is_moved() -> None:
    clock = Clock()
    assert clock() == clock() == datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    clock.move(days=1, hours=2)
    assert clock() == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
    clock.set(date(2026, 12, 1))
    assert clock() == datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    clock.set(datetime(2027, 1, 1))
    assert clock() == datetime(2027, 1, 1, tzinfo=UTC)
