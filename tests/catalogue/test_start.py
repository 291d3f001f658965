"""A start on which nothing changed reads neither YAML nor anybody's entry points."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import reflect

PROGRAM = """
import sys
from pathlib import Path
from reflect.packs.cache import Cache
from reflect.packs.catalogue import Catalogue
from reflect.packs.lexicon import read_lexicons
from reflect.packs.location import YOURS, packs_in
from reflect.plugins.consent import read_consents
from reflect.plugins.discovery import discover
from reflect.plugins.shipped import shipped_core
from reflect.settings import Home, plugin_choice

home = Home.find({"REFLECT_HOME": sys.argv[1]}).create()
cache = Cache(home.cache)
found = discover(cache, plugin_choice({}), read_consents(home.consents))
locations = (*found.packs, *packs_in(home.packs, YOURS))
catalogue = Catalogue(
    locations, core=shipped_core(), cache=cache, vocabulary=lambda: found.vocabulary
)
assert catalogue.script("four-stages").stages
assert read_lexicons(found.lexicons, cache).language("en").lists
heavy = "yaml pluggy importlib.metadata rapidfuzz reflect.packs.compile reflect.listening.cues"
print(*(name for name in heavy.split() if name in sys.modules))
"""


def start(home: Path) -> list[str]:
    """The heavy modules that a start imports."""
    # Without `site` an editable install is not found by itself.
    source = str(Path(reflect.__file__).parents[1])
    path = os.pathsep.join((source, *(entry for entry in sys.path if entry)))
    done = subprocess.run(
        [sys.executable, "-S", "-c", PROGRAM, str(home)],
        env={"PYTHONPATH": path, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_the_second_start_imports_nothing_heavy(tmp_path: Path) -> None:
    assert "yaml" in start(tmp_path) and "pluggy" in start(tmp_path / "other")
    assert start(tmp_path) == []
