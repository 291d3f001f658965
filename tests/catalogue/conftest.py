"""Packs on disk that look as if they had been there for a while."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from reflect.packs.cache import Cache
from reflect.packs.catalogue import Catalogue
from reflect.packs.location import Location
from reflect.plugins.shipped import shipped_core
from reflect.script import Vocabulary

PACK = """\
reflect: 1
pack: {id}
version: 1.0.0
title: {title}
language: en
{more}
worked:
  - id: calm
    ask: {ask}
adjust:
  - id: snag
    ask: What slowed you down?
next:
  - id: step
    ask: What will you do before you meet your mentor?
"""


def pack_text(
    identifier: str, title: str = "A pack", ask: str = "What was calm?", more: str = ""
) -> str:
    return PACK.format(id=identifier, title=title, ask=ask, more=more)


def settle(folder: Path) -> None:
    """Make everything in `folder` look a minute old, so that what comes from it may be kept."""
    then = time.time_ns() - 60_000_000_000
    for path in (folder, *folder.rglob("*")):
        os.utime(path, ns=(then, then), follow_symlinks=False)


class Shelf:
    """Folders of packs by source, the cache beside them, and catalogues of what is there now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        self.cache.mkdir()
        self.cues = {"vague": "names nothing"}
        self.locations: list[Location] = []

    def put(self, source: str, identifier: str, text: str | None = None, name: str = "") -> Path:
        """Write a pack into a folder of its own."""
        folder = self.folder / source / (name or identifier)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pack.yaml").write_text(text or pack_text(identifier))
        settle(folder)
        location = Location(source, str(folder))
        if location not in self.locations:
            self.locations.append(location)
        return folder

    def catalogue(self) -> Catalogue:
        return Catalogue(
            self.locations,
            core=shipped_core(),
            cache=Cache(self.cache),
            vocabulary=lambda: Vocabulary(self.cues),
        )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)
