"""A home with thousands of sessions: a few are played for real, the rest are copies of them.

A copy differs from what was played by its session ids, everywhere: in its events, in
what is derived from them and in what refers to them. So the store holds what years
of use would have left there, and takes seconds to make.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from benchmarks.samples import ANSWERS, NOW
from reflect.application.begin import begin_mentorship, begin_session, stage_for
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.dialogue.turn import Turn
from reflect.settings import NO_PLUGINS
from reflect.transcripts import codec, ulid

PLAYED = 25
_DAYS_BETWEEN = 14
_MOST_TURNS = 60
_ULID = re.compile(rb"0[0-9A-HJKMNP-TV-Z]{25}")
_REPLIES = {
    "yesno": "yes",
    "number": "3",
    "scale": "3",
    "date": "2026-11-28",
    "due": "in two weeks",
    "owner": "me",
}

Rename = Callable[[Any], Any]


def make_journey(root: Path, sessions: int) -> Path:
    """A home at `root` with `sessions` ended sessions of the shipped pack; gives `root`."""
    environ = {**os.environ, "REFLECT_HOME": str(root)}
    moment = NOW - timedelta(days=_DAYS_BETWEEN * (PLAYED + 1))
    played = min(sessions, PLAYED)
    for number in range(played):
        at = moment + timedelta(days=_DAYS_BETWEEN * number)
        _play(environ, at, number)
    _multiply(root / "reflect.db", sessions // played - 1)
    return root


# --- playing -----------------------------------------------------------------------


def _play(environ: dict[str, str], at: datetime, number: int) -> None:
    app = Application(environ, clock=lambda: at, plugins=NO_PLUGINS)
    script = app.script()
    relation = app.relation() or begin_mentorship(app, "Ada", "Grace", script.stages[0])
    session = begin_session(app, relation, script, stage_for(script, relation), "short")
    play(session, number)
    session.finish()
    app.close()


def play(session: Session, number: int = 0) -> None:
    """Answer every question of `session`; `number` varies what is said."""
    for step in range(_MOST_TURNS):
        turn = session.turn
        if turn is None:
            return
        if session.say(reply(turn, number + step)) is not None:
            session.skip()


def reply(turn: Turn, number: int) -> str:
    """Something that answers `turn`."""
    if turn.options:
        # By its number: two goals may have the same words.
        return str(number % len(turn.options) + 1)
    return _REPLIES.get(turn.expectation.kind, ANSWERS[number % len(ANSWERS)])


# --- copying -----------------------------------------------------------------------


def _multiply(database: Path, times: int) -> None:
    """Add each session `times` more, with ids before all that are there: what was played stays the newest."""
    db = apsw.Connection(str(database))
    db.execute("BEGIN")
    ids = [name for (name,) in db.execute("SELECT id FROM sessions ORDER BY id")]
    first = ulid.decode(ids[0]) if ids else None
    assert first is not None
    for copy in range(times):
        fresh = (ulid.encode(first - (times - copy) * len(ids) - 1 + at) for at in range(len(ids)))
        _copy(db, dict(zip(ids, fresh, strict=True)))
    db.execute("INSERT INTO answers (answers) VALUES ('rebuild')")
    db.execute("COMMIT")
    db.close()


def _copy(db: apsw.Connection, names: dict[str, str]) -> None:
    """Every row of the sessions in `names`, again under their new names."""
    rename = _renaming(names)
    for old, new in names.items():
        _copy_stream(db, old, new, rename)
    for table, column in _derived(db):
        _copy_table(db, table, column, list(names), rename)


def _derived(db: apsw.Connection) -> list[tuple[str, str]]:
    """The tables whose rows are made from sessions one by one, each with the column that names the session."""
    query = (
        "SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c ON c.name = 'session'"
        " WHERE t.type = 'table' AND t.name LIKE 'm\\_%' ESCAPE '\\' AND t.name <> 'm_used'"
    )
    names: list[Any] = db.execute(query).fetchall()
    return [("sessions", "id"), *((name, "session") for (name,) in names)]


def _copy_stream(db: apsw.Connection, old: str, new: str, rename: Rename) -> None:
    query = "SELECT number, kind, mentorship, length FROM streams WHERE id = ?"
    number, *rest = db.execute(query, (old,)).fetchall()[0]
    db.execute(
        "INSERT INTO streams (id, kind, mentorship, length) VALUES (?, ?, ?, ?)", (new, *rest)
    )
    copied = db.last_insert_rowid()
    events = "SELECT seq, key, salt, CAST(body AS BLOB) FROM events WHERE stream = ? ORDER BY seq"
    rows: list[tuple[Any, ...]] = db.execute(events, (number,)).fetchall()
    for seq, key, salt, body in rows:
        changed = rename(body)
        mark = codec.checksum(salt, new, seq, changed)
        db.execute(
            "INSERT INTO events (stream, seq, key, salt, checksum, body) VALUES (?, ?, ?, ?, ?, ?)",
            (copied, seq, rename(key), salt, mark, changed.decode()),
        )


def _copy_table(
    db: apsw.Connection, table: str, column: str, names: list[str], rename: Rename
) -> None:
    marks = ", ".join("?" * len(names))
    rows = db.execute(f"SELECT * FROM {table} WHERE {column} IN ({marks})", names).fetchall()
    holes = ", ".join("?" * len(rows[0])) if rows else ""
    db.executemany(
        f"INSERT INTO {table} VALUES ({holes})", [tuple(map(rename, row)) for row in rows]
    )


def _renaming(names: dict[str, str]) -> Rename:
    """Puts the new names for the old ones, wherever they stand in a text or in bytes."""
    new = {old.encode(): name.encode() for old, name in names.items()}

    def in_bytes(data: bytes) -> bytes:
        return _ULID.sub(lambda found: new.get(found[0], found[0]), data)

    def rename(value: Any) -> Any:
        if isinstance(value, bytes):
            return in_bytes(value)
        return in_bytes(value.encode()).decode() if isinstance(value, str) else value

    return rename
