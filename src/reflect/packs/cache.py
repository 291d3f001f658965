"""Values that took long to make, kept until a file they came from changes.

A kept value is one file of MessagePack: the program and the question it answers,
a stamp of every file it came from, the value and its check. Whatever does not fit (damaged,
from another version, somebody else's, out of date) is treated as not being there,
and a cache that cannot be written costs time and nothing else.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import msgspec

from reflect import __version__
from reflect.errors import PackError
from reflect.packs.location import read_plain_file
from reflect.settings import write_private_file

T = TypeVar("T")

MAX_KEPT = 16 * 1024 * 1024
SETTLED = 50_000_000
"""Nanoseconds: a file that changed more recently could change again and keep its time."""


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """How a file or folder looked: times in nanoseconds, size in bytes, both -1 when it was not there."""

    path: str
    changed: int
    size: int


def stamp(path: str) -> Stamp:
    """How the file or folder at `path` looks now."""
    try:
        status = os.stat(path)  # noqa: PTH116 - dozens at every start
    except (OSError, ValueError):
        return Stamp(path, -1, -1)
    return Stamp(path, status.st_mtime_ns, status.st_size)


def stamps(paths: Iterable[str]) -> tuple[Stamp, ...]:
    """How each of `paths` looks now."""
    return tuple(map(stamp, paths))


def is_current(files: Iterable[Stamp]) -> bool:
    """Whether none of `files` has changed since it was stamped."""
    return all(stamp(file.path) == file for file in files)


def is_settled(file: Stamp) -> bool:
    """Whether `file` was left alone for long enough that its next change will show in its stamp."""
    return file.changed < time.time_ns() - SETTLED


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """One file of the cache; `value` is decoded only when all the rest fits, `check` (its CRC-32) too."""

    program: str
    question: tuple[str, ...]
    files: tuple[Stamp, ...]
    check: int
    value: msgspec.Raw


class Cache:
    """A folder of kept values, each under a name; what they answer is compared, not trusted."""

    def __init__(self, folder: Path, program: str | None = None) -> None:
        """`program` stands for the code that made the values; by default this one, as it is now."""
        self._folder = folder
        self._program = program or program_mark()
        self._homeless: dict[str, bytes] = {}

    def get(self, name: str, question: tuple[str, ...], kind: type[T]) -> T | None:
        """The value kept under `name` for `question`, if it is still true and a `kind`; else None."""
        try:
            data = read_plain_file(self._file(name), MAX_KEPT)
            kept = msgspec.msgpack.decode(data, type=_Kept)
            if (kept.program, kept.question) != (self._program, question):
                return None
            if crc32(kept.value) != kept.check or not is_current(kept.files):
                return None
            return msgspec.msgpack.decode(kept.value, type=kind)
        except (PackError, msgspec.MsgspecError, ValueError, RecursionError):
            return None

    def put(
        self, name: str, question: tuple[str, ...], files: tuple[Stamp, ...], value: object
    ) -> None:
        """Keep `value`, which answers `question` as long as `files` stay as they were stamped.

        Stamp before reading, so that a change in between is noticed.
        """
        if not all(map(is_settled, files)):
            return
        encoded = msgspec.msgpack.encode(value)
        kept = _Kept(self._program, question, files, crc32(encoded), msgspec.Raw(encoded))
        self._write(name, msgspec.msgpack.encode(kept))

    def settle(self) -> None:
        """Keep what could not be kept as long as the folder was missing: on a first run, until something is said."""
        homeless, self._homeless = self._homeless, {}
        for name, data in homeless.items():
            self._write(name, data)

    def _write(self, name: str, data: bytes) -> None:
        try:
            write_private_file(self._file(name), data)
        except FileNotFoundError:
            self._homeless[name] = data
        except OSError:
            return

    def _file(self, name: str) -> Path:
        """The file for `name`, which may come from a pack: reduced to harmless characters."""
        return self._folder / re.sub(r"[^A-Za-z0-9-]+", "_", name)[:120]


def program_mark() -> str:
    """This program: its version, and when the modules that make scripts were last changed."""
    here = Path(__file__).parent
    with os.scandir(here) as modules:
        times = [entry.stat().st_mtime_ns for entry in modules if entry.name.endswith(".py")]
    changed = max(*times, (here.parent / "script.py").stat().st_mtime_ns)
    return f"{__version__} {changed}"
