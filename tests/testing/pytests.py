"""pytest as an author runs it: in this process, or in one of its own where reflect is installed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from reflect.testing import pytest_plugin

ROOT = Path(__file__).parents[2]
ENTRY_POINTS = "[pytest11]\nreflect = reflect.testing.pytest_plugin\n"
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""What no author has to have: the second takes as long to come as everything else together."""
BESIDE_ANOTHER = (
    *("-p", "no:cacheprovider", "-p", "no:faulthandler", "--import-mode=importlib"),
    *("-p", "no:threadexception", "-p", "no:unraisableexception"),
)
"""Leaves alone what belongs to the run around it: its signals, its modules, its rubbish."""


class Ran(NamedTuple):
    """What came of a run; `lines` are those of its standard output."""

    code: int
    lines: list[str]

    @property
    def out(self) -> str:
        return "\n".join(self.lines)


class Pytest:
    """Runs pytest as an author does."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        self._place = place
        self.site = place / "site"
        self.home = place / "somebody"
        self._patch = patch
        install(self.site, "reflect-mentorship", ENTRY_POINTS)

    def __call__(self, *arguments: str | Path, cwd: Path, **environ: str) -> Ran:
        """Run it in this process, which has read the shipped packs before."""
        with self._patch.context() as patch, chdir(cwd), redirect_stdout(io.StringIO()) as out:
            patch.syspath_prepend(self.site)
            for name, value in (environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}).items():
                patch.setenv(name, value)
            patch.setenv("COLUMNS", "200")
            code = pytest.main([*BESIDE_ANOTHER, *map(str, arguments)], [pytest_plugin])
        self._forget(cwd)
        return Ran(int(code), out.getvalue().splitlines())

    def _forget(self, cwd: Path) -> None:
        """Leave no module behind that was imported from there: the next may be called the same."""
        places = tuple(f"{place}{os.sep}" for place in (self._place, cwd))
        for name, module in [*sys.modules.items()]:
            if (getattr(module, "__file__", None) or "").startswith(places):
                del sys.modules[name]

    def apart(self, *arguments: str | Path, cwd: Path, **environ: str) -> Ran:
        """Run it in a process of its own, where reflect is found by its entry point."""
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
