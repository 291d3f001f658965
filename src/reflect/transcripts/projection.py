"""The tables of the injected projector: when they are made, followed and made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import apsw
import msgspec

from reflect.errors import Misuse
from reflect.events import Event, SessionFinished, Undone
from reflect.transcripts import codec, meta, scripts, streams
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.streams import Known
from reflect.transcripts.values import Projector, Stream

ROOM = -65_536
"""Kilobytes of pages kept in memory while all tables are made: else each is written many times."""
TOGETHER = 500
"""Rows that are put into bytes together for their digest."""
NOTHING = Undone("", -1)
"""Stands in the place of a journey's event that is not what was stored: it takes back nothing."""


def is_current(db: apsw.Connection, projector: Projector) -> bool:
    """Whether the tables in the file are those of this projector."""
    return meta.read(db).get(meta.PROJECTOR) == projector.version


def follow(
    db: apsw.Connection, projector: Projector | None, known: Known, events: Sequence[Event]
) -> None:
    """Project a stream unless it is a session that the `events` just added do not end."""
    session = known.stream.kind == "session"
    if not session or any(isinstance(event, SessionFinished) for event in events):
        one(db, projector, known)


def one(db: apsw.Connection, projector: Projector | None, known: Known) -> None:
    """Project a stream as it stands; what is damaged in it is left out."""
    if projector:
        sound = {one.seq: one.event for one in streams.rows(db, known) if one.event}
        projector.project(db, known.stream, _events(known, sound), scripts.reader(db))


def _events(known: Known, sound: Mapping[int, Event]) -> tuple[Event, ...]:
    """What is `sound` in a stream. In a journey, whose events name others by position, gaps stay gaps."""
    if len(sound) == known.length or known.stream.kind != "journey":
        return tuple(sound.values())
    # The length itself may be what was altered, so the last sound event is where it ends.
    return tuple(sound.get(seq, NOTHING) for seq in range(max(sound, default=-1) + 1))


def erase(db: apsw.Connection, projector: Projector | None, known: Known) -> None:
    """Take everything out that came from a stream."""
    if projector:
        projector.project(db, known.stream, (), scripts.reader(db))


def rebuild(db: apsw.Connection, projector: Projector) -> None:
    """Drop the tables and make them from all streams but open sessions. Inside a transaction."""
    old = fetch_all(
        db, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name GLOB 'm_*'"
    )
    usual = db.pragma("cache_size")
    db.pragma("cache_size", ROOM)
    try:
        for (name,) in old:
            db.execute(f'DROP TABLE main."{name}"')
        _make(db, projector, projector.tables)
    finally:
        db.pragma("cache_size", usual)
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
    projector.project_all(db, _ended(db), scripts.reader(db))


def _ended(db: apsw.Connection) -> Iterator[tuple[Stream, tuple[Event, ...]]]:
    ended = {name for (name,) in fetch_all(db, "SELECT id FROM sessions WHERE state <> 'open'")}
    wanted = (
        known
        for known in streams.every(db)
        if known.stream.kind != "session" or known.stream.id in ended
    )
    for known, sound in streams.read_all(db, wanted):
        yield known.stream, _events(known, sound)


def digest(db: apsw.Connection, projector: Projector) -> str:
    """Forty hexadecimal digits over every row of the projector's tables, in order."""
    return codec.digest_of(_rows(db, projector.names))


def _rows(db: apsw.Connection, names: Iterable[str]) -> Iterator[bytes]:
    """Every row of the tables in bytes, many together, and before those of a table its name."""
    encode = msgspec.msgpack.Encoder().encode
    for name in names:
        yield encode(name)
        found = db.execute(f'SELECT * FROM "{name}"')
        while rows := list(islice(found, TOGETHER)):
            yield encode(rows)
