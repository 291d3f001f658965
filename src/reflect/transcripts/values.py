"""What goes into the store and comes out of it, besides events."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import msgspec

from reflect.events import Event, Private, Span

# Annotations are values here, not strings: a named tuple would compile each of them.

if TYPE_CHECKING:
    import apsw

    from reflect.diagnostics import Diagnostic

State = Literal["open", "completed", "abandoned"]
ReadScript = Callable[[str], bytes | None]

REVIEW = "review:"
"""What the id of a review begins with: it sorts after every ULID."""


class Stream(NamedTuple):
    """One sequence of events: a session by its ULID, or the journey of a mentorship by that one's.

    A review is what was opened of one mentorship and written about it; its id is `REVIEW` and the
    name that the mentorship has in shared files.
    """

    kind: Literal["session", "journey", "review"]
    id: str
    mentorship: str


class Projector(Protocol):
    """Folds streams into tables of its own, inside the transaction that appends to them.

    `version` changes when tables or folds change; the tables are then dropped and
    made again. `tables` holds the `CREATE TABLE` (and `CREATE INDEX`) statements of `names`,
    each of which starts with "m_"; statements name tables without a schema, because
    they also run on temporary tables of the same names.
    """

    @property
    def version(self) -> str:
        """Which form of tables and folds this is."""

    @property
    def tables(self) -> str:
        """The statements that make them."""

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""

    def project(
        self, db: "apsw.Connection", stream: Stream, events: tuple[Event, ...], script: ReadScript
    ) -> None:
        """Replace all rows that come from `stream`; no events means that it was forgotten.

        Streams may come in any order; of sessions only those that ended do.
        """

    def project_all(
        self,
        db: "apsw.Connection",
        streams: Iterable[tuple[Stream, tuple[Event, ...]]],
        script: ReadScript,
    ) -> None:
        """Fill the empty tables with what `project` makes of each of `streams`."""


class SessionRow(msgspec.Struct, frozen=True):
    """One line of the list of sessions.

    `started` and `updated` are ISO 8601 with offset, `day` the local date it began on,
    `length` short or long, `answers` how many of the pack's questions and what followed up on
    them hold an answer.
    """

    id: str
    mentorship: str
    pack: str
    stage: str
    language: str
    length: str
    started: str
    day: str
    state: State
    answers: int
    updated: str


class Hit(Private, frozen=True):
    """An answer that was found: event `seq` of `session`; `spans` are the matching words of `text`."""

    session: str
    seq: int
    key: str
    day: str
    stage: str
    pack: str
    text: str
    spans: tuple[Span, ...]


class Draft(NamedTuple):
    """What was typed but not yet answered, and for which key."""

    key: str
    text: str

    def __repr__(self) -> str:
        return "<Draft>"


class Lease(msgspec.Struct, frozen=True):
    """The right to write one session, as long as nobody takes it over."""

    stream: str
    token: str


class Altered(NamedTuple):
    """A place in a session whose event is not the one that was stored."""

    session: str
    seq: int


class Report(msgspec.Struct, frozen=True):
    """What became of something that was to be forgotten.

    `removed`: none of its text was found in `files` files that were searched.
    `pending`: another process reads the store, the rest is done when it is next
    opened. `elsewhere`: sessions in which the same words stand in another answer.
    `dropped`: copies from before a migration that were deleted. `encrypted`: the store is
    locked; there is nothing in its files to search for.
    """

    removed: bool
    pending: bool
    files: int = 0
    elsewhere: tuple[str, ...] = ()
    dropped: int = 0
    encrypted: bool = False


class MergeReport(msgspec.Struct, frozen=True):
    """What a merge brought: new streams, streams that grew, sessions and answers it erased here.

    `left_out` counts sessions and answers that stayed away, having been erased here.
    """

    added: int = 0
    extended: int = 0
    forgotten: int = 0
    left_out: int = 0
    diagnostics: "tuple[Diagnostic, ...]" = ()

    @property
    def changed(self) -> bool:
        """Whether anything here is different now."""
        return bool(self.added or self.extended or self.forgotten)
