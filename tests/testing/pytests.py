"""pytest in a process of its own, in an environment where reflect is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ENTRY_POINTS = "[pytest11]\nreflect = reflect.testing.pytest_plugin\n"
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""What no author has to have: the second takes as long to come as everything else together."""


class Ran(NamedTuple):
    """What came of a run; `lines` are those of its standard output."""

    code: int
    lines: list[str]

    @property
    def out(self) -> str:
        return "\n".join(self.lines)


class Pytest:
    """Runs pytest as an author does: reflect is found by its entry point."""

    def __init__(self, place: Path) -> None:
        self.site = place / "site"
        self.home = place / "somebody"
        install(self.site, "reflect-mentorship", ENTRY_POINTS)

    def __call__(self, *arguments: str | Path, cwd: Path, **environ: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *WITHOUT, *map(str, arguments)],
            cwd=cwd,
            env=self.environ() | environ,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert not done.stderr, done.stderr
        return Ran(done.returncode, done.stdout.splitlines())

    def environ(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(self.site))),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "COLUMNS": "200",
        }


def install(site: Path, name: str, entry_points: str, version: str = "0.1.0") -> None:
    """Put the records of the distribution `name` into `site`; its code is on the path already."""
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(head)
    (info / "entry_points.txt").write_text(entry_points)
    (info / "RECORD").write_text(f"{info.name}/RECORD,,\n")
