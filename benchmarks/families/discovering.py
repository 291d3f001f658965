"""Plug-in discovery with very many distributions installed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.processes import printed
from benchmarks.row import Row
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import in_turns

_SETTLED = 0.1
"""Seconds until the cache trusts that a folder will not change again unseen."""


def discovery(scene: Scene) -> Iterable[Outcome]:
    """Beside one scan of entry points; the first time looks at everything, later ones do not."""
    count = scene.sizes.distributions
    folder = make_distributions(scene.folder / "installed", count)
    home = scene.folder / "plugins-home"
    (home / "cache").mkdir(parents=True)
    paths = (scene.subject.environment.get("PYTHONPATH", ""), str(folder))
    environment = scene.environment(home, PYTHONPATH=os.pathsep.join(filter(None, paths)))
    ours = scene.subject.child("discover")
    floor = scene.subject.floor("entry_points")
    time.sleep(_SETTLED)

    def first() -> float:
        for kept in (home / "cache").iterdir():
            kept.unlink()
        return float(printed(ours, environment))

    scanned, afresh, again = in_turns(
        lambda: float(printed(floor, environment)),
        first,
        lambda: float(printed(ours, environment)),
        runs=max(1, scene.sizes.starts // 2),
    )
    what = f"plug-ins among {count} distributions"
    yield Row(f"{what}, first", afresh, beside="entry-point scan", floor=scanned)
    yield Row(f"{what}, unchanged", again, 3, beside="entry-point scan", floor=scanned)


def make_distributions(folder: Path, count: int) -> Path:
    """`count` installed distributions, each with a console script as most have."""
    for number in range(count):
        records = folder / f"bench_{number}-1.0.dist-info"
        records.mkdir(parents=True)
        metadata = f"Metadata-Version: 2.1\nName: bench-{number}\nVersion: 1.0\n"
        (records / "METADATA").write_text(metadata)
        scripts = f"[console_scripts]\nbench-{number} = bench_{number}:main\n"
        (records / "entry_points.txt").write_text(scripts)
    return folder
