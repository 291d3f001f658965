"""The door to the record: one `Store` is one open file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, overload

from reflect.errors import Misuse
from reflect.events import Answered, Event, Kept, SessionFinished
from reflect.transcripts import meta, scripts, streams
from reflect.transcripts.database import Database
from reflect.transcripts.faults import LeaseTaken, StaleStream, outdated
from reflect.transcripts.keys import key_of
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.values import (
    Altered,
    Draft,
    Hit,
    Lease,
    MergeReport,
    Projector,
    Report,
    SessionRow,
    State,
    Stream,
)

if TYPE_CHECKING:
    from reflect.diagnostics import Diagnostic
    from reflect.transcripts.keys import Key, Opener
    from reflect.transcripts.search import Order

__all__ = [
    "Altered",
    "Draft",
    "Hit",
    "Lease",
    "LeaseTaken",
    "MergeReport",
    "Projector",
    "Report",
    "SessionRow",
    "StaleStream",
    "Store",
    "Stream",
]


class Store:
    """Streams of events, the scripts they ran on, and what is derived from them.

    Made by `open`; a context manager that closes. Every method may raise `StoreError`;
    after one from a method that writes, nothing of it was stored, except for
    "store-replaced" and "disk-error", after which the stream must be read again.
    """

    def __init__(self, database: Database, projector: Projector | None) -> None:
        self._database = database
        self._projector = projector
        self._last_id = ""

    @classmethod
    def open(
        cls,
        path: Path,
        projector: Projector | None,
        *,
        read_only: bool = False,
        patience_ms: int = 5000,
        current: bool = False,
        key: Key | None = None,
        opener: Opener | None = None,
    ) -> Store:
        """Open the file at `path`, made when it is not there; `patience_ms` is how long to wait for others.

        `read_only` also works on a disk that cannot be written; with `current` a file that would first
        have to be written to suit this version is refused: StoreError store-outdated. A locked file is opened by `key`, or
        by what `opener` finds; `key` also locks a file that is made. Raises `StoreError` store-too-new,
        store-damaged, store-truncated, store-is-locked, store-locked, store-read-only, no-store, the
        opener's and the disk's own.
        """
        found = key_of(path, key, opener)
        database = Database(path, read_only=read_only, patience_ms=patience_ms, key=found)
        try:
            with database.reading() as db:
                if meta.version(db) != meta.LATEST:
                    if current and 0 < meta.version(db) < meta.LATEST:
                        raise outdated(path)
                    from reflect.transcripts.migrations import bring_up_to_date

                    bring_up_to_date(db, path, key=found)
            store = cls(database, projector)
            store._prepare(current=current)
        except BaseException:
            database.close()
            raise
        return store

    def _prepare(self, *, current: bool) -> None:
        with self._database.reading() as db:
            marks = meta.read(db)
        if self.key and not self.read_only:
            from reflect.transcripts import locking

            locking.sweep(self.path)
        if meta.SCRUB in marks and not self.read_only:
            from reflect.transcripts import scrubbing

            scrubbing.finish(self._database)
        if self._projector and marks.get(meta.PROJECTOR) != self._projector.version:
            if current:
                raise outdated(self.path)
            self._project(self._projector)

    def _project(self, projector: Projector) -> None:
        if not self.read_only:
            self.rebuild()
            return
        from reflect.transcripts import projection

        with self._database.reading() as db:
            projection.in_memory(db, projector)

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._database.path

    @property
    def key(self) -> Key | None:
        """What it was opened with; None when it is not locked."""
        return self._database.key

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only."""
        return self._database.read_only

    # --- events ---

    def new_id(self) -> str:
        """A ULID after every id that this store knows or gave, even when the clock was put back."""
        from reflect.transcripts import ulid

        with self._database.reading() as db:
            row = fetch_one(db, "SELECT max(id) FROM streams WHERE id < ?", (ulid.BEYOND,))
        self._last_id = ulid.following(max(self._last_id, (row and row[0]) or ""))
        return self._last_id

    def id_after(self, earlier: str) -> str:
        """A ULID that sorts right after `earlier`, which is one."""
        from reflect.transcripts import ulid

        return ulid.shortly_after(earlier)

    def append(
        self, stream: Stream, expected: int, events: Sequence[Event], *, lease: Lease | None = None
    ) -> int:
        """Store `events` at the end of `stream`, which holds `expected` of them; gives its new length.

        Returns once they are on the disk (one sync). An answer that is given or kept, or a session's
        end, deletes the stream's draft. Raises `StaleStream` "session-moved-on" when the
        stream holds more or fewer, `StoreError` "session-taken-over" when another process holds
        its lease, "store-replaced" when the file is no longer at its path.
        """
        from reflect.transcripts import drafts, leases, projection, sessions

        if expected < 0:
            raise Misuse("a stream cannot hold fewer than no events")
        with self._database.writing() as db:
            known = streams.enter(db, stream, expected)
            leases.check(db, stream.id, lease)
            grown = streams.add(db, known, events)
            if stream.kind == "session":
                sessions.follow(db, known, events)
            if any(isinstance(event, (Answered, Kept, SessionFinished)) for event in events):
                drafts.drop(db, stream.id)
            projection.follow(db, self._projector, grown, events)
        return grown.length

    @overload
    def events(self, stream_id: str) -> tuple[Event, ...]: ...
    @overload
    def events(
        self, stream_id: str, *, damaged: Literal["skip"]
    ) -> tuple[tuple[Event, ...], tuple[Altered, ...]]: ...
    def events(
        self, stream_id: str, *, damaged: Literal["raise", "skip"] = "raise"
    ) -> tuple[Event, ...] | tuple[tuple[Event, ...], tuple[Altered, ...]]:
        """The events of a stream in order, each checked; none for an unknown stream.

        `StoreError` "answer-altered" names the first that is not what was stored; with
        `damaged="skip"` the others come together with the places of those.
        """
        with self._database.reading() as db:
            if damaged == "skip":
                return streams.read(db, stream_id)
            return streams.read_whole(db, stream_id)

    def events_at(self, places: Collection[tuple[str, int]]) -> dict[tuple[str, int], Event]:
        """What stands at (stream, position), each checked.

        What is not there, or not what was stored, is left out.
        """
        with self._database.reading() as db:
            return streams.at(db, places)

    def put_script(self, digest: str, data: bytes) -> None:
        """Store a script under its digest, once."""
        if self.script(digest) is None:
            with self._database.writing() as db:
                scripts.put(db, digest, data)

    def script(self, digest: str) -> bytes | None:
        """The script of that digest."""
        with self._database.reading() as db:
            return scripts.get(db, digest)

    def rows(
        self, sql: str, bindings: tuple[Any, ...] | dict[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """What a SELECT over the projector's tables gives."""
        with self._database.reading() as db:
            return fetch_all(db, sql, bindings)

    # --- sessions ---

    def sessions(
        self,
        *,
        mentorship: str | None = None,
        stage: str | None = None,
        pack: str | None = None,
        since: str | None = None,
        until: str | None = None,
        state: State | None = None,
        limit: int | None = None,
    ) -> list[SessionRow]:
        """Sessions that fit every filter, newest first; `since` to `until` are local ISO dates."""
        from reflect.transcripts import sessions

        with self._database.reading() as db:
            return sessions.listed(
                db,
                mentorship=mentorship,
                stage=stage,
                pack=pack,
                since=since,
                until=until,
                state=state,
                limit=limit,
            )

    def session(self, id_or_prefix: str) -> SessionRow:
        """The one session whose id begins so; `ReflectError` "no-such-session" or "ambiguous-session"."""
        from reflect.transcripts import sessions

        with self._database.reading() as db:
            return sessions.one(db, id_or_prefix)

    def places(self, session_ids: Iterable[str]) -> dict[str, int]:
        """The place of each of these sessions, counted from the newest of all, which is 1."""
        from reflect.transcripts import sessions

        with self._database.reading() as db:
            return sessions.places(db, session_ids)

    def open_session(self, mentorship: str) -> SessionRow | None:
        """The newest session of a mentorship that has not ended."""
        from reflect.transcripts import sessions

        with self._database.reading() as db:
            return sessions.still_open(db, mentorship)

    def mentorships(self) -> list[str]:
        """Ids of mentorships in the order they were begun."""
        with self._database.reading() as db:
            rows = fetch_all(db, "SELECT id FROM streams WHERE kind = 'journey' ORDER BY id")
            return [name for (name,) in rows]

    def reviews(self) -> list[str]:
        """Ids of reviews."""
        with self._database.reading() as db:
            rows = fetch_all(db, "SELECT id FROM streams WHERE kind = 'review' ORDER BY id")
            return [name for (name,) in rows]

    # --- marks ---

    def mark(self, name: str) -> str:
        """What was put under `name`, about the file and not of it; "" when nothing was."""
        with self._database.reading() as db:
            return meta.read(db).get(name, "")

    def put_mark(self, name: str, value: str) -> None:
        """Put `value` under `name`; a merge does not bring it along."""
        with self._database.writing() as db:
            meta.put(db, name, value)

    # --- secrets ---

    def secret(self, name: str) -> str:
        """What its owner keeps under `name` beside the record: a key, an address; "" when nothing is."""
        return self.secrets(name).get(name, "")

    def secrets(self, beginning: str) -> dict[str, str]:
        """By name, all that is kept under names that begin so."""
        with self._database.reading() as db:
            found = meta.secrets(db)
        return {
            name: value for name, value in found.items() if value and name.startswith(beginning)
        }

    def keep_secret(self, name: str, value: str) -> None:
        """Put `value` under `name`, "" to take it away; a merge brings what has no such name here."""
        with self._database.writing() as db:
            meta.keep_secret(db, name, value)

    # --- drafts and leases ---

    def save_draft(self, stream_id: str, key: str, text: str) -> None:
        """Keep what was typed so far for `key`, in place of the stream's earlier draft."""
        from reflect.transcripts import drafts

        with self._database.writing() as db:
            drafts.save(db, stream_id, key, text)

    def draft(self, stream_id: str) -> Draft | None:
        """Key and text of what was typed and not answered."""
        from reflect.transcripts import drafts

        with self._database.reading() as db:
            return drafts.read(db, stream_id)

    def drop_draft(self, stream_id: str) -> None:
        """Delete the draft of a stream."""
        from reflect.transcripts import drafts

        with self._database.writing() as db:
            drafts.drop(db, stream_id)

    def take_lease(self, stream_id: str, *, over: bool = False) -> Lease:
        """The right to write a session; `LeaseTaken` "session-open-elsewhere" unless taken `over`.

        It lapses after 30 seconds without `append` or `renew`, or when its process died.
        """
        from reflect.transcripts import leases

        with self._database.writing() as db:
            return leases.take(db, stream_id, over=over)

    def renew(self, lease: Lease) -> None:
        """Keep a lease; `StoreError` "session-taken-over" when another has it."""
        from reflect.transcripts import leases

        with self._database.writing() as db:
            leases.renew(db, lease)

    def holds(self, lease: Lease) -> bool:
        """Whether nobody has taken a lease over; only reads."""
        from reflect.transcripts import leases

        with self._database.reading() as db:
            return leases.holds(db, lease)

    def release(self, lease: Lease) -> None:
        """Give a lease back."""
        from reflect.transcripts import leases

        with self._database.writing() as db:
            leases.release(db, lease)

    # --- search ---

    def search(
        self,
        words: str,
        *,
        order: Order = "newest",
        limit: int = 50,
        stage: str | None = None,
        pack: str | None = None,
        mentorship: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[Hit]:
        """Answers that hold all `words` (`*` is any ending).

        Newest first, or by relevance among the newest 2,000. Where no answer holds them as
        whole words, each may have any ending.
        """
        from reflect.transcripts import search

        filters = search.Filters(stage, pack, mentorship, since, until)
        with self._database.reading() as db:
            return search.search(db, words, order, limit, filters)

    # --- forgetting ---

    def forget_session(self, session_id: str, at: str) -> Report:
        """Erase a session and all it left in others, at the local time `at`; or "no-such-session"."""
        from reflect.transcripts import forgetting

        return forgetting.session(self._database, self._projector, session_id, at)

    def forget_answer(self, session_id: str, key: str, at: str) -> Report:
        """Erase every revision of the answer at `key` and the replies to what was asked about it.

        Raises `ReflectError` "no-such-session" or "no-such-answer".
        """
        from reflect.transcripts import forgetting

        return forgetting.answer(self._database, self._projector, session_id, key, at)

    def forget_noted(self, item: str, at: str) -> Report:
        """Erase what was noted by hand as `item`, at the local time `at`; or "no-such-item"."""
        from reflect.transcripts import forgetting

        return forgetting.noted(self._database, self._projector, item, at)

    # --- the whole file ---

    def rebuild(self) -> None:
        """Make the list of sessions, the search index and the projector's tables anew from the events."""
        from reflect.transcripts import projection, sessions

        with self._database.writing() as db:
            sessions.rebuild(db)
            streams.reindex(db)
            if self._projector:
                projection.rebuild(db, self._projector)

    def project_anew(self) -> None:
        """Make the projector's tables anew from the events."""
        from reflect.transcripts import projection

        if self._projector:
            with self._database.writing() as db:
                projection.rebuild(db, self._projector)

    def projected(self) -> str:
        """Forty hexadecimal digits over every row of the projector's tables; "" without a projector."""
        from reflect.transcripts import projection

        with self._database.reading() as db:
            return projection.digest(db, self._projector) if self._projector else ""

    def check(self) -> list[Diagnostic]:
        """Everything in the file that is not as it was stored."""
        from reflect.transcripts import checking

        return checking.check(self._database, self._projector)

    def checkpoint(self) -> None:
        """Move the log into the database, at a pause or an end; waits for nobody."""
        self._database.checkpoint()

    def backup(self, path: Path) -> None:
        """One consistent, verified file at `path` for its owner only; it replaces what was there at once.

        The copy of a locked store opens with the same passphrase.
        """
        from reflect.transcripts import snapshot

        if path.absolute() == self.path.absolute():
            raise Misuse("a store is not backed up onto itself")
        with self._database.reading() as db:
            snapshot.copy_to_file(db, self.path, path, self.key)

    def merge(
        self, path: Path, *, only: str | None = None, opener: Opener | None = None
    ) -> MergeReport:
        """Bring in what a backup or another home at `path` holds; into an empty store it is a restore.

        `only` names the one mentorship to bring in; `opener` finds the key where this store's own
        does not fit.
        """
        from reflect.transcripts import merging

        return merging.merge(self._database, self._projector, path, only, opener)
