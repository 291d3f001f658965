"""More and more packs in the user's own folder: a listing of them, and a start with one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.growth.work import LINEAR, Group, Work
from benchmarks.samples import pack
from benchmarks.timing import elapsed
from reflect.application.wiring import Application
from reflect.settings import NO_PLUGINS

LINES = 180
RUNS = 5
_SETTLED = 0.1
"""Seconds until the cache trusts that a file will not change again unseen."""


def prepare(home: Path, size: int) -> None:
    """A home with `size` packs, all of which were listed once."""
    text = pack(LINES)
    (home / "cache").mkdir(parents=True)
    for number in range(size):
        folder = home / "packs" / f"bench-{number}"
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(text.replace("pack: bench\n", f"pack: bench-{number}\n"))
    time.sleep(_SETTLED)
    _application(home).script("bench-0")


def _application(home: Path) -> Application:
    return Application({**os.environ, "REFLECT_HOME": str(home)}, plugins=NO_PLUGINS)


def _first(home: Path, size: int) -> Iterator[float]:
    """With nothing kept of any pack."""
    for _ in range(2 if size > 100 else RUNS):
        for kept in (home / "cache").iterdir():
            kept.unlink()
        yield elapsed(lambda: _application(home).catalogue.entries())


def _unchanged(home: Path, size: int) -> Iterator[float]:
    _application(home).catalogue.entries()
    for _ in range(RUNS):
        found = _application(home)
        yield elapsed(lambda: found.catalogue.entries())  # noqa: B023
        assert len(found.catalogue.entries()) >= size


def _scripts(home: Path, size: int) -> Iterator[float]:
    _application(home).script("bench-0")
    for _ in range(RUNS):
        yield elapsed(lambda: _application(home).script("bench-0"))


GROUP = Group(
    "packs",
    "packs in your own folder",
    (1, 3, 10, 30, 100, 300, 1_000),
    prepare,
    (
        Work("catalogue, nothing changed", _unchanged, time=LINEAR),
        Work("start: the script of one, nothing changed", _scripts, time=LINEAR),
        Work("catalogue, for the first time", _first, time=LINEAR, memory=0.5),
    ),
)
