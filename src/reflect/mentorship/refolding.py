"""All rows of `projection.py` at once, from all sessions and journeys: the same as one after the other."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reflect.mentorship.folding import (
    Row,
    Scripts,
    insert,
    journey_rows,
    note_rows,
    noted_rows,
    session_rows,
    settle_notes,
    write_settled,
)
from reflect.mentorship.rows import rows

if TYPE_CHECKING:
    import apsw

    from reflect.events import Event
    from reflect.transcripts.values import Stream

AT_ONCE = 500
"""Sessions whose rows are written together."""


def write_all(
    db: apsw.Connection, streams: Iterable[tuple[Stream, tuple[Event, ...]]], scripts: Scripts
) -> None:
    """Fill the empty tables from `streams`; what each row needs to know of others is worked out last."""
    with _without_collecting():
        _write_rows(db, streams, scripts)
    db.execute(
        "INSERT INTO m_used SELECT mentorship, pack, text, wording, MAX(session) FROM m_said"
        " GROUP BY mentorship, pack, text, wording"
    )
    settle_notes(db)
    _settle(db)


def _settle(db: apsw.Connection) -> None:
    """Let every item that something became of say so; all is read at once and not item by item."""
    heard, changed = _by_item(db, _HEARD), _by_item(db, _CHANGED)
    made = rows(db, _TOUCHED)
    write_settled(db, [(*row, heard.get(row[0], ()), changed.get(row[0], ())) for row in made])


_TOUCHED = (
    "SELECT id, mentorship, made FROM m_items"
    " WHERE id IN (SELECT item FROM m_checks UNION SELECT item FROM m_changes)"
)
_HEARD = "SELECT item, heard FROM m_checks ORDER BY item, session"
_CHANGED = (
    "SELECT c.item, c.step FROM m_changes c JOIN m_items i ON i.id = c.item"
    " AND i.mentorship = c.mentorship ORDER BY c.item, c.seq"
)


def _by_item(db: apsw.Connection, query: str) -> dict[str, list[tuple[bytes]]]:
    """The second column of `query`, by the first."""
    found: dict[str, list[tuple[bytes]]] = {}
    for item, told in db.execute(query):
        found.setdefault(item, []).append((told,))
    return found


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for cycles meanwhile: a replayed session makes thousands of objects and drops them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write_rows(
    db: apsw.Connection, streams: Iterable[tuple[Stream, tuple[Event, ...]]], scripts: Scripts
) -> None:
    waiting: dict[str, list[Row]] = {}
    for number, (stream, events) in enumerate(streams, 1):
        _gather(waiting, stream, events, scripts)
        if number % AT_ONCE == 0:
            _write(db, waiting)
            gc.collect(1)
    _write(db, waiting)


def _gather(
    waiting: dict[str, list[Row]], stream: Stream, events: tuple[Event, ...], scripts: Scripts
) -> None:
    if stream.kind == "journey":
        waiting.setdefault("m_changes", []).extend(journey_rows(stream, events))
        waiting.setdefault("m_items", []).extend(noted_rows(stream, events))
        waiting.setdefault("m_notes", []).extend(note_rows(stream, events))
        return
    found = session_rows(stream, events, scripts)
    for table, new in found.by_table() if found else ():
        waiting.setdefault(table, []).extend(new)


def _write(db: apsw.Connection, waiting: dict[str, list[Row]]) -> None:
    for table, new in waiting.items():
        insert(db, table, new)
    waiting.clear()
