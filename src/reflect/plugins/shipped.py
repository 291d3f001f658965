"""Where the packs and word lists that come with reflect lie."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from reflect.errors import Misuse
from reflect.packs.location import SHIPPED, Location, packs_in

PACKAGE = "reflect_prompt_packs"
CORE = "core"


def shipped_folder() -> Path:
    """The folder of the shipped packs: installed, or beside `src` in a checkout."""
    try:
        installed = import_module(PACKAGE)
    except ImportError:
        folder = Path(__file__).parents[3] / "prompt_packs"
    else:
        folder = Path(next(iter(installed.__path__)))
    if not folder.is_dir():
        raise Misuse("reflect is installed without its packs")
    return folder


def shipped_core() -> Location:
    """The pack that every other stands on."""
    return Location(SHIPPED, str(shipped_folder() / CORE))


def shipped_packs() -> tuple[Location, ...]:
    """The packs to choose from, by name, without core."""
    core = shipped_core()
    return tuple(found for found in packs_in(shipped_folder(), SHIPPED) if found != core)


def shipped_lexicons() -> tuple[Path, ...]:
    """The shipped lexicon files, by name."""
    return tuple(sorted((shipped_folder() / CORE / "lexicon").glob("*.yaml")))
