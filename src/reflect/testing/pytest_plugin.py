"""The pytest plug-in: packs and their stories are collected, and three fixtures are there to be used.

pytest finds it by the entry point group `pytest11`; `-p no:reflect` leaves it out. It loads nothing
of reflect before a pack is come by or a fixture is used, because every run of pytest in an
environment with reflect imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.settings import Home
    from reflect.testing.bench import Clock

_PLACES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A `pack.yaml` and the story files beside it; any other file is somebody else's."""
    if file_path.suffix != ".yaml":
        return None
    from reflect.testing.collecting import collector_for

    return collector_for(file_path, parent)


@pytest.fixture
def reflect_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of reflect in the test's own folder, for this process and those it starts.

    Every other place that could lead to the user's own data points into that folder as well.
    """
    from reflect.settings import Home

    mine = tmp_path / "reflect-user"
    for name in _PLACES:
        monkeypatch.setenv(name, str(mine / name.lower()))
    monkeypatch.setenv("HOME", str(mine))
    monkeypatch.setenv("LOCALAPPDATA", str(mine))
    monkeypatch.setenv("REFLECT_HOME", str(mine / "home"))
    monkeypatch.delenv("REFLECT_TODAY", raising=False)
    return Home(mine / "home").create()


@pytest.fixture
def reflect_clock() -> Clock:
    """A clock that stands on Monday, 2 March 2026, at six in the evening, until it is moved."""
    from reflect.testing.bench import Clock

    return Clock()


@pytest.fixture
def reflect_app(reflect_home: Home, reflect_clock: Clock) -> Iterator[Application]:
    """The application in `reflect_home` at the time of `reflect_clock`."""
    from reflect.testing.bench import application

    app = application(reflect_home.root, reflect_clock)
    yield app
    app.close()
