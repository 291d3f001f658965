"""What the store is given to fold its streams with: a mentee's, and those of a mentor's side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from reflect.mentorship.projection import Folds
from reflect.review.listing import Cases

if TYPE_CHECKING:
    import apsw

    from reflect.events import Event
    from reflect.transcripts.values import Stream

ReadScript = Callable[[str], bytes | None]
Told = tuple["Stream", "tuple[Event, ...]"]


class Projections:
    """The projector of a home (`reflect.transcripts.values.Projector`)."""

    version = f"{Folds.version}.{Cases.version}"
    tables = Folds.tables + Cases.tables
    names = (*Folds.names, *Cases.names)

    def __init__(self) -> None:
        self._folds = Folds()
        self._cases = Cases()

    def project(
        self, db: apsw.Connection, stream: Stream, events: tuple[Event, ...], script: ReadScript
    ) -> None:
        """Replace all rows that come from `stream`; no events means that it was forgotten."""
        if stream.kind == "review":
            self._cases.project(db, stream, events)
        else:
            self._folds.project(db, stream, events, script)

    def project_all(self, db: apsw.Connection, streams: Iterable[Told], script: ReadScript) -> None:
        """Fill the empty tables with all rows that come from `streams`, each of which comes once."""
        self._folds.project_all(db, self._others(db, streams), script)

    def _others(self, db: apsw.Connection, streams: Iterable[Told]) -> Iterator[Told]:
        """Those of a mentee; reviews are folded as they come by."""
        for stream, events in streams:
            if stream.kind == "review":
                self._cases.project(db, stream, events)
            else:
                yield stream, events
