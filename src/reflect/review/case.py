"""One mentee as the mentor knows them: a fold over the files that were opened and the notes that were written.

Files may have been opened in any order: what stands is told by their numbers, and by what takes
the place of what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from reflect.events import BundleOpened, BundleRead, Event, Note, NoteWritten, ReplyMade
from reflect.sharing import wire
from reflect.sharing.shared import Shared, SharedAnswer, SharedItem, SharedSession, SharedTaking

OWN = ("mentor", "both")
"""Owners of an item in which the mentor has a part."""


class Filed(NamedTuple):
    """A shared file: its place among them, its id, the local time at which it was opened, whether it was looked at."""

    number: int
    share: str
    at: str
    read: bool
    shared: Shared

    def __repr__(self) -> str:
        return f"<Filed {self.share}>"


class Told(NamedTuple):
    """An answer with the session and the file it stands in."""

    filed: Filed
    session: SharedSession
    answer: SharedAnswer

    def __repr__(self) -> str:
        return "<Told>"


class Case:
    """What was shared about one mentorship, `name` being its name in shared files, and the mentor's notes.

    `files` are those that nothing took the place of, oldest first.
    """

    def __init__(self, name: str, events: Iterable[Event]) -> None:
        self.name = name
        known = tuple(events)
        self.files = _files(known)
        self.notes = latest(one.note for one in known if isinstance(one, NoteWritten))
        self.replied = frozenset(
            mark for one in known if isinstance(one, ReplyMade) for mark in one.notes
        )

    def __repr__(self) -> str:
        return f"<Case {self.name}>"

    @property
    def newest(self) -> Filed:
        """The latest file. IndexError when nothing was opened."""
        return self.files[-1]

    @property
    def before(self) -> Filed | None:
        """The file before the latest."""
        return self.files[-2] if len(self.files) > 1 else None

    @property
    def mentee(self) -> str:
        """What whoever shares is called."""
        shared = self.newest.shared
        return shared.mentee if shared.role == "mentee" else shared.mentor

    @property
    def mentor(self) -> str:
        """What whoever reviews is called."""
        shared = self.newest.shared
        return shared.mentor if shared.role == "mentee" else shared.mentee

    @property
    def unread(self) -> int:
        """How many files wait to be looked at."""
        return sum(not filed.read for filed in self.files)

    @cached_property
    def answers(self) -> Mapping[str, Told]:
        """Every answer that was shared, by its name, as the latest file has it."""
        return {
            answer.id: Told(filed, session, answer)
            for filed in self.files
            for session in filed.shared.sessions
            for answer in session.answers
        }

    @cached_property
    def items(self) -> Mapping[str, SharedItem]:
        """Everything that carries on, by its name, as the latest file that speaks of it has it."""
        return {item.id: item for filed in self.files for item in filed.shared.items}

    @cached_property
    def takings(self) -> Mapping[str, SharedTaking]:
        """What became of the mentor's proposals, by note."""
        return {one.note: one for filed in self.files for one in filed.shared.takings}

    @property
    def owed(self) -> tuple[SharedItem, ...]:
        """Open actions in which the mentor has a part and that no note says are done, due ones first."""
        closed = {note.about for note in self.notes if note.kind == "close" and not note.withdrawn}
        found = [
            one
            for one in self.items.values()
            if one.kind == "action" and one.open and one.owner in OWN and one.id not in closed
        ]
        return tuple(sorted(found, key=lambda one: (one.due is None, one.due or "", one.day)))

    @property
    def asked(self) -> tuple[SharedItem, ...]:
        """Questions for the mentor that no note answers yet, oldest first."""
        answered = {note.about for note in self.notes if note.kind == "answer" and note.text}
        found = [one for one in self.items.values() if one.kind == "question" and one.open]
        return tuple(one for one in found if one.id not in answered)

    @property
    def unsent(self) -> tuple[Note, ...]:
        """Notes, or revisions of them, that no reply has carried yet."""
        return tuple(note for note in self.notes if (note.id, note.revision) not in self.replied)

    def beside(self, name: str) -> tuple[Note, ...]:
        """The notes on the answer or item called `name`, "" for those on the whole."""
        return tuple(note for note in self.notes if note.about == name and not note.withdrawn)


def latest(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The highest revision of each note, in the order the notes were first written."""
    found: dict[str, Note] = {}
    for note in notes:
        if note.id not in found or note.revision > found[note.id].revision:
            found[note.id] = note
    return tuple(found.values())


def _files(known: tuple[Event, ...]) -> tuple[Filed, ...]:
    read = {one.share for one in known if isinstance(one, BundleRead)}
    opened = {one.share: one for one in known if isinstance(one, BundleOpened)}
    bundles = {share: wire.decode(one.bundle.encode()) for share, one in opened.items()}
    replaced = {bundle.replaces for bundle in bundles.values()}
    found = [
        Filed(bundle.number, share, opened[share].at, share in read, bundle.shared)
        for share, bundle in bundles.items()
        if bundle.shared is not None and share not in replaced
    ]
    return tuple(sorted(found, key=lambda one: (one.number, one.shared.day, one.share)))
