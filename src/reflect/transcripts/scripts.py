"""Scripts by their digest: stored once, so that no edit of a pack disturbs a session.

One that no longer fits its digest was altered on the disk and counts as gone.
"""

from __future__ import annotations

import apsw

from reflect.transcripts.codec import digest as digest_of
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.values import ReadScript


def put(db: apsw.Connection, digest: str, data: bytes) -> None:
    """Store a script unless it is there, whole."""
    if get(db, digest) is None:
        db.execute("INSERT OR REPLACE INTO scripts (digest, data) VALUES (?, ?)", (digest, data))


def get(db: apsw.Connection, digest: str) -> bytes | None:
    """The bytes of a script, as they were stored."""
    row = fetch_one(db, "SELECT data FROM scripts WHERE digest = ?", (digest,))
    return row[0] if row and _is_whole(digest, row[0]) else None


def altered(db: apsw.Connection) -> list[int]:
    """The rows whose script is not what was stored."""
    rows = fetch_all(db, "SELECT rowid, CAST(digest AS BLOB), data FROM scripts")
    return [number for number, digest, data in rows if not _is_whole(_name(digest), data)]


def _name(digest: object) -> str:
    return digest.decode("utf-8", "replace") if isinstance(digest, bytes) else ""


def _is_whole(digest: str, data: object) -> bool:
    return isinstance(data, bytes) and digest_of(data) == digest


def reader(db: apsw.Connection) -> ReadScript:
    """How a projector reads scripts inside a transaction."""
    return lambda digest: get(db, digest)
