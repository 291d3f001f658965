"""Sessions and journeys, folded into the rows of `projection.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reflect.dialogue.keys import NOTE, text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.shares import Reads, reads_of, shares
from reflect.events import (
    Event,
    ItemChanged,
    ItemNoted,
    LastAnswer,
    Ref,
    SessionEvent,
    SessionFinished,
    SessionStarted,
)
from reflect.mentorship.item import Check, Item, decoded
from reflect.mentorship.items import checks, items, serves
from reflect.mentorship.noted import noted
from reflect.mentorship.notes import KnownNote, Unread, known_notes, newest_first
from reflect.mentorship.rows import first, rows
from reflect.mentorship.settling import FIELDS, Step, by_hand, in_order, settled
from reflect.mentorship.standing import in_place
from reflect.script import Script, Share

if TYPE_CHECKING:
    import apsw

    from reflect.mentorship.projection import ReadScript
    from reflect.transcripts.values import Stream

Row = tuple[str | int | bytes | None, ...]
TABLES = ("m_sessions", "m_items", "m_checks", "m_last", "m_said", "m_opened")
"""The tables that the rows of one session stand in."""


class Known:
    """A script, and what is worked out from it once for all of its sessions."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._reads: dict[str, Reads] = {}

    def reads(self, stage: str) -> Reads:
        """What decides about each question of `stage`."""
        if stage not in self._reads:
            self._reads[stage] = reads_of(self.script, stage)
        return self._reads[stage]


Scripts = Callable[[str], Known | None]


def read_script(digest: str, script: ReadScript) -> Known | None:
    """The script of that digest; None when it is not stored."""
    data = script(digest)
    return None if data is None else Known(msgspec.msgpack.decode(data, type=Script))


# --- one session ---------------------------------------------------------------------


class SessionRows(NamedTuple):
    """What one session brings: its row, its items, what it heard about others, answers, wordings, notes it showed."""

    session: Row
    items: list[Row]
    checks: list[Row]
    last: list[Row]
    said: list[Row]
    opened: list[Row]

    def by_table(self) -> tuple[tuple[str, list[Row]], ...]:
        """The rows with the name of their table."""
        found = ([self.session], self.items, self.checks, self.last, self.said, self.opened)
        return tuple(zip(TABLES, found, strict=True))


def session_rows(stream: Stream, events: tuple[Event, ...], scripts: Scripts) -> SessionRows | None:
    """The rows of the session of `stream`; None when it is gone, or its script is."""
    if not events or not isinstance(events[0], SessionStarted):
        return None
    known = scripts(events[0].digest)
    if known is None:
        return None
    session = (event for event in events if isinstance(event, SessionEvent))
    return _Session(stream, Dialogue(known.script, session), known).rows()


class _Session:
    """One replayed session on its way into rows."""

    def __init__(self, stream: Stream, dialogue: Dialogue, known: Known) -> None:
        self.stream = stream
        self.dialogue = dialogue
        self.started = dialogue.started
        self._known = known

    @cached_property
    def _allowed(self) -> Mapping[str, Share]:
        return shares(self.dialogue, self._known.reads(self.started.stage))

    def rows(self) -> SessionRows:
        return SessionRows(
            self._row(),
            self._items(),
            self._checks(),
            self._last(),
            self._said(),
            self._opened(),
        )

    def _row(self) -> Row:
        started, finished = self.started, self.dialogue.finished
        how = finished.how if isinstance(finished, SessionFinished) else "abandoned"
        goal = serves(self.dialogue)
        day = started.at[:10]
        return (*self.stream[1:], started.pack, started.stage, day, how, goal)

    def _items(self) -> list[Row]:
        made = items(self.dialogue, self.stream.id, self._allowed)
        return [item_row(item, self.stream) for item in made]

    def _checks(self) -> list[Row]:
        heard = checks(self.dialogue, self.stream.id)
        return [(one.item, self.stream.id, msgspec.msgpack.encode(one)) for one in heard]

    def _said(self) -> list[Row]:
        said = {self._wording(slot.key) for slot in self.dialogue.visible}
        return [(*key, self.stream.id) for key in said]

    def _opened(self) -> list[Row]:
        """The notes that were come to: one that was not opens the next session."""
        shown = {slot.key for slot in self.dialogue.visible}
        notes = (note for note in self.started.notes if NOTE + note.note in shown)
        return [(one.note, self.stream.mentorship, one.revision, self.stream.id) for one in notes]

    def _wording(self, key: str) -> tuple[str, str, str, int]:
        text = text_id(key)
        pack = "core" if text.startswith("core.") else self.dialogue.script.pack
        wording = self.dialogue.replies[key].event.wording
        return self.stream.mentorship, pack, text, wording

    def _last(self) -> list[Row]:
        where = (self.stream.mentorship, self.dialogue.script.pack)
        found: list[Row] = []
        for key, (question, given) in self.dialogue.walk.readings.items():
            if key == question.id:
                last = LastAnswer(
                    ref=Ref(self.stream.id, given.base),
                    status=given.status,
                    value=given.value,
                    quote=given.quote if given.seq == given.base else None,
                    share=self._allowed[key],
                )
                payload = msgspec.msgpack.encode(last)
                found.append((*where, question.id, self.stream.id, payload))
        return found


