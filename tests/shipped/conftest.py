"""What ships, read once: the script of the pack, the Ear, and every story played."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.application.wiring import Application
from reflect.listening.ear import Ear
from reflect.packs.compile import Compiled
from reflect.packs.location import Location
from reflect.rehearsal.files import story_files
from reflect.rehearsal.outcome import Played
from reflect.rehearsal.play import play
from reflect.rehearsal.story import Story, read_stories
from reflect.script import Script

PACK = "four-stages"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return Application({"REFLECT_HOME": str(tmp_path_factory.mktemp("home") / "reflect")})


@pytest.fixture(scope="session")
def location(app: Application) -> Location:
    return app.catalogue.entry(PACK).location


@pytest.fixture(scope="session")
def compiled(app: Application) -> Compiled:
    return app.catalogue.compiled(PACK)


@pytest.fixture(scope="session")
def script(compiled: Compiled) -> Script:
    assert compiled.script is not None
    return compiled.script


@pytest.fixture(scope="session")
def ear(app: Application) -> Ear:
    return app.ear("en")


@pytest.fixture(scope="session")
def stories(location: Location) -> tuple[Story, ...]:
    found: list[Story] = []
    for text in story_files(location):
        read, diagnostics = read_stories(Path(text.file).name, text.data)
        assert not diagnostics, "\n".join(map(str, diagnostics))
        found.extend(read)
    return tuple(found)


@pytest.fixture(scope="session")
def played(script: Script, stories: tuple[Story, ...], ear: Ear) -> tuple[Played, ...]:
    return tuple(play(script, story, ear) for story in stories)
