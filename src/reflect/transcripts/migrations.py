"""From an older form of the file to today's: numbered statements, tried on a copy first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from reflect.errors import StoreError
from reflect.transcripts import faults
from reflect.transcripts.meta import LATEST, version
from reflect.transcripts.query import fetch_one
from reflect.transcripts.snapshot import copy_to_file, is_sound, memory_copy

if TYPE_CHECKING:
    from reflect.transcripts.keys import Key

__all__ = ["LATEST", "SCHEMA", "bring_up_to_date", "copies", "rehearse", "version"]

SCHEMA = Path(__file__).with_name("schema")


def bring_up_to_date(
    db: apsw.Connection,
    path: Path,
    folder: Path = SCHEMA,
    latest: int = LATEST,
    *,
    key: Key | None = None,
) -> None:
    """Run what `db`, the file at `path` with that `key`, lacks.

    A file that holds something is copied first (`copies` names the copies) and the
    migration is rehearsed in memory. Raises `StoreError` store-too-new or store-damaged;
    the file is then as it was.
    """
    found = version(db)
    if found > latest:
        raise faults.too_new(path)
    if found == latest:
        return
    if db.readonly("main"):
        raise faults.read_only(path)
    if not found:
        _run(db, path, folder, latest)
        return
    try:
        copy_to_file(db, path, _copy(path, found), key)
    except StoreError:
        if version(db) == latest:
            return  # another process was quicker, and tidied up behind both
        raise
    rehearse(db, path, folder, latest).close()
    _run(db, path, folder, latest)
    _sweep(path)


def rehearse(
    db: apsw.Connection, path: Path, folder: Path = SCHEMA, latest: int = LATEST
) -> apsw.Connection:
    """A copy of `db` in memory, brought up to date; `StoreError` store-damaged when it is not sound."""
    copy = memory_copy(db)
    try:
        _run(copy, path, folder, latest)
    except apsw.Error:
        raise faults.damaged(path) from None
    if not is_sound(copy):
        raise faults.damaged(path)
    return copy


def copies(path: Path) -> list[Path]:
    """The copies that migrations, and changes of the lock, of the store at `path` left beside it."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def _sweep(path: Path) -> None:
    """Delete copies that were never finished: whoever was killed over one left everything in it."""
    for part in path.parent.glob(f".{path.name}.before-*.part"):
        with suppress(OSError):
            part.unlink()


def _copy(path: Path, found: int) -> Path:
    return path.with_name(f"{path.name}.before-{found + 1:04}")


def _run(db: apsw.Connection, path: Path, folder: Path, latest: int) -> None:
    while version(db) < latest:
        db.execute("BEGIN IMMEDIATE")
        try:
            _step(db, path, folder, latest)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _step(db: apsw.Connection, path: Path, folder: Path, latest: int) -> None:
    # Asked again inside the transaction: another process may have been here first.
    found = version(db)
    if found == latest:
        return
    if found == 0 and fetch_one(db, "SELECT EXISTS (SELECT 1 FROM sqlite_schema)") == (1,):
        raise faults.damaged(path)
    db.execute((folder / f"{found + 1:04}.sql").read_text(encoding="utf-8"))
    db.pragma("user_version", found + 1)
