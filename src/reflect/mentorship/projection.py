"""The tables that a session's memory is read from, made of events and of nothing else.

They follow every ended session and every journey inside the store's own
transactions, and can be dropped and made again at any time. Their rows hold
references, dates and states; a mentee's words stay in the transcript. How rows are
made stands in `folding.py`, which is imported when there is something to fold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

    from reflect.events import Event
    from reflect.mentorship.folding import Known
    from reflect.transcripts.values import Stream

ReadScript = Callable[[str], bytes | None]
KEPT = 4
"""Scripts that are kept at hand."""

TABLES = """
CREATE TABLE m_sessions (
    session TEXT PRIMARY KEY, mentorship TEXT NOT NULL, pack TEXT NOT NULL, stage TEXT NOT NULL,
    day TEXT NOT NULL, how TEXT NOT NULL, goal TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX m_sessions_by_mentorship ON m_sessions (mentorship, session);
CREATE INDEX m_sessions_by_day ON m_sessions (mentorship, day);
CREATE INDEX m_sessions_by_pack ON m_sessions (mentorship, pack, day);
CREATE INDEX m_sessions_by_goal ON m_sessions (mentorship, goal) WHERE goal <> '';
CREATE TABLE m_items (
    id TEXT PRIMARY KEY, mentorship TEXT NOT NULL, session TEXT NOT NULL, kind TEXT NOT NULL,
    owner TEXT NOT NULL, due TEXT, state TEXT NOT NULL, open INTEGER NOT NULL, goal TEXT NOT NULL,
    settled BLOB NOT NULL, made BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX m_items_by_kind ON m_items (mentorship, kind, id, open);
CREATE INDEX m_items_open ON m_items (mentorship, kind, due IS NULL, due, id, owner, state)
    WHERE open = 1;
CREATE INDEX m_items_closed ON m_items (mentorship, kind, state, id, owner) WHERE open = 0;
CREATE INDEX m_items_by_session ON m_items (session);
CREATE INDEX m_items_by_goal ON m_items (goal) WHERE goal <> '';
CREATE TABLE m_checks (
    item TEXT NOT NULL, session TEXT NOT NULL, heard BLOB NOT NULL, PRIMARY KEY (item, session)
) WITHOUT ROWID;
CREATE INDEX m_checks_by_session ON m_checks (session);
CREATE TABLE m_changes (
    item TEXT NOT NULL, mentorship TEXT NOT NULL, seq INTEGER NOT NULL, step BLOB NOT NULL,
    PRIMARY KEY (item, mentorship, seq)
) WITHOUT ROWID;
CREATE INDEX m_changes_by_mentorship ON m_changes (mentorship);
CREATE TABLE m_last (
    mentorship TEXT NOT NULL, pack TEXT NOT NULL, question TEXT NOT NULL, session TEXT NOT NULL,
    payload BLOB NOT NULL, PRIMARY KEY (mentorship, pack, question, session)
) WITHOUT ROWID;
CREATE INDEX m_last_by_session ON m_last (session);
CREATE TABLE m_said (
    mentorship TEXT NOT NULL, pack TEXT NOT NULL, text TEXT NOT NULL, wording INTEGER NOT NULL,
    session TEXT NOT NULL, PRIMARY KEY (mentorship, pack, text, wording, session)
) WITHOUT ROWID;
CREATE INDEX m_said_by_session ON m_said (session);
CREATE TABLE m_used (
    mentorship TEXT NOT NULL, pack TEXT NOT NULL, text TEXT NOT NULL, wording INTEGER NOT NULL,
    session TEXT NOT NULL, PRIMARY KEY (mentorship, pack, text, wording)
) WITHOUT ROWID;
CREATE TABLE m_notes (
    note TEXT NOT NULL, mentorship TEXT NOT NULL, revision INTEGER NOT NULL, place INTEGER NOT NULL,
    opened INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (mentorship, note)
) WITHOUT ROWID;
CREATE INDEX m_notes_unread ON m_notes (mentorship, place) WHERE opened = 0;
CREATE TABLE m_opened (
    note TEXT NOT NULL, mentorship TEXT NOT NULL, revision INTEGER NOT NULL, session TEXT NOT NULL,
    PRIMARY KEY (mentorship, note, session)
) WITHOUT ROWID;
CREATE INDEX m_opened_by_session ON m_opened (session);
"""
"""`m_said` is every wording of every session, `m_used` only its latest use: a start reads that one.

The indexes hold all that a listing or a count looks at, in the order it is shown in: a screen of
a long journey reads the rows it shows and no others.

An item is `made` by its session and `settled` by what later sessions heard (`m_checks`) and what
was changed by hand (`m_changes`). A note (`m_notes`, newest first by `place`) waits to open a
session until one has ended in which it was seen (`m_opened`).
"""


class Folds:
    """The projector that the store is given (`reflect.transcripts.values.Projector`)."""

    version = "5"
    tables = TABLES
    names = (
        "m_sessions",
        "m_items",
        "m_checks",
        "m_changes",
        "m_last",
        "m_said",
        "m_used",
        "m_notes",
        "m_opened",
    )

    def __init__(self) -> None:
        self._scripts: dict[str, Known] = {}

    def project(
        self, db: apsw.Connection, stream: Stream, events: tuple[Event, ...], script: ReadScript
    ) -> None:
        """Replace all rows that come from `stream`; no events means that it was forgotten."""
        from reflect.mentorship import folding

        if stream.kind == "journey":
            folding.write_journey(db, stream, events)
        else:
            folding.write_session(db, stream, events, self._read(script))

    def project_all(
        self,
        db: apsw.Connection,
        streams: Iterable[tuple[Stream, tuple[Event, ...]]],
        script: ReadScript,
    ) -> None:
        """Fill the empty tables with all rows that come from `streams`, each of which comes once."""
        from reflect.mentorship import refolding

        refolding.write_all(db, streams, self._read(script))

    def _read(self, script: ReadScript) -> Callable[[str], Known | None]:
        """Reads scripts, and keeps the last few: sessions mostly share theirs."""
        from reflect.mentorship.folding import read_script

        def read(digest: str) -> Known | None:
            if digest not in self._scripts:
                found = read_script(digest, script)
                if found is None:
                    return None
                self._scripts = {**dict(list(self._scripts.items())[-KEPT + 1 :]), digest: found}
            return self._scripts[digest]

        return read
