"""The distributions in `plugins/`, and what their projects say of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Package(NamedTuple):
    """One of the distributions: its folder, and its `pyproject.toml`."""

    folder: Path
    project: dict[str, Any]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def source(self) -> Path:
        return self.folder / "src"

    @property
    def entry_points(self) -> str:
        """The file that pip would write."""
        groups = self.project["project"]["entry-points"]
        return "".join(
            f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
            for group, entries in groups.items()
        )


def packages() -> list[Package]:
    """All of them, by name."""
    files = sorted((ROOT / "plugins").glob("*/pyproject.toml"))
    return [Package(file.parent, tomllib.loads(file.read_text("utf-8"))) for file in files]
