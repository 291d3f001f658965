"""Bringing another store's record into this one: a restored backup, or a second machine's home.

Nothing here is ever overwritten. Both sides' tombstones hold for both. Merging the
same store twice changes nothing.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.errors import StoreError
from reflect.events import Answered, Event, SessionStarted, Undone
from reflect.transcripts import (
    blanking,
    codec,
    drafts,
    faults,
    forgetting,
    meta,
    migrations,
    projection,
    references,
    scripts,
    scrubbing,
    sessions,
    streams,
    ulid,
)
from reflect.transcripts.blanking import Forgotten
from reflect.transcripts.database import Database
from reflect.transcripts.keys import key_of
from reflect.transcripts.streams import Known
from reflect.transcripts.values import MergeReport, Projector, Stream

if TYPE_CHECKING:
    from reflect.transcripts.keys import Key, Opener

Events = tuple[Event, ...]


def merge(
    database: Database,
    projector: Projector | None,
    path: Path,
    only: str | None = None,
    opener: Opener | None = None,
) -> MergeReport:
    """Merge the store or backup at `path` into `database`; of several mentorships, `only` this one.

    One that is locked is opened with the key of `database`, else with what `opener` finds. Raises
    `StoreError` (store-too-new, store-damaged, no-store, the opener's) before anything is changed.
    """
    other = _opened(path, database.key, opener)
    try:
        with other.reading() as db:
            source = _today(db, path)
            return _merge(database, projector, source, path, only)
    finally:
        other.close()


def _opened(path: Path, key: Key | None, opener: Opener | None) -> Database:
    found = key_of(path, key, opener)
    try:
        return Database(path, read_only=True, key=found)
    except StoreError as error:
        raise faults.no_backup(path) if error.code == "store-damaged" else error from None


def _today(db: apsw.Connection, path: Path) -> apsw.Connection:
    found = migrations.version(db)
    if found > migrations.LATEST:
        raise faults.too_new(path)
    if found == 0:
        raise faults.no_backup(path)
    return db if found == migrations.LATEST else migrations.rehearse(db, path)


def _merge(
    database: Database,
    projector: Projector | None,
    source: apsw.Connection,
    path: Path,
    only: str | None,
) -> MergeReport:
    with database.writing() as db:
        work = _Merge(db, source, path, only)
        report = work.run(projector)
        if work.erased:
            scrubbing.ask_for(db)
        if work.restored:
            sessions.rebuild(db)  # a beginning may be among what was restored
        if report.changed or work.restored:
            _settle(db, projector, work.was_empty)
    if work.erased:
        scrubbing.scrub(database, work.erased)
    return report


def _settle(db: apsw.Connection, projector: Projector | None, was_empty: bool) -> None:
    if not was_empty:
        _renumber(db)
    streams.reindex(db)
    if projector:
        projection.rebuild(db, projector)


def _renumber(db: apsw.Connection) -> None:
    # A search walks numbers from the newest, so sessions of both stores are put in one order.
    db.execute(
        "CREATE TEMP TABLE turns (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);"
        "INSERT INTO turns SELECT e.number, row_number() OVER (ORDER BY t.id, e.seq)"
        " FROM events e JOIN streams t ON t.number = e.stream;"
        "UPDATE events SET number = -(SELECT new FROM turns WHERE old = number);"
        "UPDATE events SET number = -number;"
        "DROP TABLE temp.turns"
    )


class _Merge:
    """One merge inside one transaction; counts what it does."""

    def __init__(
        self, db: apsw.Connection, source: apsw.Connection, path: Path, only: str | None
    ) -> None:
        self.db = db
        self.source = source
        self.path = path
        self.only = only
        self.was_empty = not streams.every(db)
        self.added = 0
        self.extended = 0
        self.restored = 0
        self.erased: list[str] = []
        self.findings: list[Diagnostic] = []
        self.moved: dict[str, list[int]] = {}

    def run(self, projector: Projector | None) -> MergeReport:
        theirs = {
            known.stream: self._theirs(known)
            for known in streams.every(self.source)
            if self.only in (None, known.stream.mentorship)
        }
        self._scripts(theirs)
        if self.only is None:
            meta.take_over(self.db, self.source)
        forgotten = self._forgotten(theirs)
        gone = self._erase(projector, forgotten)
        left_out = sum(_left_out(stream.id, theirs[stream], forgotten) for stream in theirs)
        for stream, events in theirs.items():
            if stream.id not in forgotten.sessions:
                # Journeys come first, so it is known by then where their events went.
                self._stream(stream, self._moved(_blanked(stream.id, events, forgotten)), forgotten)
        return MergeReport(self.added, self.extended, gone, left_out, tuple(self.findings))

    def _moved(self, events: Events) -> Events:
        return (
            tuple(references.moved(event, self.moved) for event in events) if self.moved else events
        )

    def _theirs(self, known: Known) -> Events:
        events, altered = streams.read(self.source, known.stream.id)
        if altered:
            self._find("answer-altered", known.stream.id, "was cut before a damaged answer")
        return events[: altered[0].seq] if altered else events

    def _scripts(self, theirs: dict[Stream, Events]) -> None:
        events = (event for found in theirs.values() for event in found[:1])
        used = {event.digest for event in events if isinstance(event, SessionStarted)}
        for digest, data in self.source.execute("SELECT digest, data FROM scripts"):
            if self.only is None or digest in used:
                scripts.put(self.db, digest, data)

    def _forgotten(self, theirs: dict[Stream, Events]) -> Forgotten:
        ours = {
            known.stream: streams.read(self.db, known.stream.id)[0] for known in _journeys(self.db)
        }
        journeys = [
            event
            for side in (ours, theirs)
            for stream, events in side.items()
            if stream.kind == "journey"
            for event in events
        ]
        forgotten = blanking.tombstones(journeys)
        for stream, events in theirs.items():
            forgotten = blanking.places(forgotten, stream.id, enumerate(events))
        for name in sorted({name for name, _ in forgotten.answers}):
            events, _ = streams.read(self.db, name)
            forgotten = blanking.places(forgotten, name, enumerate(events))
        return forgotten

    def _erase(self, projector: Projector | None, forgotten: Forgotten) -> int:
        gone = [
            known for name in sorted(forgotten.sessions) if (known := streams.find(self.db, name))
        ]
        for known in gone:
            self.erased += forgetting.texts_of(self.db, known)
            forgetting.erase_session(self.db, projector, known)
        texts = forgetting.erase_traces(self.db, projector, forgotten)
        self.erased += texts
        return len(gone) + len(texts)

    def _stream(self, stream: Stream, events: Events, forgotten: Forgotten) -> None:
        known = streams.find(self.db, stream.id)
        if known is None:
            self._add(stream, events)
        elif self._agree(known, events):
            self._extend(known, events)
        elif stream.kind in ("journey", "review"):
            self._unite(known, events)
        else:
            self._diverged(known, events, forgotten)

    def _add(self, stream: Stream, events: Events) -> None:
        self._append(streams.enter(self.db, stream, 0), events)
        draft = drafts.read(self.source, stream.id)
        if draft:
            drafts.save(self.db, stream.id, draft.key, draft.text)
        self.added += 1

    def _append(self, known: Known, events: Events) -> None:
        streams.add(self.db, known, events)
        if known.stream.kind == "session":
            sessions.follow(self.db, known, events)

    def _agree(self, known: Known, events: Events) -> bool:
        ours = streams.rows(self.db, known)
        return all(row.event in (None, events[row.seq]) for row in ours if row.seq < len(events))

    def _extend(self, known: Known, events: Events) -> None:
        for row in list(streams.rows(self.db, known)):
            if row.event is None and row.seq < len(events):
                streams.rewrite(self.db, known, row, events[row.seq])
                self.restored += 1
                self._find("answer-restored", known.stream.id, "has a damaged answer restored")
        if len(events) > known.length:
            self._append(known, events[known.length :])
            self.extended += 1

    def _unite(self, known: Known, events: Events) -> None:
        """Add what is theirs alone; an undoing among it names the place its event has here."""
        here: dict[bytes, deque[int]] = {}
        for row in streams.rows(self.db, known):
            if row.event is not None:
                here.setdefault(codec.encode(row.event), deque()).append(row.seq)
        places: list[int] = []
        new: list[Event] = []
        for event in events:
            if isinstance(event, Undone):
                event = Undone(event.at, places[event.seq] if 0 <= event.seq < len(places) else -1)
            same = here.get(codec.encode(event))
            places.append(same.popleft() if same else known.length + len(new))
            if places[-1] == known.length + len(new):
                new.append(event)
        self.moved[known.stream.id] = places
        if new:
            self._append(known, tuple(new))
            self.extended += 1

    def _diverged(self, known: Known, events: Events, forgotten: Forgotten) -> None:
        for attempt in range(len(streams.every(self.db)) + 1):
            name = _other_id(known.stream.id, self._parting(known, events), attempt)
            if name in forgotten.sessions:
                return
            copy = _blanked(name, events, forgotten)
            there = streams.find(self.db, name)
            if there is None:
                self._find(
                    "session-diverged", known.stream.id, f"went on elsewhere; that is now {name}"
                )
                self._add(known.stream._replace(id=name), copy)
                return
            if self._agree(there, copy):
                self._extend(there, copy)
                return

    def _parting(self, known: Known, events: Events) -> str:
        """Where theirs leaves ours, told without a word of what was said there."""
        for row in streams.rows(self.db, known):
            event = events[row.seq]
            if row.event not in (None, event):
                place = (type(event).__name__, getattr(event, "key", ""), getattr(event, "at", ""))
                return f"{row.seq} {place}"
        return ""

    def _find(self, code: str, stream_id: str, what: str) -> None:
        place = Place(str(self.path))
        found = Diagnostic(code, Severity.WARNING, place, f"Session {stream_id} {what}.")
        self.findings.append(found)


def _journeys(db: apsw.Connection) -> list[Known]:
    return [known for known in streams.every(db) if known.stream.kind == "journey"]


def _blanked(name: str, events: Events, forgotten: Forgotten) -> Events:
    return tuple(blanking.blank(name, event, forgotten) for event in events)


def _left_out(name: str, events: Events, forgotten: Forgotten) -> int:
    """1 for a session that is forgotten, else how many answers of the stream are."""
    if name in forgotten.sessions:
        return 1
    answers = (event for event in events if isinstance(event, Answered))
    return len({event.key for event in answers if blanking.blank(name, event, forgotten) != event})


def _other_id(session: str, parting: str, attempt: int) -> str:
    """The id under which the other side's version is kept: the same at every merge, and sorting beside it."""
    from hashlib import blake2b

    digest = blake2b(f"{session} {attempt} {parting}".encode(), digest_size=10).digest()
    return session[:10] + ulid.encode(int.from_bytes(digest, "big"))[10:]
