"""Appending to streams and reading them: the only code that touches the table of events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import apsw
import msgspec

from reflect.errors import Misuse, StoreError
from reflect.events import Answered, Event
from reflect.transcripts import codec, faults
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.values import Altered, Stream

_MOST_LOST = 1_000
"""Places of one stream that are named at most."""


class Known(msgspec.Struct, frozen=True):
    """A stream as it stands in the file: its row, and how many events it holds."""

    number: int
    stream: Stream
    length: int


class Stored(msgspec.Struct, frozen=True):
    """One row of a stream; `event` is None when it is not what was stored."""

    number: int
    seq: int
    event: Event | None


def find(db: apsw.Connection, stream_id: str) -> Known | None:
    """The stream called `stream_id`, if there is one."""
    row = fetch_one(
        db, "SELECT number, kind, id, mentorship, length FROM streams WHERE id = ?", (stream_id,)
    )
    return Known(row[0], Stream(row[1], row[2], row[3]), row[4]) if row else None


def every(db: apsw.Connection) -> list[Known]:
    """All streams, journeys first, then in the order they were begun."""
    rows = fetch_all(
        db, "SELECT number, kind, id, mentorship, length FROM streams ORDER BY kind, id"
    )
    return [Known(row[0], Stream(row[1], row[2], row[3]), row[4]) for row in rows]


def enter(db: apsw.Connection, stream: Stream, expected: int) -> Known:
    """The row of `stream`, which must hold `expected` events; made when it is new. Inside a transaction."""
    known = find(db, stream.id)
    if known is not None and known.stream != stream:
        raise Misuse("a stream keeps its kind and its mentorship")
    found = known.length if known else 0
    if found != expected:
        raise faults.StaleStream(
            "session-moved-on",
            f"{stream.id} holds {found} events, not {expected}: it went on in another window.",
            "Read it again and go on from there.",
        )
    if known:
        return known
    db.execute(
        "INSERT INTO streams (id, kind, mentorship, length) VALUES (?, ?, ?, 0)",
        (stream.id, stream.kind, stream.mentorship),
    )
    return Known(db.last_insert_rowid(), stream, 0)


def add(db: apsw.Connection, known: Known, events: Sequence[Event]) -> Known:
    """`events` at the end of a stream; the search index holds the latest answer at each key."""
    sound = True
    for seq, event in enumerate(events, known.length):
        if isinstance(event, Answered):
            sound = _supersede(db, known, event.key) and sound
        _insert(db, known, seq, event)
    if not sound:
        reindex(db)
    grown = msgspec.structs.replace(known, length=known.length + len(events))
    db.execute("UPDATE streams SET length = ? WHERE number = ?", (grown.length, known.number))
    return grown


def _insert(db: apsw.Connection, known: Known, seq: int, event: Event) -> None:
    key = event.key if isinstance(event, Answered) else None
    salt, body, mark = _sealed(known.stream.id, seq, event)
    db.execute(
        "INSERT INTO events (stream, seq, key, salt, checksum, body) VALUES (?, ?, ?, ?, ?, ?)",
        (known.number, seq, key, salt, mark, body.decode()),
    )
    if isinstance(event, Answered):
        _index(db, db.last_insert_rowid(), event)


def _supersede(db: apsw.Connection, known: Known, key: str) -> bool:
    """Take the latest answer at `key` out of the search index; False when it is not what was put in."""
    row = fetch_one(
        db,
        "SELECT number, seq, salt, checksum, CAST(body AS BLOB) FROM events"
        " WHERE stream = ? AND key = ? ORDER BY seq DESC LIMIT 1",
        (known.number, key),
    )
    if row is None:
        return True
    before = _stored(known, *row)
    if isinstance(before.event, Answered):
        _unindex(db, before.number, before.event)
    return before.event is not None


def rewrite(db: apsw.Connection, known: Known, stored: Stored, event: Event) -> None:
    """Put `event`, a blanked form of what is there, in the same place; the index forgets the old text."""
    if isinstance(stored.event, Answered):
        _unindex(db, stored.number, stored.event)
    salt, body, mark = _sealed(known.stream.id, stored.seq, event)
    db.execute(
        "UPDATE events SET salt = ?, checksum = ?, body = ? WHERE number = ?",
        (salt, mark, body.decode(), stored.number),
    )
    if isinstance(event, Answered):
        _index(db, stored.number, event)


def remove(db: apsw.Connection, known: Known) -> None:
    """Delete a stream with all its events."""
    damaged = False
    for stored in rows(db, known):
        damaged = damaged or stored.event is None
        if isinstance(stored.event, Answered):
            _unindex(db, stored.number, stored.event)
    db.execute("DELETE FROM events WHERE stream = ?", (known.number,))
    db.execute("DELETE FROM streams WHERE number = ?", (known.number,))
    if damaged:
        reindex(db)


def _index(db: apsw.Connection, number: int, event: Answered) -> None:
    """Put row `number`, which holds `event`, into the search index if it belongs there."""
    if _belongs(db, number):
        db.execute("INSERT INTO answers (rowid, text) VALUES (?, ?)", (number, event.text))


def _unindex(db: apsw.Connection, number: int, event: Answered) -> None:
    """Take row `number`, which holds `event`, out of the search index if it is there."""
    # Taking out what was never put in would damage the index.
    if _belongs(db, number):
        db.execute(
            "INSERT INTO answers (answers, rowid, text) VALUES ('delete', ?, ?)",
            (number, event.text),
        )


def _belongs(db: apsw.Connection, number: int) -> bool:
    return fetch_one(db, "SELECT 1 FROM answer_texts WHERE number = ?", (number,)) is not None


def reindex(db: apsw.Connection) -> None:
    """Make the search index anew from the events."""
    db.execute("INSERT INTO answers (answers) VALUES ('rebuild')")


def rows(db: apsw.Connection, known: Known) -> Iterator[Stored]:
    """Every row of a stream in order, each checked against its checksum."""
    found = fetch_all(
        db,
        "SELECT number, seq, salt, checksum, CAST(body AS BLOB) FROM events WHERE stream = ? ORDER BY seq",
        (known.number,),
    )
    for row in found:
        yield _stored(known, *row)


def _stored(known: Known, number: int, seq: int, salt: object, mark: object, body: bytes) -> Stored:
    whole = is_whole(known.stream.id, seq, salt, mark, body)
    return Stored(number, seq, codec.decode(body, known.stream.id, seq) if whole else None)


def read(db: apsw.Connection, stream_id: str) -> tuple[tuple[Event, ...], tuple[Altered, ...]]:
    """The events of a stream that are as they were stored, and the places of those that are not."""
    found = fetch_all(
        db,
        "SELECT t.length, e.seq, e.salt, e.checksum, CAST(e.body AS BLOB) FROM streams t"
        " LEFT JOIN events e ON e.stream = t.number WHERE t.id = ? ORDER BY e.seq",
        (stream_id,),
    )
    length = found[0][0] if found else 0
    events = _sound(stream_id, (row for row in found if row[1] is not None))
    if len(events) == length:
        return tuple(events.values()), ()
    return tuple(events.values()), _lost(stream_id, length, events)


def _lost(stream_id: str, length: object, events: Collection[int]) -> tuple[Altered, ...]:
    """The places of a stream that has another length than `events`; `length` may be anything, too."""
    known = length if isinstance(length, int) else 0
    lost = (Altered(stream_id, seq) for seq in range(known) if seq not in events)
    # Where the length itself was altered, what stands behind the last event is as good a place as any.
    return tuple(islice(lost, _MOST_LOST)) or (Altered(stream_id, len(events)),)


def at(db: apsw.Connection, places: Collection[tuple[str, int]]) -> dict[tuple[str, int], Event]:
    """The sound events at `places`, each a stream and a position, with one query for all."""
    found = fetch_all(
        db,
        "SELECT t.id, e.seq, e.salt, e.checksum, CAST(e.body AS BLOB) FROM json_each(?) w"
        " CROSS JOIN streams t ON t.id = w.value ->> 0"
        " JOIN events e ON e.stream = t.number AND e.seq = w.value ->> 1",
        (msgspec.json.encode(list(places)).decode(),),
    )
    return {
        (stream_id, seq): codec.decode(body, stream_id, seq)
        for stream_id, seq, salt, mark, body in found
        if is_whole(stream_id, seq, salt, mark, body)
    }


def read_all(
    db: apsw.Connection, wanted: Iterable[Known]
) -> Iterator[tuple[Known, Mapping[int, Event]]]:
    """Each stream of `wanted` that has a row, with its sound events by position: one pass over the file."""
    known = {one.number: one for one in wanted}
    rows = db.execute(
        "SELECT stream, seq, salt, checksum, CAST(body AS BLOB) FROM events ORDER BY stream, seq"
    )
    for number, found in groupby(rows, itemgetter(0)):
        if number in known:
            yield known[number], _sound(known[number].stream.id, found, one_of_many=True)


def _sound(
    stream_id: str, rows: Iterable[tuple[Any, ...]], *, one_of_many: bool = False
) -> dict[int, Event]:
    """The events of `rows` that are as they were stored, by position; the first column is not looked at."""
    return {
        seq: codec.decode(body, stream_id, seq, one_of_many=one_of_many)
        for _, seq, salt, mark, body in rows
        if is_whole(stream_id, seq, salt, mark, body)
    }


def read_whole(db: apsw.Connection, stream_id: str) -> tuple[Event, ...]:
    """The events of a stream; `StoreError` "answer-altered" when one is not as it was stored."""
    events, altered = read(db, stream_id)
    if altered:
        first = altered[0]
        raise StoreError(
            "answer-altered",
            f"Event {first.seq} of session {first.session} is not what was stored.",
            "Run `reflect doctor`; the other answers can be read, a backup may hold this one.",
        )
    return events


def is_whole(stream_id: str, seq: int, salt: object, mark: object, body: object) -> bool:
    """Whether a row is what was stored there; its columns may hold anything."""
    return (
        isinstance(salt, bytes)
        and isinstance(body, bytes)
        and len(salt) == 16
        and codec.checksum(salt, stream_id, seq, body) == mark
    )


def _sealed(stream_id: str, seq: int, event: Event) -> tuple[bytes, bytes, bytes]:
    salt, body = codec.new_salt(), codec.encode(event)
    return salt, body, codec.checksum(salt, stream_id, seq, body)
