"""Packs and distributions on disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.plugins.world import World


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """A folder that holds a pack."""
    folder = tmp_path / "ward-debrief"
    folder.mkdir()
    (folder / "pack.yaml").write_text("reflect: 1\n")
    return folder


class Site:
    """A folder on `sys.path` into which distributions can be put."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, entry_points: str, version: str = "1.0", **modules: str) -> None:
        """Put a distribution there, with its entry points and modules by name."""
        info = self.folder / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(entry_points)
        for module_name, source in modules.items():
            (self.folder / f"{module_name}.py").write_text(source)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Where plug-ins are really installed and the program really runs."""
    return World(tmp_path)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The only place where anything is installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    kept = [path for path in sys.path if "site-packages" not in path]
    monkeypatch.setattr(sys, "path", [str(folder), *kept])
    return Site(folder)
