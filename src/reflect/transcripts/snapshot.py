"""Whole copies of a database, taken while others may write to it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from reflect.transcripts import faults
from reflect.transcripts.connection import create_private, give_key
from reflect.transcripts.query import fetch_all
from reflect.unfinished import beside, sweep

if TYPE_CHECKING:
    from reflect.transcripts.keys import Key

_FORMAT = slice(18, 20)
"""Where a file says whether it is written through a log."""


def copy_to_file(db: apsw.Connection, path: Path, target: Path, key: Key | None = None) -> None:
    """One file at `target` with all that `db` (the file at `path`) holds, for its owner only.

    `key` is that of `db`, and then of the copy. It is checked before it takes its place, and is there
    after a power cut. Raises `StoreError`; what was at `target` is then still there.
    """
    sweep(target.parent)
    part = beside(target)
    try:
        create_private(part)
        _fill(db, path, part, key)
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise faults.no_copy(target, error) from None
    except apsw.Error as error:
        raise faults.fault(error, target) or error from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def memory_copy(db: apsw.Connection) -> apsw.Connection:
    """A plain copy of `db` in memory."""
    pages = bytearray(db.serialize("main") or b"")
    pages[_FORMAT] = b"\x01\x01"
    copy = apsw.Connection(":memory:")
    copy.deserialize("main", bytes(pages))
    return copy


def is_sound(db: apsw.Connection) -> bool:
    """Whether pages, indexes and references of `db` fit together."""
    references = fetch_all(db, "PRAGMA foreign_key_check")
    return fetch_all(db, "PRAGMA integrity_check") == [("ok",)] and not references


def sync(place: Path) -> None:
    """Come back when a file, or the names in a folder, are on the disk; OSError when they cannot be."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(db: apsw.Connection, path: Path, part: Path, key: Key | None) -> None:
    copy = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        give_key(copy, key)
        _copy(db, copy)
        # A copy is one file: no log beside it, readable from a read-only disk.
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()
    _verify(part, path, key)


def _verify(part: Path, path: Path, key: Key | None) -> None:
    copy = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        give_key(copy, key)
        sound = is_sound(copy)
    finally:
        copy.close()
    if not sound:
        raise faults.damaged(path)


def _copy(source: apsw.Connection, target: apsw.Connection) -> None:
    with target.backup("main", source, "main") as backup:
        backup.step()
