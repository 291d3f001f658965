"""What was typed and not answered yet: one draft for each stream, offered again after a crash."""

from __future__ import annotations

import apsw

from reflect.transcripts.query import fetch_one
from reflect.transcripts.values import Draft


def save(db: apsw.Connection, stream_id: str, key: str, text: str) -> None:
    """Keep `text` as the draft of a stream, in place of the one before."""
    db.execute("REPLACE INTO drafts (stream, key, text) VALUES (?, ?, ?)", (stream_id, key, text))


def read(db: apsw.Connection, stream_id: str) -> Draft | None:
    """The draft of a stream."""
    row = fetch_one(db, "SELECT key, text FROM drafts WHERE stream = ?", (stream_id,))
    return Draft(*row) if row else None


def drop(db: apsw.Connection, stream_id: str) -> None:
    """Delete the draft of a stream, if it has one."""
    db.execute("DELETE FROM drafts WHERE stream = ?", (stream_id,))
