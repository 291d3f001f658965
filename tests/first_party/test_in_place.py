"""The distributions work from their source folders, as if they were installed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import icalendar
import orgparse
import pytest

from tests.conftest import Run
from tests.first_party.shelf import ROOT, Package, packages
from tests.testing.pytests import Pytest, install

FIRST = "Amina\nDaniel\nrapport\n1\nShe asked first and then she listened\nNothing much\nAsk Ruth for the rota, by 2026-11-26\n\n\n\n\n\n\n\n"
NIGHT = "Amina\nDaniel\n1\n1\nI sat with her until the tea came\nI was alone between two alarms\nThe ward upstairs\n"


@pytest.fixture
def reflect(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program where the three are there, and nothing was allowed yet."""
    for package in packages():
        install(tmp_path / "site", package.name, package.entry_points)
        monkeypatch.syspath_prepend(package.source)
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    return run


def test_packs_take_part_at_once_and_code_waits(reflect: Run) -> None:
    listed = reflect("plugins", "list").out
    assert [package.name for package in packages()] == [
        "reflect-calendar",
        "reflect-org",
        "reflect-team-example",
    ]
    assert all(package.name in listed for package in packages())
    assert "night-shift" in reflect("pack", "list").out
    reflect(stdin=FIRST)
    refused = reflect("export", "--format", "ical")
    assert (refused.code, refused.err.split(":")[0]) == (2, "no-such-format")


def test_what_was_promised_is_in_the_calendar(reflect: Run) -> None:
    assert reflect("plugins", "enable", "reflect-calendar", "--yes").code == 0
    reflect(stdin=FIRST)
    assert reflect("settings", "check-in", "2026-12-03").code == 0
    done = reflect("export", "--all", "--format", "ical")
    assert done.code == 0, done.err
    action, meeting = icalendar.Calendar.from_ical(done.out).walk("VEVENT")
    assert str(action["SUMMARY"]) == "Ask Ruth for the rota"
    assert action.decoded("DTSTART").isoformat() == "2026-11-26"
    assert str(meeting["SUMMARY"]) == "Check-in with Daniel"
    assert meeting.decoded("DTSTART").isoformat() == "2026-12-03"


def test_the_outline_holds_the_session(reflect: Run) -> None:
    reflect("plugins", "enable", "reflect-org", "--yes")
    reflect(stdin=FIRST)
    done = reflect("export", "--all", "--format", "org")
    nodes = list(orgparse.loads(done.out))[1:]
    assert nodes[0].tags == {"rapport"}
    assert [node.todo for node in nodes if node.todo] == ["TODO"]


def test_the_packs_of_the_team_are_asked(reflect: Run) -> None:
    done = reflect("--pack", "night-shift", stdin=NIGHT)
    assert done.code == 0, done.err
    assert "Which patient was better off tonight" in done.out
    assert "Whom could you have called?" in done.out


def test_nobody_needs_to_mend_the_packs_of_the_team(reflect: Run) -> None:
    done = reflect("pack", "check", "night-shift")
    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize("package", packages(), ids=lambda package: package.name)
def test_the_tests_of_each_pass(package: Package, run_pytest: Pytest) -> None:
    ran = run_pytest("-q", f"--rootdir={ROOT / 'plugins'}", cwd=package.folder)
    assert ran.code == 0, ran.out
    assert re.match(r"\d+ passed in", ran.lines[-1])


@pytest.mark.parametrize("package", packages(), ids=lambda package: package.name)
def test_each_says_what_it_needs_and_takes_its_files_along(package: Package) -> None:
    project = package.project["project"]
    assert project["name"] == package.name
    assert any(one.startswith("reflect-mentorship") for one in project["dependencies"])
    readme = (package.folder / "README.md").read_text("utf-8")
    assert readme.startswith(f"# {package.name}\n")
    assert not re.search(r"https?://(?!orgmode\.org)", readme)


def test_each_is_typed() -> None:
    """What `mypy` is told to look at holds every source folder with code in it."""
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    sources = {
        str(package.source.relative_to(ROOT))
        for package in packages()
        if "reflect" in package.project["project"]["entry-points"]
    }
    assert sources <= set(told["files"]) & set(told["mypy_path"])


def test_their_tests_use_the_public_doors_only() -> None:
    for file in (ROOT / "plugins").rglob("*.py"):
        doors = re.findall(r"^\s*from (reflect\.[\w.]+) import", file.read_text("utf-8"), re.M)
        assert set(doors) <= {"reflect.plugins.api", "reflect.testing"}, file


def test_the_data_only_one_runs_nothing(reflect: Run) -> None:
    assert "night-shift" in reflect("pack", "list").out
    assert reflect("--pack", "night-shift", stdin=NIGHT).code == 0
    assert "reflect_team_example" not in sys.modules
