"""What an author's command is given: the id of an installed pack, or a path to one that need not be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk
from reflect.errors import PackError, UsageError

if TYPE_CHECKING:
    from reflect.packs.location import Location

pack_argument = click.argument("pack", metavar="PACK|FILE|FOLDER")


def location_of(desk: Desk, pack: str) -> Location:
    """Where `pack` lies: an id of `reflect pack list`, a file, or a folder with a `pack.yaml`.

    Raises UsageError "no-such-file", "no-such-pack".
    """
    from reflect.packs.location import PACK_FILE, YOURS, Location

    if not _is_path(pack) and not _lies_here(desk, pack):
        return _installed(desk, pack)
    path = Path(pack)
    if not os.access(path, os.F_OK):
        raise UsageError("no-such-file", f"there is no file {path}", "See: reflect pack list")
    if path.is_dir() and not (path / PACK_FILE).exists():
        hint = f"name the folder that holds {PACK_FILE}, or the file itself"
        raise UsageError("no-pack-here", f"there is no {PACK_FILE} in {path}", hint)
    return Location(YOURS, str(_whole(path)))


def _whole(path: Path) -> Path:
    """The folder of a pack, when `path` is one of its files; else `path` itself."""
    from reflect.packs.location import PACK_FILE

    if path.name == PACK_FILE:
        return path.parent
    beside = path.absolute().parent
    inside = beside.name in ("translations", "stories") and (beside.parent / PACK_FILE).is_file()
    return (
        path.parent.parent if inside and len(path.parts) > 2 else beside.parent if inside else path
    )


def _is_path(pack: str) -> bool:
    separators = tuple(filter(None, (os.sep, os.altsep)))
    return pack.endswith(".yaml") or pack in (".", "..") or any(one in pack for one in separators)


def _lies_here(desk: Desk, pack: str) -> bool:
    """Whether `pack` is a folder with a pack right here, and no installed one is called so."""
    from reflect.packs.location import PACK_FILE

    named = any(pack in (entry.id, entry.name) for entry in desk.app.catalogue.entries())
    return not named and Path(pack, PACK_FILE).is_file()


def _installed(desk: Desk, pack: str) -> Location:
    try:
        return desk.app.catalogue.entry(pack).location
    except PackError as error:
        hint = f"a folder is written with a slash: ./{pack[:60]}; {error.hint}"
        raise UsageError(error.code, error.message, hint) from None
