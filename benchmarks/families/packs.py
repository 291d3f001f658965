"""A long pack: from the cache, and checked from its file."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from benchmarks.row import Row, ratio
from benchmarks.samples import pack
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import elapsed, in_turns, repeated
from reflect.application.wiring import Application
from reflect.packs import compile as compiling
from reflect.packs.catalogue import Catalogue
from reflect.settings import NO_PLUGINS

_SETTLED = 0.1
"""Seconds until the cache trusts that a file will not change again unseen."""


def long_pack(scene: Scene) -> Iterable[Outcome]:
    """A pack of thousands of lines beside PyYAML's C loader on the same bytes."""
    home = scene.folder / "packs-home"
    text = _write(home, scene.sizes.pack_lines)
    time.sleep(_SETTLED)
    lines = text.count("\n")
    ready = _catalogue(scene, home)
    assert ready.compiled("bench").script is not None, ready.compiled("bench").diagnostics[:3]
    kept = repeated(lambda: _catalogue(scene, home).script("bench"), scene.sizes.rounds)
    yield Row(f"a pack of {lines:,} lines from the cache", median(kept), 1.5)
    floor, ours = in_turns(
        lambda: _loaded(text),
        lambda: _checked(ready),
        runs=max(3, scene.sizes.rounds // 40),
    )
    yield ratio(f"a pack of {lines:,} lines checked", "PyYAML C", floor, ours, 2.5)


def _write(home: Path, lines: int) -> str:
    text = pack(lines)
    folder = home / "packs"
    folder.mkdir(parents=True)
    (folder / "bench.yaml").write_text(text)
    (home / "cache").mkdir()
    return text


def _catalogue(scene: Scene, home: Path) -> Catalogue:
    app = Application(scene.environment(home), plugins=NO_PLUGINS)
    return app.catalogue


def _checked(catalogue: Catalogue) -> float:
    compiling._loaded.cache_clear()  # a file that was read a moment ago is not read again
    return elapsed(lambda: catalogue._compile(catalogue.entry("bench"), None))


def _loaded(text: str) -> float:
    import yaml

    return elapsed(lambda: yaml.load(text, yaml.CSafeLoader))
