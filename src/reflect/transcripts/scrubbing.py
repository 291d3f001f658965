"""Making sure that deleted bytes are gone: index, log and free pages, then a look at the files themselves.

Deleting rows is not enough: the search index, the log and copies from before a migration
may hold the text. What cannot be reached from here are free blocks of the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import apsw
import msgspec

from reflect.transcripts import meta
from reflect.transcripts.connection import beside
from reflect.transcripts.database import Database
from reflect.transcripts.keys import raw_file
from reflect.transcripts.migrations import copies
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.values import Report

_SLICE = 12
_SLICES = 3
_BLOCK = 1024 * 1024


def ask_for(db: apsw.Connection) -> None:
    """Note, in the transaction that deletes, that the bytes must go: a crash in between loses nothing."""
    meta.put(db, meta.SCRUB)


def finish(database: Database) -> None:
    """Go on with what a crash or a reader left over; waits for nobody."""
    scrub(database, (), patience_ms=0)


def scrub(database: Database, texts: Iterable[str], patience_ms: int | None = None) -> Report:
    """Take deleted bytes out of the files, then look for parts of `texts` in them.

    Waits as long as the store does for readers, or `patience_ms` milliseconds.
    """
    patience = database.patience_ms if patience_ms is None else patience_ms
    with database.writing() as db:
        db.execute("INSERT INTO answers (answers) VALUES ('optimize')")
    if not database.empty_log(patience):
        return Report(removed=False, pending=True)
    dropped = _drop_copies(database.path)
    if database.key:
        return _encrypted(database, dropped)
    slices = {part for text in texts for part in _slices(text)}
    left, elsewhere = _look(database, slices)
    if left:
        with database.reading() as db:
            db.execute("VACUUM")
        if not database.empty_log(patience):
            return Report(removed=False, pending=True, dropped=dropped)
        left, elsewhere = _look(database, slices)
    if not left:
        with database.writing() as db:
            meta.drop(db, meta.SCRUB)
    return Report(
        removed=not left,
        pending=False,
        files=len(_files(database.path)),
        elsewhere=elsewhere,
        dropped=dropped,
    )


def _encrypted(database: Database, dropped: int) -> Report:
    """Nothing can be found in a locked file, and nothing that is left there be read without its key."""
    with database.writing() as db:
        meta.drop(db, meta.SCRUB)
    return Report(removed=True, pending=False, dropped=dropped, encrypted=True)


def _drop_copies(path: Path) -> int:
    found = copies(path)
    for copy in found:
        copy.unlink(missing_ok=True)
    return len(found)


def _slices(text: str) -> Iterator[bytes]:
    # Shorter texts would be found anywhere, by chance. An event holds a text as JSON does,
    # a draft and a table of the projector as it was typed.
    for raw in {text.encode(), msgspec.json.encode(text)[1:-1]}:
        places = len(raw) - _SLICE + 1
        for _ in range(_SLICES if places > 0 else 0):
            start = int.from_bytes(os.urandom(4), "big") % places
            yield raw[start : start + _SLICE]


def _look(database: Database, slices: set[bytes]) -> tuple[set[bytes], tuple[str, ...]]:
    """Slices that are in the files without reason, and the sessions where others stand by right."""
    found = {part for file in _files(database.path) for part in _inside(file, slices)}
    if not found:
        return set(), ()
    with database.reading() as db:
        holders = {part: _holders(db, part) for part in found}
        left = {part for part in found if not holders[part] and not _is_ours(db, part)}
    return left, tuple(sorted({name for names in holders.values() for name in names}))


def _holders(db: apsw.Connection, part: bytes) -> list[str]:
    rows = fetch_all(
        db,
        "SELECT DISTINCT t.id FROM events e JOIN streams t ON t.number = e.stream"
        " WHERE instr(CAST(e.body AS BLOB), ?1)"
        " UNION SELECT stream FROM drafts WHERE instr(CAST(text AS BLOB), ?1)",
        (part,),
    )
    return [name for (name,) in rows]


def _is_ours(db: apsw.Connection, part: bytes) -> bool:
    """Whether `part` stands in a script, or in a word that the index holds for another answer.

    A pack's questions and examples share phrases with answers; the index keeps words in small letters.
    """
    texts = "SELECT CAST(data AS BLOB) AS data FROM scripts"
    if part.isalnum():
        texts += " UNION ALL SELECT CAST(lower(text) AS BLOB) FROM answer_texts"
    return (
        fetch_one(db, f"SELECT 1 FROM ({texts}) WHERE instr(data, ?) LIMIT 1", (part,)) is not None
    )


def _files(path: Path) -> list[Path]:
    return [file for file in (path, beside(path, "-wal")) if file.exists()]


def _inside(file: Path, slices: set[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    if slices:
        for block in _blocks(file):
            found.update(part for part in slices if part in block)
    return found


def _blocks(file: Path) -> Iterator[bytes]:
    opened = raw_file(file)
    try:
        size = opened.xFileSize()
        for start in range(0, size, _BLOCK):
            length = min(_BLOCK + _SLICE - 1, size - start)
            with suppress(apsw.IOError):
                yield opened.xRead(length, start)
    finally:
        opened.xClose()
