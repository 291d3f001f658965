"""Where packs lie, and their bytes: opened safely, capped, never interpreted.

A pack lies in a folder of its own (`pack.yaml`, `translations/*.yaml`) or, in the
mentee's packs folder, in a single `.yaml` file. Below a location nothing but plain
files is opened: no link is followed and no pipe is waited for.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reflect.errors import PackError

if TYPE_CHECKING:
    from reflect.packs.compile import PackFiles, PackText

SHIPPED = "shipped"
YOURS = "yours"
PACK_FILE = "pack.yaml"
TRANSLATIONS = "translations"

ASIDE = ".aside"
"""The folder, beside the packs, in which one lies while its new version takes its place."""

MAX_PACK = 256 * 1024
"""Bytes of one pack file; one more is read, so that the checker sees that it is too large."""
MAX_TRANSLATIONS = 64

_TRANSLATION = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.yaml")
_SAFELY = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Location(msgspec.Struct, frozen=True, order=True):
    """A pack's place: `source` is "shipped", a plug-in's name or "yours"; `path` its folder or file."""

    source: str
    path: str

    @property
    def file(self) -> str:
        """The file that holds the pack itself."""
        return self.path if self.path.endswith(".yaml") else f"{self.path}/{PACK_FILE}"

    @property
    def translations(self) -> str | None:
        """The folder of its translations, which need not exist; None when the pack is a single file."""
        return None if self.path.endswith(".yaml") else f"{self.path}/{TRANSLATIONS}"


class Unreadable(PackError):
    """The file at `file` cannot be read, as "pack-not-readable"."""

    def __init__(self, file: str, message: str, hint: str) -> None:
        super().__init__("pack-not-readable", message, hint)
        self.file = file


def packs_in(folder: Path, source: str) -> tuple[Location, ...]:
    """The packs directly in `folder`, by name: folders that hold a `pack.yaml`, and `.yaml` files.

    A folder that is not there, or cannot be listed, holds none.
    """
    try:
        with os.scandir(folder) as found:
            paths = sorted(entry.path for entry in found if _is_pack(entry))
    except OSError:
        return ()
    return tuple(Location(source, path) for path in paths)


def finish_updates(folder: Path) -> None:
    """Finish what an interrupted update has left in `folder`: an old version without a new one comes back."""
    try:
        with os.scandir(folder / ASIDE) as found:
            aside = [Path(entry.path) for entry in found]
    except OSError:
        return
    for old in aside:
        if (folder / old.name).exists():
            delete(old)
            continue
        with suppress(OSError):
            old.rename(folder / old.name)
    with suppress(OSError):
        (folder / ASIDE).rmdir()


def delete(path: Path) -> None:
    """Delete the file, the link or the whole folder at `path`, as far as it can be."""
    if path.is_dir() and not path.is_symlink():
        from shutil import rmtree

        rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _is_pack(entry: os.DirEntry[str]) -> bool:
    """Whether `entry` of a packs folder looks like a pack; hidden ones never do."""
    if entry.name.startswith("."):
        return False
    if entry.name.endswith(".yaml"):
        return entry.is_file()
    return Path(entry.path, PACK_FILE).is_file()


def files_of(location: Location) -> tuple[str, ...]:
    """Every path that what `location` says depends on, the translations' folder among them."""
    folder = location.translations
    if folder is None:
        return (location.file,)
    return (
        location.file,
        folder,
        *(f"{folder}/{language}.yaml" for language in languages(location)),
    )


def languages(location: Location) -> tuple[str, ...]:
    """The languages that `location` has translations for, by name."""
    folder = location.translations
    try:
        names = [found.name for found in Path(folder).iterdir()] if folder else []
    except (OSError, ValueError):
        return ()
    found = sorted(match[1] for match in map(_TRANSLATION.fullmatch, names) if match)
    return tuple(found[:MAX_TRANSLATIONS])


def read_text(location: Location) -> PackText:
    """The pack's own file; PackError "pack-not-readable" when it is no plain file one may read."""
    from reflect.packs.compile import PackText

    return PackText(location.file, read_plain_file(Path(location.file), MAX_PACK))


def read_files(location: Location) -> PackFiles:
    """The pack's file and translations; PackError "pack-not-readable" naming the first that cannot be."""
    from reflect.packs.compile import PackFiles, PackText

    folder = Path(location.translations or "")
    translations = {
        language: PackText(
            str(folder / f"{language}.yaml"),
            read_plain_file(folder.parent, MAX_PACK, TRANSLATIONS, f"{language}.yaml"),
        )
        for language in languages(location)
    }
    return PackFiles(location.source, read_text(location), translations)


def read_plain_file(path: Path, most: int, *below: str) -> bytes:
    """The bytes of the plain file at `path`, or at the names `below` it: at most `most` and one more.

    No link is followed in the last name of `path` or in `below`. Raises PackError
    "pack-not-readable".
    """
    folder, names = (path, below) if below else (path.parent, (path.name,))
    try:
        with _opened(folder, names) as descriptor:
            return _read(descriptor, most + 1)
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""
        raise Unreadable(
            str(path.joinpath(*below)),
            f"cannot read {path.joinpath(*below)}: {reason or 'not a plain file'}",
            "a pack is made of plain files: no links, pipes or devices",
        ) from error


@contextmanager
def _opened(folder: Path, names: tuple[str, ...]) -> Iterator[int]:
    """A descriptor of the plain file that `names` lead to from `folder`, one step at a time."""
    descriptors: list[int] = []
    try:
        if os.open in os.supports_dir_fd:
            descriptors.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))
            for name in names:
                descriptors.append(os.open(name, _SAFELY, dir_fd=descriptors[-1]))
        else:
            descriptors.append(os.open(folder.joinpath(*names), _SAFELY))
        if not stat.S_ISREG(os.fstat(descriptors[-1]).st_mode):
            raise OSError
        yield descriptors[-1]
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _read(descriptor: int, most: int) -> bytes:
    """Up to `most` bytes from `descriptor`."""
    pieces: list[bytes] = []
    while most > 0 and (piece := os.read(descriptor, most)):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)
