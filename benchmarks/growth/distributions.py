"""More and more distributions installed beside reflect: looking for plug-ins among them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.families.discovering import make_distributions
from benchmarks.growth.work import LINEAR, Group, Work
from benchmarks.timing import elapsed
from reflect.application.wiring import Application

_SETTLED = 0.1
"""Seconds until the cache trusts that a folder will not change again unseen."""
RUNS = 7


def prepare(folder: Path, size: int) -> None:
    """`size` installed distributions, and a home."""
    make_distributions(folder / "installed", size)
    (folder / "home" / "cache").mkdir(parents=True)
    time.sleep(_SETTLED)


def _discovered(folder: Path) -> float:
    app = Application({**os.environ, "REFLECT_HOME": str(folder / "home")})
    app.cache  # noqa: B018 - every start has it already
    return elapsed(lambda: app.discovery)


def _first(folder: Path, size: int) -> Iterator[float]:
    sys.path.append(str(folder / "installed"))
    for _ in range(RUNS):
        for kept in (folder / "home" / "cache").iterdir():
            kept.unlink()
        yield _discovered(folder)


def _unchanged(folder: Path, size: int) -> Iterator[float]:
    sys.path.append(str(folder / "installed"))
    _discovered(folder)
    for _ in range(RUNS):
        yield _discovered(folder)


GROUP = Group(
    "distributions",
    "distributions installed",
    (1, 3, 10, 30, 100, 300),
    prepare,
    (
        Work("discovery, nothing installed since", _unchanged, time=LINEAR),
        Work("discovery, for the first time", _first, time=LINEAR, memory=0.3),
    ),
)
