"""A row for each mentorship that a mentor knows, so that a listing opens no file.

The rows follow the streams inside the store's own transactions, as those of `mentorship` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

    from reflect.events import Event
    from reflect.review.case import Case
    from reflect.transcripts.values import Stream

TABLES = """
CREATE TABLE m_cases (
    id TEXT PRIMARY KEY, mentee TEXT NOT NULL, opened TEXT NOT NULL, day TEXT NOT NULL,
    files INTEGER NOT NULL, unread INTEGER NOT NULL, asked INTEGER NOT NULL, owed INTEGER NOT NULL,
    due TEXT, unsent INTEGER NOT NULL
) WITHOUT ROWID;
"""


class Cases:
    """Folds reviews into rows: what the store's projector does with them."""

    version = "1"
    tables = TABLES
    names = ("m_cases",)

    def project(self, db: apsw.Connection, stream: Stream, events: tuple[Event, ...]) -> None:
        """Replace the row that comes from `stream`; none is left when no file can be read."""
        from reflect.review.case import Case
        from reflect.transcripts.values import REVIEW

        db.execute("DELETE FROM m_cases WHERE id = ?", (stream.id,))
        case = Case(stream.id.removeprefix(REVIEW), events)
        if case.files:
            db.execute(f"INSERT INTO m_cases VALUES ({', '.join('?' * 10)})", _row(stream.id, case))


def _row(name: str, case: Case) -> tuple[str | int | None, ...]:
    dues = [item.due for item in case.owed if item.due]
    return (
        name,
        case.mentee,
        case.began,
        case.newest.shared.day,
        len(case.files),
        case.unread,
        len(case.asked),
        len(case.owed) + len(case.offered),
        min(dues, default=None),
        len(case.unsent),
    )
