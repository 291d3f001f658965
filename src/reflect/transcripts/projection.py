"""The tables of the injected projector: when they are made, followed and made anew."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from reflect.errors import Misuse
from reflect.events import Event, SessionFinished
from reflect.transcripts import meta, scripts, sessions, streams
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.streams import Known
from reflect.transcripts.values import Projector


def is_current(db: apsw.Connection, projector: Projector) -> bool:
    """Whether the tables in the file are those of this projector."""
    return meta.read(db).get(meta.PROJECTOR) == projector.version


def follow(
    db: apsw.Connection, projector: Projector | None, known: Known, events: Sequence[Event]
) -> None:
    """Project a stream when the `events` just added are a journey's or end their session."""
    journey = known.stream.kind == "journey"
    if journey or any(isinstance(event, SessionFinished) for event in events):
        one(db, projector, known)


def one(db: apsw.Connection, projector: Projector | None, known: Known) -> None:
    """Project a stream as it stands; what is damaged in it is left out."""
    if projector:
        events, _ = streams.read(db, known.stream.id)
        projector.project(db, known.stream, events, scripts.reader(db))


def erase(db: apsw.Connection, projector: Projector | None, known: Known) -> None:
    """Take everything out that came from a stream."""
    if projector:
        projector.project(db, known.stream, (), scripts.reader(db))


def rebuild(db: apsw.Connection, projector: Projector) -> None:
    """Drop the tables and make them from all journeys and ended sessions. Inside a transaction."""
    old = fetch_all(
        db, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name GLOB 'm_*'"
    )
    for (name,) in old:
        db.execute(f'DROP TABLE main."{name}"')
    _make(db, projector, projector.tables)
    meta.put(db, meta.PROJECTOR, projector.version)


def in_memory(db: apsw.Connection, projector: Projector) -> None:
    """The same tables as temporary ones, which hide those in the file: for a store that cannot be written."""
    read_only = db.pragma("query_only")
    db.pragma("query_only", 0)
    try:
        _make(db, projector, projector.tables.replace("CREATE TABLE", "CREATE TEMP TABLE"))
    finally:
        db.pragma("query_only", read_only)


def differences(db: apsw.Connection, projector: Projector) -> list[str]:
    """Names of the tables in the file that differ from what the events make."""
    in_memory(db, projector)
    try:
        return [name for name in projector.names if _differs(db, name)]
    finally:
        db.pragma("query_only", 0)
        for name in projector.names:
            db.execute(f'DROP TABLE temp."{name}"')


def _differs(db: apsw.Connection, name: str) -> bool:
    stored, made = f'SELECT * FROM main."{name}"', f'SELECT * FROM temp."{name}"'
    row = fetch_one(
        db, f"SELECT EXISTS ({stored} EXCEPT {made}) OR EXISTS ({made} EXCEPT {stored})"
    )
    return row != (0,)


def _make(db: apsw.Connection, projector: Projector, tables: str) -> None:
    if any(not name.startswith("m_") for name in projector.names):
        raise Misuse("a projector's tables begin with m_")
    db.execute(tables)
    for known in streams.every(db):
        if known.stream.kind == "journey" or sessions.has_ended(db, known.stream.id):
            one(db, projector, known)
