"""Whole copies of a database, taken while others may write to it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import apsw

from reflect.transcripts import faults
from reflect.transcripts.connection import create_private
from reflect.transcripts.query import fetch_all


def copy_to_file(db: apsw.Connection, path: Path, target: Path) -> None:
    """One file at `target` with all that `db` (the file at `path`) holds, for its owner only.

    It is checked before it takes its place, and is there after a power cut. Raises
    `StoreError`; what was at `target` is then still there.
    """
    part = target.with_name(f".{target.name}.{os.urandom(6).hex()}.part")
    try:
        create_private(part)
        _fill(db, path, part)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise faults.no_copy(target, error) from None
    except apsw.Error as error:
        raise faults.fault(error, target) or error from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def memory_copy(db: apsw.Connection) -> apsw.Connection:
    """A copy of `db` in memory."""
    copy = apsw.Connection(":memory:")
    _copy(db, copy)
    return copy


def is_sound(db: apsw.Connection) -> bool:
    """Whether pages, indexes and references of `db` fit together."""
    references = fetch_all(db, "PRAGMA foreign_key_check")
    return fetch_all(db, "PRAGMA integrity_check") == [("ok",)] and not references


def _fill(db: apsw.Connection, path: Path, part: Path) -> None:
    copy = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        _copy(db, copy)
        # A copy is one file: no log beside it, readable from a read-only disk.
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()
    _verify(part, path)


def _verify(part: Path, path: Path) -> None:
    copy = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        sound = is_sound(copy)
    finally:
        copy.close()
    if not sound:
        raise faults.damaged(path)


def _copy(source: apsw.Connection, target: apsw.Connection) -> None:
    with target.backup("main", source, "main") as backup:
        backup.step()


def _sync(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
