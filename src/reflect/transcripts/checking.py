"""Looking a store over: everything that is not as it was stored, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.transcripts import projection, scripts, sessions, streams
from reflect.transcripts.database import Database
from reflect.transcripts.query import fetch_all
from reflect.transcripts.values import Projector

_RESTORE = (
    "Restore a backup with `reflect restore`; it adds what is missing and overwrites nothing."
)
_REBUILD = "Run `reflect doctor --rebuild`; no answer is touched."


def check(database: Database, projector: Projector | None) -> list[Diagnostic]:
    """All findings: pages, references, every event's checksum, scripts, the list of sessions, the search index, the projector's tables."""
    place = Place(str(database.path))
    with database.reading() as db:
        altered = list(_events(db, place))
        found = [
            *_structure(db, place),
            *altered,
            *_scripts(db, place),
            # An answer that was lost is still counted there; it is named, and that is enough.
            *([] if altered else _list(db, place)),
            *([] if database.read_only else _index(db, place)),
            *_tables(db, projector, place),
        ]
    return found


def _structure(db: apsw.Connection, place: Place) -> Iterator[Diagnostic]:
    for (line,) in fetch_all(db, "PRAGMA integrity_check"):
        if line != "ok":
            yield Diagnostic("store-damaged", Severity.ERROR, place, str(line), _RESTORE)
    for table, *_ in fetch_all(db, "PRAGMA foreign_key_check"):
        message = f"A row of {table} belongs to no stream."
        yield Diagnostic("store-damaged", Severity.ERROR, place, message, _RESTORE)


def _events(db: apsw.Connection, place: Place) -> Iterator[Diagnostic]:
    for known in streams.every(db):
        _, altered = streams.read(db, known.stream.id)
        for session, seq in altered:
            message = f"Event {seq} of {known.stream.kind} {session} is not what was stored."
            yield Diagnostic("answer-altered", Severity.ERROR, place, message, _RESTORE)


def _scripts(db: apsw.Connection, place: Place) -> Iterator[Diagnostic]:
    for number in scripts.altered(db):
        message = f"Script {number}, from which sessions were asked, is not what was stored."
        yield Diagnostic("script-altered", Severity.ERROR, place, message, _RESTORE)


def _list(db: apsw.Connection, place: Place) -> Iterator[Diagnostic]:
    if sessions.differs(db):
        message = "The list of sessions is not what the events make."
        yield Diagnostic("projection-differs", Severity.WARNING, place, message, _REBUILD)


def _index(db: apsw.Connection, place: Place) -> Iterator[Diagnostic]:
    try:
        db.execute("INSERT INTO answers (answers, rank) VALUES ('integrity-check', 1)")
    except apsw.Error:
        message = "The search index does not fit the answers."
        yield Diagnostic("search-index-damaged", Severity.WARNING, place, message, _REBUILD)


def _tables(db: apsw.Connection, projector: Projector | None, place: Place) -> Iterator[Diagnostic]:
    if projector is None or not projection.is_current(db, projector):
        return
    for name in projection.differences(db, projector):
        message = f"The table {name} is not what the events make."
        yield Diagnostic("projection-differs", Severity.WARNING, place, message, _REBUILD)
