"""The list of sessions: a table kept in step with their events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
import msgspec

from reflect.errors import Misuse, ReflectError
from reflect.events import Answered, Event, SessionFinished, SessionStarted
from reflect.transcripts import streams
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.streams import Known
from reflect.transcripts.values import SessionRow, State

_COLUMNS = "id, mentorship, pack, stage, language, length, started, day, state, answers, updated"


def follow(db: apsw.Connection, known: Known, events: Sequence[Event]) -> None:
    """Bring the row of a session up to date with `events`, just added after `known.length` others."""
    for seq, event in enumerate(events, known.length):
        if isinstance(event, Answered):
            _answered(db, known, seq, event)
        elif isinstance(event, SessionStarted):
            if seq:
                raise Misuse("a session starts once, with its first event")
            _started(db, known.stream.id, event)
        elif isinstance(event, SessionFinished):
            db.execute(
                "UPDATE sessions SET state = ?, updated = ? WHERE id = ?",
                (event.how, event.at, known.stream.id),
            )


def _started(db: apsw.Connection, session: str, event: SessionStarted) -> None:
    row = (session, event.mentorship, event.pack, event.stage, event.language, event.length)
    times = (event.at, event.at[:10], "open", 0, event.at)
    db.execute(
        f"INSERT INTO sessions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row + times
    )


def _answered(db: apsw.Connection, known: Known, seq: int, event: Answered) -> None:
    before = fetch_one(
        db,
        "SELECT coalesce(body ->> 'status', 'answered') FROM events"
        " WHERE stream = ? AND key = ? AND seq < ? ORDER BY seq DESC LIMIT 1",
        (known.number, event.key, seq),
    )
    asked_by_core = event.key.startswith("core.")
    change = 0 if asked_by_core else (event.status == "answered") - (before == ("answered",))
    db.execute(
        "UPDATE sessions SET answers = answers + ?, updated = ? WHERE id = ?",
        (change, event.at, known.stream.id),
    )


def remove(db: apsw.Connection, session: str) -> None:
    """Take a session out of the list."""
    db.execute("DELETE FROM sessions WHERE id = ?", (session,))


def rebuild(db: apsw.Connection) -> None:
    """Make the list anew from the events that are as they were stored."""
    db.execute("DELETE FROM sessions")
    for known in streams.every(db):
        if known.stream.kind == "session":
            events, _ = streams.read(db, known.stream.id)
            follow(db, msgspec.structs.replace(known, length=0), events)


def differs(db: apsw.Connection) -> bool:
    """Whether the list in the file is not what the events make."""
    read_only = db.pragma("query_only")
    db.pragma("query_only", 0)
    # A table of the same name that is only there for now: it hides the one in the file.
    db.execute("BEGIN; CREATE TEMP TABLE sessions AS SELECT * FROM main.sessions LIMIT 0")
    try:
        rebuild(db)
        made = fetch_all(db, f"SELECT {_COLUMNS} FROM temp.sessions ORDER BY id")
        return made != fetch_all(db, f"SELECT {_COLUMNS} FROM main.sessions ORDER BY id")
    finally:
        db.execute("ROLLBACK")
        db.pragma("query_only", read_only)


def listed(
    db: apsw.Connection,
    *,
    mentorship: str | None = None,
    stage: str | None = None,
    pack: str | None = None,
    since: str | None = None,
    until: str | None = None,
    state: State | None = None,
    limit: int | None = None,
) -> list[SessionRow]:
    """Sessions that fit every filter, newest first; `since` to `until` are local ISO dates, both included."""
    filters = {
        "mentorship = ?": mentorship,
        "stage = ?": stage,
        "pack = ?": pack,
        "day >= ?": since,
        "day <= ?": until,
        "state = ?": state,
    }
    given = {text: value for text, value in filters.items() if value is not None}
    where = " AND ".join(given) or "1"
    rows = fetch_all(
        db,
        f"SELECT {_COLUMNS} FROM sessions WHERE {where} ORDER BY id DESC LIMIT ?",
        (*given.values(), -1 if limit is None else limit),
    )
    return [SessionRow(*row) for row in rows]


def one(db: apsw.Connection, beginning: str) -> SessionRow:
    """The one session whose id begins with `beginning`.

    Raises `ReflectError` "no-such-session" or "ambiguous-session".
    """
    prefix = beginning.upper()
    rows = fetch_all(
        db,
        f"SELECT {_COLUMNS} FROM sessions WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id DESC LIMIT 2",
        (prefix,),
    )
    if not prefix or not rows:
        raise no_such()
    if len(rows) > 1:
        raise ReflectError(
            "ambiguous-session", "Several sessions begin like that.", "Type more of the id."
        )
    return SessionRow(*rows[0])


def places(db: apsw.Connection, wanted: Iterable[str]) -> dict[str, int]:
    """The place of each session in `wanted`, counted from the newest of all, which is 1."""
    query = "SELECT COUNT(*) FROM sessions WHERE id >= ? AND id < ?"
    found: dict[str, int] = {}
    number, newer = 0, "~"
    for session in sorted(set(wanted), reverse=True):
        number += fetch_all(db, query, (session, newer))[0][0]
        found[session] = number
        newer = session
    return found


def no_such() -> ReflectError:
    """The error for an id that no session has."""
    return ReflectError("no-such-session", "There is no such session.", "See `reflect history`.")


def still_open(db: apsw.Connection, mentorship: str) -> SessionRow | None:
    """The newest session of a mentorship that has not ended."""
    row = fetch_one(
        db,
        f"SELECT {_COLUMNS} FROM sessions WHERE mentorship = ? AND state = 'open' ORDER BY id DESC LIMIT 1",
        (mentorship,),
    )
    return SessionRow(*row) if row else None


def has_ended(db: apsw.Connection, session: str) -> bool:
    """Whether a session was finished."""
    row = fetch_one(db, "SELECT state <> 'open' FROM sessions WHERE id = ?", (session,))
    return row == (1,)
