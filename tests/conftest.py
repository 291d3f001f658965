"""No test can reach the data of whoever runs it; and how a test runs a command."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from reflect.settings import Home

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
