"""Sessions and journeys, folded into the rows of `projection.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.shares import shares
from reflect.events import (
    Event,
    ItemChanged,
    LastAnswer,
    Ref,
    SessionEvent,
    SessionFinished,
    SessionStarted,
)
from reflect.mentorship.items import CLOSING, Item, checks, items
from reflect.mentorship.rows import first, rows
from reflect.script import Script

if TYPE_CHECKING:
    import apsw

    from reflect.mentorship.projection import ReadScript
    from reflect.transcripts.values import Stream

Scripts = Callable[[str], Script | None]


def write_session(
    db: apsw.Connection, stream: Stream, events: tuple[Event, ...], scripts: Scripts
) -> None:
    """Replace what came from the session of `stream`; `scripts` gives its script by digest."""
    touched = _erase_session(db, stream.id)
    dialogue = _dialogue(events, scripts)
    if dialogue is not None:
        touched |= _write_session(db, stream, dialogue)
    for item in touched:
        _settle(db, item)


def read_script(digest: str, script: ReadScript) -> Script | None:
    """The script of that digest; None when it is not stored."""
    data = script(digest)
    return None if data is None else msgspec.msgpack.decode(data, type=Script)


def _dialogue(events: tuple[Event, ...], scripts: Scripts) -> Dialogue | None:
    """The session replayed; None when it is gone, or its script is."""
    if not events or not isinstance(events[0], SessionStarted):
        return None
    found = scripts(events[0].digest)
    session = (event for event in events if isinstance(event, SessionEvent))
    return Dialogue(found, session) if found else None


def _erase_session(db: apsw.Connection, session: str) -> set[str]:
    """Take out what the session brought; the ids of the items whose state it may have set."""
    checked = rows(db, "SELECT item FROM m_checks WHERE session = ?", (session,))
    said = rows(
        db, "SELECT mentorship, pack, text, wording FROM m_said WHERE session = ?", (session,)
    )
    for table in ("m_sessions", "m_items", "m_checks", "m_last", "m_said"):
        db.execute(f"DELETE FROM {table} WHERE session = ?", (session,))
    for row in said:
        _latest_use(db, row)
    return {row[0] for row in checked}


def _write_session(db: apsw.Connection, stream: Stream, dialogue: Dialogue) -> set[str]:
    _write_row(db, stream, dialogue)
    _write_said(db, stream, dialogue)
    _write_last(db, stream, dialogue)
    made = items(dialogue, stream.id)
    for item in made:
        values = (item.id, stream.mentorship, stream.id, item.kind, item.owner, item.due)
        payload = msgspec.msgpack.encode(item)
        db.execute("INSERT INTO m_items VALUES (?, ?, ?, ?, ?, ?, 'open', ?)", (*values, payload))
    heard = checks(dialogue)
    for check in heard:
        db.execute("REPLACE INTO m_checks VALUES (?, ?, ?)", (check.item, stream.id, check.outcome))
    return {item.id for item in made} | {check.item for check in heard}


def _write_row(db: apsw.Connection, stream: Stream, dialogue: Dialogue) -> None:
    started = dialogue.started
    how = dialogue.finished.how if isinstance(dialogue.finished, SessionFinished) else "abandoned"
    row = (stream.id, stream.mentorship, started.pack, started.stage, started.at[:10], how)
    db.execute("INSERT INTO m_sessions VALUES (?, ?, ?, ?, ?, ?)", row)


def _write_said(db: apsw.Connection, stream: Stream, dialogue: Dialogue) -> None:
    for slot in dialogue.visible:
        text = text_id(slot.key)
        pack = "core" if text.startswith("core.") else dialogue.script.pack
        wording = dialogue.replies[slot.key].event.wording
        row = (stream.mentorship, pack, text, wording)
        db.execute("INSERT OR IGNORE INTO m_said VALUES (?, ?, ?, ?, ?)", (*row, stream.id))
        _latest_use(db, row)


def _latest_use(db: apsw.Connection, row: Iterable[str | int]) -> None:
    """Keep `m_used` at the latest session that said this wording."""
    key = tuple(row)
    where = "mentorship = ? AND pack = ? AND text = ? AND wording = ?"
    latest = first(db, f"SELECT MAX(session) FROM m_said WHERE {where}", key)
    session = latest[0] if latest else None
    if session is None:
        db.execute(f"DELETE FROM m_used WHERE {where}", key)
    else:
        db.execute("REPLACE INTO m_used VALUES (?, ?, ?, ?, ?)", (*key, session))


def _write_last(db: apsw.Connection, stream: Stream, dialogue: Dialogue) -> None:
    allowed = shares(dialogue)
    for key, (question, given) in dialogue.walk.readings.items():
        if key != question.id:
            continue
        last = LastAnswer(
            ref=Ref(stream.id, given.base),
            status=given.status,
            value=given.value,
            quote=given.quote if given.seq == given.base else None,
            share=allowed[key],
        )
        row = (stream.mentorship, dialogue.script.pack, question.id, stream.id)
        db.execute(
            "INSERT INTO m_last VALUES (?, ?, ?, ?, ?)", (*row, msgspec.msgpack.encode(last))
        )


# --- the journey -------------------------------------------------------------------


def write_journey(db: apsw.Connection, stream: Stream, events: tuple[Event, ...]) -> None:
    """Replace what came from the journey of `stream`."""
    where = (stream.mentorship,)
    before = rows(db, "SELECT DISTINCT item FROM m_changes WHERE mentorship = ?", where)
    touched = {row[0] for row in before}
    db.execute("DELETE FROM m_changes WHERE mentorship = ?", where)
    for seq, event in enumerate(events):
        if isinstance(event, ItemChanged):
            row = (event.item, stream.mentorship, seq, event.field, event.value)
            db.execute("INSERT INTO m_changes VALUES (?, ?, ?, ?, ?)", row)
            touched.add(event.item)
    for item in touched:
        _settle(db, item)


def _settle(db: apsw.Connection, item: str) -> None:
    """Set the state of `item`: what was changed by hand, else what the latest session heard."""
    changed = first(
        db,
        "SELECT value FROM m_changes WHERE item = ? AND field = 'state' ORDER BY seq DESC LIMIT 1",
        (item,),
    )
    heard = first(
        db, "SELECT outcome FROM m_checks WHERE item = ? ORDER BY session DESC LIMIT 1", (item,)
    )
    outcome = (changed or heard or ("open",))[0]
    state = outcome if outcome in CLOSING else "open"
    db.execute("UPDATE m_items SET state = ? WHERE id = ?", (state, item))


def decoded(payload: bytes) -> Item:
    """An item from its row."""
    return msgspec.msgpack.decode(payload, type=Item)
