"""A few marks about the file itself, by name, and what its owner keeps secret beside the record."""

from __future__ import annotations

import apsw

from reflect.transcripts.query import fetch_all

PROJECTOR = "projector"
"""Which version of the projector made its tables."""
SCRUB = "scrub"
"""Deleted bytes may still be in the files."""
_SECRET = "secret:"

LATEST = 2
"""The form of the file today: the number of the last file in `schema/`; a test holds the two equal."""


def version(db: apsw.Connection) -> int:
    """The form that a file has; 0 when it is empty."""
    return int(db.pragma("user_version"))


def read(db: apsw.Connection) -> dict[str, str]:
    """All marks; what is secret is none."""
    return dict(fetch_all(db, "SELECT key, value FROM meta WHERE key NOT GLOB 'secret:*'"))


def put(db: apsw.Connection, key: str, value: str = "") -> None:
    """Set a mark."""
    db.execute("REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def drop(db: apsw.Connection, key: str) -> None:
    """Take a mark away."""
    db.execute("DELETE FROM meta WHERE key = ?", (key,))


def secrets(db: apsw.Connection) -> dict[str, str]:
    """All secrets by name, those that were taken away as ""."""
    rows = fetch_all(db, "SELECT key, value FROM meta WHERE key GLOB 'secret:*'")
    return {name.removeprefix(_SECRET): value for name, value in rows}


def keep_secret(db: apsw.Connection, name: str, value: str) -> None:
    """Put `value` under `name`; "" takes away what was there."""
    put(db, _SECRET + name, value)


def take_over(db: apsw.Connection, source: apsw.Connection) -> None:
    """Keep every secret of `source` whose name has none here; one that was taken away here stays away."""
    here = secrets(db)
    for name, value in secrets(source).items():
        if name not in here:
            keep_secret(db, name, value)
