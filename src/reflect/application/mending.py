"""Mends the files of a pack as far as nobody has to decide anything, and writes them whole or not at all."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.packs.location import Location

_MOST_ROUNDS = 20


class MendedFile(NamedTuple):
    """A file of a pack that mending changes: its bytes before and after, and how many mendings were made."""

    file: str
    before: bytes
    after: bytes
    mendings: int


def mended_files(app: Application, location: Location) -> tuple[MendedFile, ...]:
    """What mending would make of the pack at `location`, its translations and stories; nothing is written.

    A mending can bring another one to light, so the pack is checked and mended until there is none
    left. Raises UsageError "not-your-pack", PackError "pack-not-readable".
    """
    _refuse_others(app, location)
    files = _files(location)
    with _copy(location, files) as copy:
        counts = _mend(app, copy, dict(zip(_names(copy, location, files), files, strict=True)))
        return tuple(
            MendedFile(file, before, counts[file][0], counts[file][1])
            for file, before in files.items()
            if counts.get(file, (before, 0))[0] != before
        )


def write_mended(files: tuple[MendedFile, ...]) -> None:
    """Put each of `files` in place of what it was made from, with the same mode.

    Raises ReflectError "not-written", "changed-meanwhile"; a file is then as it was.
    """
    from reflect.sharing.files import put_file

    for one in files:
        path = Path(one.file)
        if path.read_bytes() != one.before:
            message = f"{one.file} was changed while it was mended"
            raise ReflectError("changed-meanwhile", message, "Save it and try again.")
        put_file(path, one.after, stat.S_IMODE(path.stat().st_mode))


def can_be_mended(app: Application, location: Location) -> bool:
    """Whether the pack at `location` is the mentee's own, not one that came with a program."""
    own = Path(location.file).resolve()
    foreign = (one.location.file for one in app.catalogue.entries() if one.source != "yours")
    files = (app.catalogue.core.pack.file, *foreign)
    return location.source == "yours" and all(own != Path(file).resolve() for file in files)


def _refuse_others(app: Application, location: Location) -> None:
    if not can_be_mended(app, location):
        raise UsageError(
            "not-your-pack",
            f"{location.path} came with reflect or with a plug-in and is not changed",
            "Copy its folder, and mend the copy: reflect pack check --fix ./COPY",
        )


def _files(location: Location) -> dict[str, bytes]:
    """The bytes of every file of a pack by its name."""
    from reflect.packs.location import read_files
    from reflect.rehearsal.files import story_files

    found = read_files(location)
    texts = (found.pack, *found.translations.values(), *story_files(location))
    return {text.file: text.data for text in texts}


@contextmanager
def _copy(location: Location, files: dict[str, bytes]) -> Iterator[Location]:
    """The same pack in a folder of its own, for as long as it is needed."""
    from tempfile import TemporaryDirectory

    from reflect.packs.location import Location

    with TemporaryDirectory(prefix="reflect-mending-") as folder:
        copy = Location(location.source, f"{folder}/{Path(location.path).resolve().name or 'pack'}")
        for name, data in zip(_names(copy, location, files), files.values(), strict=True):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(data)
        yield copy


def _names(copy: Location, location: Location, files: dict[str, bytes]) -> list[str]:
    """Where each of `files` lies in the copy, as the check names it."""
    if location.file == location.path:
        return [copy.file]
    root = Path(location.path)
    return [f"{copy.path}/{Path(file).relative_to(root).as_posix()}" for file in files]


def _mend(
    app: Application, copy: Location, originals: dict[str, str]
) -> dict[str, tuple[bytes, int]]:
    """The bytes and the number of mendings by the name of the original."""
    from reflect.application.authoring import check_pack
    from reflect.packs.mend import mend

    counts: dict[str, tuple[bytes, int]] = {}
    for _ in range(_MOST_ROUNDS):
        found = check_pack(app, copy)
        changed = False
        for name, original in originals.items():
            path = Path(name)
            done = mend(path.read_bytes(), [one for one in found if one.place.file == name])
            if done.applied:
                path.write_bytes(done.data)
                before = counts.get(original, (b"", 0))[1]
                counts[original] = (done.data, before + len({one.fix for one in done.applied}))
                changed = True
        if not changed:
            break
    return counts
