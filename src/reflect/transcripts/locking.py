"""From a plain store to a locked one and back: a new file, read again, in the place of the old one.

At any moment there is one whole store at the path: the file says itself whether it is locked. The
old one is kept beside it until it is confirmed that the new one opens.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import apsw
import msgspec

from reflect.errors import StoreError
from reflect.transcripts import faults
from reflect.transcripts.connection import beside, connect, create_private, key_words
from reflect.transcripts.keys import Key
from reflect.transcripts.migrations import copies
from reflect.transcripts.query import fetch_all
from reflect.transcripts.snapshot import copy_to_file, is_sound, sync

_BLOCK = 1024 * 1024
_PARTS = ".{name}.locking-*"


def convert(path: Path, old: Key | None, new: Key | None, patience_ms: int = 5000) -> None:
    """Put the store at `path`, opened by `old`, under the key `new`; None is no key at all.

    It is alone with the store meanwhile, and done once all is on the disk. What stood there is
    then at `kept`. Raises `StoreError`, among others copy-still-kept and store-locked; the store is
    then as it was.
    """
    refuse_kept(path)
    source = connect(path, key=old, patience_ms=patience_ms)
    part = path.with_name(f".{path.name}.locking-{os.urandom(6).hex()}.part")
    try:
        _alone(source, path)
        sweep(path)
        _write(source, part, new)
        _compare(source, part, path, new)
        sync(part)
        _keep(source, path, old)
        part.replace(path)
        sync(path.parent)
    except apsw.Error as error:
        raise faults.fault(error, path, source.system_errno) or error from None
    except OSError as error:
        raise faults.no_copy(path, error) from None
    finally:
        source.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def kept(path: Path) -> Path | None:
    """The store from before the last conversion, if it is still beside the one at `path`."""
    place = _kept_place(path)
    with suppress(OSError):
        if not place.samefile(path):
            return place
        # It was ended between giving the old file a second name and putting the new one there.
        place.unlink()
    return None


def confirm(path: Path, *, locked: bool) -> int:
    """Erase what was kept; beside a `locked` store every older copy too. Gives the number of files."""
    there = kept(path)
    files = copies(path) if locked else [there] if there else []
    try:
        for file in files:
            _erase(file)
        sync(path.parent)
    except OSError as error:
        raise faults.no_copy(path, error) from None
    return len(files)


def sweep(path: Path) -> None:
    """Erase what a conversion that was ended left half written beside `path`."""
    for part in path.parent.glob(_PARTS.format(name=path.name)):
        with suppress(OSError):
            _erase(part)


def _kept_place(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-lock")


def refuse_kept(path: Path) -> None:
    """Come back when nothing is kept beside the store at `path`; else `StoreError` copy-still-kept."""
    if kept(path) is not None:
        raise StoreError(
            "copy-still-kept",
            f"{_kept_place(path)} still holds everything as it was before the last change of the lock.",
            "See that your reflections are there, then: reflect lock --confirm",
        )


def _alone(source: apsw.Connection, path: Path) -> None:
    """Empty the log into the file and keep everybody else out, as long as `source` is open."""
    source.pragma("journal_mode", "delete")
    source.pragma("locking_mode", "exclusive")
    source.execute("BEGIN EXCLUSIVE; COMMIT")
    # Somebody may have come and turned the log on again in between.
    if source.pragma("journal_mode") != "delete":
        raise faults.locked(path)
    # A journal belongs to whatever file stands at its path: none may meet the new one.
    if any(beside(path, ending).exists() for ending in ("-wal", "-journal")):
        raise faults.locked(path)


def _write(source: apsw.Connection, part: Path, new: Key | None) -> None:
    create_private(part)
    key = f"cipher=chacha20&key={key_words(new)}" if new else "key="
    source.execute("VACUUM INTO ?", (f"{part.absolute().as_uri()}?{key}",))


def _compare(source: apsw.Connection, part: Path, path: Path, new: Key | None) -> None:
    copy = connect(part, read_only=True, key=new)
    try:
        same = is_sound(copy) and fingerprint(copy) == fingerprint(source)
    finally:
        copy.close()
    if not same:
        raise faults.damaged(path)


def fingerprint(db: apsw.Connection) -> bytes:
    """A checksum over every row of every table of `db`, in order, and over what describes them."""
    found = blake2b()
    for row in _rows(db):
        found.update(msgspec.msgpack.encode(row))
    return found.digest()


def _rows(db: apsw.Connection) -> Iterator[tuple[object, ...]]:
    yield db.pragma("user_version"), db.pragma("application_id")
    schema = fetch_all(
        db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    )
    for kind, name, table, sql in schema:
        yield kind, name, table, sql
        if kind == "table" and not str(sql).startswith("CREATE VIRTUAL"):
            yield from db.execute(f'SELECT * FROM "{name}"')


def _keep(source: apsw.Connection, path: Path, old: Key | None) -> None:
    place = _kept_place(path)
    try:
        place.hardlink_to(path)
    except OSError:
        # Not every file system gives a file two names.
        copy_to_file(source, path, place, old)


def _erase(file: Path) -> None:
    """Write over a file that has no other name, and delete it."""
    if file.stat().st_nlink == 1:
        with file.open("r+b", buffering=0) as opened:
            left = file.stat().st_size
            while left > 0:
                left -= opened.write(os.urandom(min(left, _BLOCK)))
            os.fsync(opened.fileno())
    file.unlink()
