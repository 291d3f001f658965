"""The shipped pack: its script, its places, the Ear, and every story played in its language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from reflect.application.authoring import Rehearsal, compiled_at, rehearse
from reflect.application.wiring import Application
from reflect.listening.ear import Ear
from reflect.packs import compile as compiling
from reflect.packs.compile import Compiled, PackFiles
from reflect.packs.location import Location
from reflect.packs.places import Places
from reflect.rehearsal.outcome import Played
from reflect.rehearsal.story import Story
from reflect.script import Script

PACK = "four-stages"


@pytest.fixture(scope="package", autouse=True)
def compiled_once() -> Iterator[None]:
    """Many tests ask for each shipped pack in each language: it is compiled for the first of them.

    Only here, where what plug-ins bring is always the same.
    """
    compile_pack, known = compiling.compile_pack, {}

    def compiled(files: PackFiles, *, language: str | None, **around: Any) -> Compiled:
        asked = files.pack, tuple(files.translations.items()), language
        if asked not in known:
            known[asked] = compile_pack(files, language=language, **around)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "compile_pack", compiled)
        yield


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return Application({"REFLECT_HOME": str(tmp_path_factory.mktemp("home") / "reflect")})


@pytest.fixture(scope="session")
def location(app: Application) -> Location:
    return app.catalogue.entry(PACK).location


@pytest.fixture(scope="session")
def compiled(app: Application, location: Location) -> Compiled:
    return compiled_at(app, location)


@pytest.fixture(scope="session")
def script(compiled: Compiled) -> Script:
    assert compiled.script is not None
    return compiled.script


@pytest.fixture(scope="session")
def places(compiled: Compiled) -> Places:
    assert compiled.tree is not None
    return Places(compiled.tree)


@pytest.fixture(scope="session")
def ear(app: Application) -> Ear:
    return app.ear("en")


@pytest.fixture(scope="session")
def rehearsed(app: Application) -> Callable[[Location], Rehearsal]:
    """The stories of a pack, played once."""
    return cache(lambda location: rehearse(app, location))


@pytest.fixture(scope="session")
def rehearsal(rehearsed: Callable[[Location], Rehearsal], location: Location) -> Rehearsal:
    found = rehearsed(location)
    assert not found.findings, "\n".join(map(str, found.findings))
    return found


@pytest.fixture(scope="session")
def played(rehearsal: Rehearsal) -> tuple[Played, ...]:
    return rehearsal.played


@pytest.fixture(scope="session")
def stories(played: tuple[Played, ...]) -> tuple[Story, ...]:
    return tuple(one.story for one in played)
