"""A few marks about the file itself, by name."""

from __future__ import annotations

import apsw

from reflect.transcripts.query import fetch_all

PROJECTOR = "projector"
"""Which version of the projector made its tables."""
SCRUB = "scrub"
"""Deleted bytes may still be in the files."""


def read(db: apsw.Connection) -> dict[str, str]:
    """All marks."""
    return dict(fetch_all(db, "SELECT key, value FROM meta"))


def put(db: apsw.Connection, key: str, value: str = "") -> None:
    """Set a mark."""
    db.execute("REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def drop(db: apsw.Connection, key: str) -> None:
    """Take a mark away."""
    db.execute("DELETE FROM meta WHERE key = ?", (key,))
