"""Wheels of reflect and of the distributions are built, installed in an empty place, and used from there.

Nothing is downloaded: the wheels are built by the setuptools that are here, which are asked as pip asks
them but all at once, and installed without what they depend on, which is here as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

from tests.first_party.shelf import ROOT, packages
from tests.first_party.test_in_place import FIRST, NIGHT
from tests.plugins.world import Done
from tests.testing.pytests import WITHOUT

MADE = shutil.ignore_patterns("__pycache__", "*.egg-info")
"""What earlier builds and runs have left in the folders; the sources themselves are not built in."""
PARTS = ("pyproject.toml", "README.md", "LICENSE", "src", "prompt_packs")
BUILD = """\
import os, sys
from setuptools import build_meta

wheels, *sources = sys.argv[1:]
for source in sources:
    os.chdir(source)
    build_meta.build_wheel(wheels)
"""
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


class Place:
    """Where the wheels were installed: a folder of packages, a `reflect` to be called, and a home."""

    def __init__(self, site: Path, home: Path) -> None:
        self._site = site
        self.environ = {
            "PATH": f"{site / 'bin'}:{os.environ.get('PATH', os.defpath)}",
            "PYTHONPATH": str(site),
            "HOME": str(home),
            "REFLECT_HOME": str(home / "reflect"),
            "REFLECT_TODAY": "2026-11-21",
            "LANG": "C.UTF-8",
        }
        home.mkdir()

    def __call__(self, *command: str, typed: str = "", cwd: Path | None = None) -> Done:
        done = subprocess.run(
            command,
            input=typed.encode(),
            env=self.environ,
            cwd=cwd or self._site,
            capture_output=True,
            timeout=100,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheels were installed."""
    place = tmp_path_factory.mktemp("wheels")
    sources = [ROOT, *(package.folder for package in packages())]
    copies = [_copied(source, place / "source" / source.name) for source in sources]
    build = [sys.executable, "-c", BUILD, place / "wheels", *copies]
    subprocess.run(build, check=True, capture_output=True)
    wheels = sorted((place / "wheels").glob("*.whl"))
    assert len(wheels) == len(sources)
    install = ("install", "--no-deps", "--no-index", "--no-compile", "--target", place / "site")
    subprocess.run([*PIP, *install, *wheels], check=True)
    return place / "site"


def _copied(source: Path, copy: Path) -> Path:
    """The parts of `source` that a wheel is made of."""
    copy.mkdir(parents=True)
    for part in filter(Path.exists, (source / name for name in PARTS)):
        if part.is_dir():
            shutil.copytree(part, copy / part.name, ignore=MADE)
        else:
            shutil.copy(part, copy)
    return copy


@pytest.fixture
def place(site: Path, tmp_path: Path) -> Place:
    """A home in which nothing was allowed yet."""
    return Place(site, tmp_path / "home")


def test_what_was_installed_is_used_from_there(place: Place, site: Path, tmp_path: Path) -> None:
    shown = place(sys.executable, "-c", "import reflect; print(reflect.__file__)").out
    assert Path(shown.strip()).is_relative_to(site)
    assert place("reflect", typed=FIRST).code == 0
    assert_code_waits(place("reflect", "plugins", "list").out.splitlines())

    assert place("reflect", "plugins", "enable", "reflect-calendar", "--yes").code == 0
    assert place("reflect", "settings", "check-in", "next friday").code == 0
    out = tmp_path / "reflect.ics"
    done = place("reflect", "export", "--all", "--format", "ical", "-o", str(out))
    assert done.code == 0, done.err
    events = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    days = [event.decoded("DTSTART").isoformat() for event in events]
    assert days == ["2026-11-26", "2026-11-27"]

    known = NIGHT.removeprefix("Amina\nDaniel\n")
    done = place("reflect", "--pack", "night-shift", typed=known)
    assert done.code == 0, done.err
    assert "Whom could you have called?" in done.out


def assert_code_waits(lines: list[str]) -> None:
    """All three are listed, and those with code were given no leave yet."""
    for package in packages():
        (line,) = [line for line in lines if package.name in line.split()]
        waits = "reflect" in package.project["project"]["entry-points"]
        assert ("wait" in line) is waits, line


def test_pytest_in_the_folder_of_a_pack_works(place: Place, site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site / "reflect_team_example" / "night-shift", tmp_path / "mine")
    stories = Path("stories", "nights.yaml")
    played = (folder / stories).read_text("utf-8").count("- story: ")
    done = place(sys.executable, "-m", "pytest", "-q", *WITHOUT, str(stories), cwd=folder)
    assert f"{played} passed" in done.out
