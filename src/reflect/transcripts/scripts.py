"""Scripts by their digest: stored once, so that no edit of a pack disturbs a session."""

from __future__ import annotations

import apsw

from reflect.transcripts.query import fetch_one
from reflect.transcripts.values import ReadScript


def put(db: apsw.Connection, digest: str, data: bytes) -> None:
    """Store a script unless it is there."""
    db.execute("INSERT OR IGNORE INTO scripts (digest, data) VALUES (?, ?)", (digest, data))


def get(db: apsw.Connection, digest: str) -> bytes | None:
    """The bytes of a script."""
    row = fetch_one(db, "SELECT data FROM scripts WHERE digest = ?", (digest,))
    return bytes(row[0]) if row else None


def reader(db: apsw.Connection) -> ReadScript:
    """How a projector reads scripts inside a transaction."""
    return lambda digest: get(db, digest)
