"""No test can reach the data of whoever runs it; and how a test runs a command."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from reflect.application.wiring import Application
from reflect.listening.dates import Dates
from reflect.listening.language import Language
from reflect.packs.cache import Cache, Stamp
from reflect.script import Lexicon
from reflect.settings import Home
from reflect.transcripts import connection

settings.register_profile("reflect", deadline=None)
settings.load_profile("reflect")
"""How long an example takes says more of the machine than of the program."""

GET, PUT = Cache.get, Cache.put
PRAGMAS = connection._WRITING
REAL_HOME = os.environ.get("HOME")
FOLDERS = (
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)


@pytest.fixture(autouse=True)
def guarded_places(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every place that the environment names lies in the test's own folder.

    Asking for a home that only the machine's own HOME decides raises, unless the test
    uses the fixture `default_home`.
    """
    mine = tmp_path / "somebody"
    monkeypatch.setenv("HOME", str(mine))
    for name in FOLDERS:
        monkeypatch.setenv(name, str(mine / name.lower()))
    for name in ("REFLECT_TODAY", "REFLECT_PLUGINS", "NO_COLOR", "COLUMNS", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REFLECT_HOME", str(tmp_path / "reflect"))
    if "default_home" not in request.fixturenames:
        monkeypatch.setattr(Home, "find", classmethod(_guarded(Home.find)))


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known that this test did not read itself: for tests of the cache."""
    monkeypatch.setattr(Cache, "get", GET)
    monkeypatch.setattr(Cache, "put", PUT)
    monkeypatch.setattr("reflect.listening.ear.Language", Language)
    monkeypatch.setattr("reflect.listening.ear.Dates", Dates)


@pytest.fixture(scope="session")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """What tests before this one, in any process of the run, learnt of files that none writes."""
    folder = everybodys(tmp_path_factory) / "learnt"
    folder.mkdir(exist_ok=True)
    return Cache(folder)


def everybodys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the run, whatever process of it this is."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def well_read(learnt: Cache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home that kept nothing finds what is `learnt`, as it would on its second start.

    Reading the shipped packs and word lists anew for every home was most of a run's work.
    """
    mine = str(everybodys(tmp_path_factory))

    def getting(self: Cache, name: str, question: tuple[str, ...], kind: Any) -> Any:
        own = GET(self, name, question, kind)
        return own or GET(learnt, _kept_as(name, question), question, kind)

    def putting(
        self: Cache, name: str, question: tuple[str, ...], files: tuple[Stamp, ...], value: Any
    ) -> None:
        PUT(self, name, question, files, value)
        paths = (*question, *(file.path for file in files)) or (repr(value),)
        if not any(mine in path for path in paths):
            PUT(learnt, _kept_as(name, question), question, files, value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cache, "get", getting)
        patch.setattr(Cache, "put", putting)
        # With a pack of a test's own beside them, the list of the shipped ones is never learnt.
        Application(
            {"REFLECT_HOME": str(everybodys(tmp_path_factory) / "nobody")}
        ).catalogue.entries()
        yield


@pytest.fixture(scope="session", autouse=True)
def indexed_once() -> Iterator[None]:
    """Word lists that say the same are indexed once in a process, and not by every command anew."""
    known: list[tuple[Language, Dates]] = []

    def dates(language: Language) -> Dates:
        return next((dates for one, dates in known if one is language), None) or Dates(language)

    def language(lexicon: Lexicon) -> Language:
        for one, _ in known:
            if one.lexicon == lexicon:
                return one
        made = Language(lexicon)
        known.append((made, Dates(made)))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reflect.listening.ear.Language", language)
        patch.setattr("reflect.listening.ear.Dates", dates)
        yield


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[None]:
    """Stores of this process wait for no disk: to be killed costs nothing then, and nobody cuts the power."""
    hasty = tuple((name, 0 if name == "synchronous" else value) for name, value in PRAGMAS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_WRITING", hasty)
        yield


@pytest.fixture
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores of this test are as the program opens them."""
    monkeypatch.setattr(connection, "_WRITING", PRAGMAS)


def _kept_as(name: str, question: tuple[str, ...]) -> str:
    return f"{name[:40]}-{sha256(repr(question).encode()).hexdigest()}"


def _guarded(find: Callable[..., Home]) -> Callable[..., Home]:
    def guarded(cls: type[Home], environ: Mapping[str, str], platform: str = sys.platform) -> Home:
        own = (None, REAL_HOME, os.environ.get("HOME"))
        if not environ.get("REFLECT_HOME") and environ.get("HOME") in own:
            raise AssertionError("a test asked for the home of whoever runs it")
        return find(environ, platform)

    return guarded


@pytest.fixture
def default_home() -> None:
    """Lets a test ask for the home that HOME decides."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home of this test; nothing of it is made yet."""
    return Home(tmp_path / "reflect")


class Ran(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `reflect` with arguments in this process; `stdin` is what is piped into it."""
    from reflect.cli.main import run as run_command

    def running(*arguments: str, stdin: str = "", screen: bool = False) -> Ran:
        out, err = _stream(b"", screen), _stream(b"", screen)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", _stream(stdin.encode(), False))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run_command(arguments)
        return Ran(code, _text(out), _text(err))

    return running


class _Stream(io.TextIOWrapper):
    """Standard input or output in memory; `screen` says whether it passes for a terminal."""

    screen = False

    def isatty(self) -> bool:
        return self.screen


def _stream(data: bytes, screen: bool) -> _Stream:
    stream = _Stream(io.BytesIO(data), encoding="utf-8", newline="")
    stream.screen = screen
    return stream


def _text(stream: _Stream) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
