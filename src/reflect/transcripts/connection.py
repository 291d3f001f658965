"""The one factory that opens a database file.

It makes files that only their owner can read, sets every pragma that durability and
forgetting rest on, reads each back, and refuses to go on when one did not take.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from reflect.errors import StoreError
from reflect.transcripts import faults

if TYPE_CHECKING:
    from reflect.transcripts.keys import Key

_LARGEST = 8 * 1024 * 1024

_SHARED: tuple[tuple[str, int], ...] = (
    ("foreign_keys", 1),
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("mmap_size", 0),
    ("temp_store", 2),
)

# No automatic checkpoint: it would add its syncs to somebody's answer.
_WRITING: tuple[tuple[str, int | str], ...] = (
    ("journal_mode", "wal"),
    ("synchronous", 2),
    ("fullfsync", 1),
    ("checkpoint_fullfsync", 1),
    ("secure_delete", 1),
    ("wal_autocheckpoint", 0),
    ("journal_size_limit", 1024 * 1024),
)

_READING: tuple[tuple[str, int | str], ...] = (("query_only", 1),)


def connect(
    path: Path, *, read_only: bool = False, patience_ms: int = 5000, key: Key | None = None
) -> apsw.Connection:
    """A connection to `path`, made with owner-only rights when it is not there and may be written.

    It waits `patience_ms` milliseconds for another process. `key` opens a locked file, and locks a
    new one. Raises `StoreError` (store-locked, store-damaged, store-truncated, store-read-only,
    no-store, disk-full, disk-error, store-unsafe).
    """
    try:
        return _reading(path, patience_ms, key) if read_only else _writing(path, patience_ms, key)
    except apsw.CorruptError:
        raise (
            faults.truncated(path) if key and _is_cut(path, key) else faults.damaged(path)
        ) from None
    except apsw.Error as error:
        raise faults.fault(error, path) or error from None


def key_words(key: Key) -> str:
    """`key` as the cipher takes it: whole, so that it makes none of its own; nobody may see it."""
    return "raw:" + (key.secret + key.header).hex()


def give_key(db: apsw.Connection, key: Key | None) -> None:
    """Open `db` with `key`, before anything else is asked of it; None leaves it plain."""
    if key is not None:
        db.pragma("cipher", "chacha20")
        db.pragma("key", key_words(key))


def create_private(path: Path) -> None:
    """An empty file that only its owner can read, under any umask; FileExistsError when it is there."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    os.close(descriptor)
    path.chmod(0o600)


def beside(path: Path, ending: str) -> Path:
    """The file that SQLite keeps next to `path`: `ending` is "-wal" or "-shm"."""
    return path.with_name(path.name + ending)


def _writing(path: Path, patience_ms: int, key: Key | None) -> apsw.Connection:
    _prepare(path)
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
    db = apsw.Connection(str(path.absolute()), flags=flags)
    try:
        give_key(db, key)
        if db.readonly("main"):
            raise faults.read_only(path)
        _configure(db, path, _WRITING, patience_ms)
    except BaseException:
        db.close()
        raise
    return db


def _reading(path: Path, patience_ms: int, key: Key | None) -> apsw.Connection:
    if not path.exists():
        raise faults.no_store(path)
    try:
        return _opened(path, "mode=ro", patience_ms, key)
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError):
        # A store that was closed in good order has no log beside it, and SQLite cannot make
        # one on a read-only or a full disk; nothing can change there, so it is read as it stands.
        if _size(beside(path, "-wal")):
            raise
        return _opened(path, "immutable=1", patience_ms, key)


def _opened(path: Path, how: str, patience_ms: int, key: Key | None) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    db = apsw.Connection(f"{path.absolute().as_uri()}?{how}", flags=flags)
    try:
        give_key(db, key)
        _configure(db, path, _READING, patience_ms)
        db.pragma("schema_version")
    except BaseException:
        db.close()
        raise
    return db


def _prepare(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            create_private(path)
    except OSError as error:
        raise _refused(path, error) from None
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise faults.read_only(path)
    _tighten(path)


def _tighten(path: Path) -> None:
    for file in (path, beside(path, "-wal"), beside(path, "-shm")):
        with suppress(OSError):
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def _refused(path: Path, error: OSError) -> StoreError:
    reason = error.strerror or "the system refused"
    return StoreError(
        "store-read-only",
        f"{path} cannot be made: {reason}.",
        "Make its folder writable, or set REFLECT_HOME to another one.",
    )


def _configure(
    db: apsw.Connection, path: Path, own: tuple[tuple[str, int | str], ...], patience_ms: int
) -> None:
    db.limit(apsw.SQLITE_LIMIT_LENGTH, _LARGEST)
    for name, value in (("busy_timeout", patience_ms), *own, *_SHARED):
        db.pragma(name, value)
        # apsw has no value to give where SQLite answers with no row at all: no memory map.
        if (db.pragma(name) or 0) != value:
            raise StoreError(
                "store-unsafe",
                f"{path}: SQLite did not accept {name} = {value}, so answers could be lost.",
                "Keep the store on a local disk (REFLECT_HOME).",
            )


def _is_cut(path: Path, key: Key) -> bool:
    """Whether a file is shorter than its first page says."""
    flags = apsw.SQLITE_OPEN_READONLY
    db = apsw.Connection(str(path.absolute()), flags=flags)
    try:
        give_key(db, key)
        # Lets SQLite look into a file whose size is wrong.
        db.pragma("writable_schema", 1)
        pages = db.pragma("page_count")
        head = db.serialize("main")
        return bool(head) and int.from_bytes(head[28:32], "big") > pages
    except apsw.Error:
        return False
    finally:
        db.close()


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