def item_row(item: Item, stream: Stream) -> Row:
    """The row of an item as its session made it, nothing having become of it yet."""
    made = msgspec.msgpack.encode(item)
    columns = (item.kind, item.owner, item.due, item.state, int(item.is_open), item.goal)
    return (item.id, stream.mentorship, stream.id, *columns, made, made)


def insert(db: apsw.Connection, table: str, rows: list[Row]) -> None:
    """Put `rows`, all of the same width, into `table`."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def write_session(
    db: apsw.Connection, stream: Stream, events: tuple[Event, ...], scripts: Scripts
) -> None:
    """Replace what came from the session of `stream`; `scripts` gives its script by digest."""
    notes = _opened_in(db, stream.id)
    touched, said = _erase_session(db, stream.id)
    found = session_rows(stream, events, scripts)
    if found is not None:
        for table, new in found.by_table():
            insert(db, table, new)
        touched |= {str(row[0]) for row in (*found.items, *found.checks)}
        said |= {row[:-1] for row in found.said}
        notes += [row[:2] for row in found.opened]
    for row in said:
        _latest_use(db, row)
    db.executemany(f"{_OPENED} WHERE note = ? AND mentorship = ?", notes)
    settle(db, touched)


_OPENED = (
    "UPDATE m_notes SET opened = EXISTS (SELECT 1 FROM m_opened o WHERE o.note = m_notes.note"
    " AND o.mentorship = m_notes.mentorship AND o.revision >= m_notes.revision)"
)


def _opened_in(db: apsw.Connection, session: str) -> list[Row]:
    """The notes that the session showed, each with its mentorship."""
    return list(rows(db, "SELECT note, mentorship FROM m_opened WHERE session = ?", (session,)))


def settle_notes(db: apsw.Connection, mentorship: str = "") -> None:
    """Let the rows of notes, of one mentorship or of all, say whether a session has shown them."""
    where = (" WHERE mentorship = ?", (mentorship,)) if mentorship else ("", ())
    db.execute(_OPENED + where[0], where[1])


def _erase_session(db: apsw.Connection, session: str) -> tuple[set[str], set[Row]]:
    """Take out what the session brought; the ids of items it spoke of, and the wordings it said."""
    checked = rows(db, "SELECT item FROM m_checks WHERE session = ?", (session,))
    said = rows(
        db, "SELECT mentorship, pack, text, wording FROM m_said WHERE session = ?", (session,)
    )
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE session = ?", (session,))
    return {row[0] for row in checked}, set(said)


def _latest_use(db: apsw.Connection, key: Row) -> None:
    """Keep `m_used` at the latest session that said this wording."""
    where = "mentorship = ? AND pack = ? AND text = ? AND wording = ?"
    latest = first(db, f"SELECT MAX(session) FROM m_said WHERE {where}", key)
    session = latest[0] if latest else None
    if session is None:
        db.execute(f"DELETE FROM m_used WHERE {where}", key)
    else:
        db.execute("REPLACE INTO m_used VALUES (?, ?, ?, ?, ?)", (*key, session))


# --- the journey -------------------------------------------------------------------


def journey_rows(stream: Stream, events: tuple[Event, ...]) -> list[Row]:
    """The changes by hand that stand in the journey of `stream`."""
    return [
        (event.item, stream.mentorship, seq, _encoded(by_hand(event, Ref(stream.id, seq))))
        for seq, event in in_place(events)
        if isinstance(event, ItemChanged) and event.field in FIELDS
    ]


def noted_rows(stream: Stream, events: tuple[Event, ...]) -> list[Row]:
    """The items that were noted by hand and stand in the journey of `stream`; of one id, the first."""
    found = {
        item.id: item_row(item, stream)
        for seq, event in reversed(in_place(events))
        if isinstance(event, ItemNoted) and (item := noted(event, Ref(stream.id, seq)))
    }
    return list(found.values())


def note_rows(stream: Stream, events: tuple[Event, ...]) -> list[Row]:
    """The notes in the journey of `stream` that a session opens with, or has opened with."""
    return [
        (one.note.id, stream.mentorship, one.note.revision, place, 0, _unread(one))
        for place, one in enumerate(newest_first(known_notes(stream.id, events)))
        if one.opens
    ]


def _unread(one: KnownNote) -> bytes:
    found = Unread(
        note=one.note.id,
        revision=one.note.revision,
        text=one.text,
        about=one.note.about,
        share=one.note.share,
        proposes=one.waits,
    )
    return msgspec.msgpack.encode(found)


def _encoded(step: Step) -> bytes:
    return msgspec.msgpack.encode(step)


def write_journey(db: apsw.Connection, stream: Stream, events: tuple[Event, ...]) -> None:
    """Replace what came from the journey of `stream`."""
    where = (stream.mentorship,)
    old = rows(db, "SELECT item, mentorship, seq, step FROM m_changes WHERE mentorship = ?", where)
    new = journey_rows(stream, events)
    db.execute("DELETE FROM m_changes WHERE mentorship = ?", where)
    insert(db, "m_changes", new)
    db.execute("DELETE FROM m_notes WHERE mentorship = ?", where)
    insert(db, "m_notes", note_rows(stream, events))
    settle_notes(db, stream.mentorship)
    touched = _write_noted(db, stream, noted_rows(stream, events))
    settle(db, touched | {str(row[0]) for row in set(old) ^ set(new)})


def _write_noted(db: apsw.Connection, stream: Stream, new: list[Row]) -> set[str]:
    """Replace the items noted in the journey of `stream`; gives the ids of those that are different now."""
    made = dict(rows(db, "SELECT id, made FROM m_items WHERE session = ?", (stream.id,)))
    gone = made.keys() - {row[0] for row in new}
    different = [row for row in new if made.get(row[0]) != row[-1]]
    changed = gone | {row[0] for row in different}
    db.executemany("DELETE FROM m_items WHERE id = ?", [(item,) for item in changed])
    insert(db, "m_items", different)
    return {str(item) for item in changed}


# --- settling ------------------------------------------------------------------------


def settle(db: apsw.Connection, items: Iterable[str]) -> None:
    """Let the rows of `items` say what all sessions and changes have made of them."""
    made = [row for item in items for row in rows(db, _MADE, (item,))]
    write_settled(
        db, [(*row, rows(db, _HEARD, row[:1]), rows(db, _CHANGED, row[:2])) for row in made]
    )


_MADE = "SELECT id, mentorship, made FROM m_items WHERE id = ?"
_HEARD = "SELECT heard FROM m_checks WHERE item = ? ORDER BY session"
_CHANGED = "SELECT step FROM m_changes WHERE item = ? AND mentorship = ? ORDER BY seq"

Unsettled = tuple[str, str, bytes, Iterable[tuple[bytes]], Iterable[tuple[bytes]]]
"""An item's id, its mentorship, how it was made, what sessions heard of it and what was changed by hand."""


def write_settled(db: apsw.Connection, found: Iterable[Unsettled]) -> None:
    """Let the row of each of `found` say what became of it."""
    db.executemany(
        "UPDATE m_items SET owner = ?, due = ?, state = ?, open = ?, goal = ?, settled = ?"
        " WHERE id = ?",
        (_settled(*one) for one in found),
    )


def _settled(
    item: str,
    mentorship: str,
    made: bytes,
    heard: Iterable[tuple[bytes]],
    changed: Iterable[tuple[bytes]],
) -> Row:
    """The columns of an item as it stands; only the journey of its own mentorship has a say."""
    steps = in_order(
        (_check().decode(one) for (one,) in heard),
        (_step().decode(one) for (one,) in changed),
    )
    found = settled(decoded(made), steps)
    columns = (found.owner, found.due, found.state, int(found.is_open), found.goal)
    return (*columns, msgspec.msgpack.encode(found), item)


@cache
def _check() -> msgspec.msgpack.Decoder[Check]:
    return msgspec.msgpack.Decoder(Check)


@cache
def _step() -> msgspec.msgpack.Decoder[Step]:
    return msgspec.msgpack.Decoder(Step)
