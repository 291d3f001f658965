"""Erasing a session or an answer: the rows of today and of every earlier revision.

What is erased leaves a tombstone in the journey, so that it stays forgotten when homes
are merged. `scrubbing` then makes sure of the bytes.
"""

from __future__ import annotations

import apsw

from reflect.errors import ReflectError
from reflect.events import AnswerForgotten, ItemNoted, SessionForgotten
from reflect.transcripts import blanking, drafts, projection, scrubbing, sessions, streams
from reflect.transcripts.blanking import Forgotten
from reflect.transcripts.database import Database
from reflect.transcripts.query import fetch_all
from reflect.transcripts.streams import Known
from reflect.transcripts.values import Projector, Report, Stream


def session(database: Database, projector: Projector | None, session_id: str, at: str) -> Report:
    """Erase a session at the local time `at`."""
    with database.writing() as db:
        known = _session(db, session_id)
        texts = texts_of(db, known)
        erase_session(db, projector, known)
        forgotten = Forgotten(sessions=frozenset((session_id,)))
        texts += erase_traces(db, projector, forgotten)
        _bury(db, projector, known.stream, SessionForgotten(at=at, session=session_id))
        scrubbing.ask_for(db)
    return scrubbing.scrub(database, texts)


def answer(
    database: Database, projector: Projector | None, session_id: str, key: str, at: str
) -> Report:
    """Erase the answer at `key`, with the replies to what was asked about it, at the local time `at`."""
    with database.writing() as db:
        known = _session(db, session_id)
        forgotten = _answer(db, known, key)
        texts = _drop_draft(db, session_id, forgotten)
        texts += erase_traces(db, projector, forgotten)
        _bury(db, projector, known.stream, AnswerForgotten(at=at, session=session_id, key=key))
        scrubbing.ask_for(db)
    return scrubbing.scrub(database, texts)


def noted(database: Database, projector: Projector | None, item: str, at: str) -> Report:
    """Erase what was noted by hand as `item`, with all changes of it, at the local time `at`."""
    name, _, key = item.partition(":")
    with database.writing() as db:
        journey = _journey_of(db, item)
        forgotten = Forgotten(answers=frozenset(((name, key),)))
        texts = erase_traces(db, projector, forgotten)
        _bury(db, projector, journey, AnswerForgotten(at=at, session=name, key=key))
        scrubbing.ask_for(db)
    return scrubbing.scrub(database, texts)


def _journey_of(db: apsw.Connection, item: str) -> Stream:
    """The journey in which `item` was noted."""
    for known in _mentioning(db, frozenset((item,))):
        for stored in streams.rows(db, known):
            if isinstance(stored.event, ItemNoted) and stored.event.item == item:
                return known.stream
    raise ReflectError("no-such-item", "That was not noted by hand.", "See: reflect undo --list")


def erase_session(db: apsw.Connection, projector: Projector | None, known: Known) -> None:
    """Delete a session with everything that was made from it."""
    projection.erase(db, projector, known)
    sessions.remove(db, known.stream.id)
    drafts.drop(db, known.stream.id)
    db.execute("DELETE FROM leases WHERE stream = ?", (known.stream.id,))
    streams.remove(db, known)


def erase_traces(
    db: apsw.Connection, projector: Projector | None, forgotten: Forgotten
) -> list[str]:
    """Blank in place, in all streams, whatever belongs to `forgotten`; gives the texts that were there."""
    texts: list[str] = []
    names = forgotten.sessions | {name for name, _ in forgotten.answers}
    for known in _mentioning(db, names):
        found = _blank_stream(db, known, forgotten)
        if found is not None:
            texts += found
            if known.stream.kind == "journey" or sessions.has_ended(db, known.stream.id):
                projection.one(db, projector, known)
    return texts


def _blank_stream(db: apsw.Connection, known: Known, forgotten: Forgotten) -> list[str] | None:
    texts: list[str] = []
    changed = False
    for stored in streams.rows(db, known):
        if stored.event is None:
            continue
        event = blanking.blank(known.stream.id, stored.event, forgotten)
        if event != stored.event:
            changed = True
            texts += blanking.words(stored.event)
            streams.rewrite(db, known, stored, event)
    return texts if changed else None


def _mentioning(db: apsw.Connection, names: frozenset[str]) -> list[Known]:
    numbers: set[int] = set()
    for name in names:
        rows = fetch_all(
            db,
            "SELECT DISTINCT stream FROM events WHERE instr(body, ?1)"
            " UNION SELECT number FROM streams WHERE id = ?1",
            (name,),
        )
        numbers.update(number for (number,) in rows)
    return [known for known in streams.every(db) if known.number in numbers]


def _session(db: apsw.Connection, session_id: str) -> Known:
    known = streams.find(db, session_id)
    if known is None or known.stream.kind != "session":
        raise sessions.no_such()
    return known


def _answer(db: apsw.Connection, known: Known, key: str) -> Forgotten:
    rows = list(streams.rows(db, known))
    if any(stored.event is None for stored in rows):
        # A damaged row cannot be read to see whose it is, so nothing is promised about it.
        streams.read_whole(db, known.stream.id)
    events = [(stored.seq, stored.event) for stored in rows if stored.event is not None]
    asked = Forgotten(answers=frozenset(((known.stream.id, key),)))
    forgotten = blanking.places(asked, known.stream.id, events)
    if not forgotten.places:
        raise ReflectError(
            "no-such-answer", "That session has no such answer.", "See `reflect show`."
        )
    return forgotten


def texts_of(db: apsw.Connection, known: Known) -> list[str]:
    """What its author wrote in a session, its draft included."""
    events = (stored.event for stored in streams.rows(db, known))
    texts = [text for event in events if event is not None for text in blanking.words(event)]
    return texts + _drafted(db, known.stream.id)


def _drafted(db: apsw.Connection, stream_id: str) -> list[str]:
    draft = drafts.read(db, stream_id)
    return [draft.text] if draft else []


def _drop_draft(db: apsw.Connection, session_id: str, forgotten: Forgotten) -> list[str]:
    draft = drafts.read(db, session_id)
    if draft is None or not forgotten.answer(session_id, draft.key):
        return []
    drafts.drop(db, session_id)
    return [draft.text]


def _bury(
    db: apsw.Connection,
    projector: Projector | None,
    stream: Stream,
    tombstone: SessionForgotten | AnswerForgotten,
) -> None:
    journey = Stream("journey", stream.mentorship, stream.mentorship)
    known = streams.find(db, journey.id)
    grown = streams.add(db, known or streams.enter(db, journey, 0), (tombstone,))
    projection.one(db, projector, grown)
