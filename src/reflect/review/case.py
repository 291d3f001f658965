"""One mentee as the mentor knows them: a fold over the files that were opened and the notes written.

Files may have been opened in any order, and homes brought together: what stands is told by the numbers of
files, by what takes the place of what, and by the revisions of notes, never by the order of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec

from reflect.events import BundleOpened, BundleRead, Event, Note, NoteWritten, ReplyMade
from reflect.sharing import wire
from reflect.sharing.shared import (
    Bundle,
    Shared,
    SharedAnswer,
    SharedItem,
    SharedSession,
    SharedTaking,
)

OWN = ("mentor", "both")
"""Owners of an item in which the mentor has a part."""
LONGEST_NAME = 60
"""Characters of somebody's name as it is shown."""


class Filed(NamedTuple):
    """A shared file: its place among them, its id, when (local time) it was opened, if it was looked at."""

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

    `files` are those that nothing took the place of, oldest first; `began` is the local time at which
    the first of all was opened. The sessions called `covered`, and what was said in them, are left out.
    """

    def __init__(
        self, name: str, events: Iterable[Event], covered: frozenset[str] = frozenset()
    ) -> None:
        self.name = name
        self.covered = covered
        known = tuple(events)
        self.files = tuple(_without(one, covered) if covered else one for one in _files(known))
        self.began = min((one.at for one in known if isinstance(one, BundleOpened)), default="")
        written = sorted((one for one in known if isinstance(one, NoteWritten)), key=_written)
        self.notes = latest(one.note for one in written)
        replies = {one.reply: one for one in known if isinstance(one, ReplyMade)}
        self.replies = len(replies)
        self.replied = frozenset(mark for one in replies.values() for mark in one.notes)

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
        """What whoever shares is called, on one line."""
        shared = self.newest.shared
        return one_line(shared.mentee if shared.role == "mentee" else shared.mentor)

    @property
    def mentor(self) -> str:
        """What whoever reviews is called, on one line."""
        shared = self.newest.shared
        return one_line(shared.mentor if shared.role == "mentee" else shared.mentee)

    @property
    def language(self) -> str:
        """The language the two speak."""
        return self.newest.shared.language

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
        closed = {note.about for note in self.notes if note.kind == "close" and self.stands(note)}
        found = [
            one
            for one in self.items.values()
            if one.kind == "action" and one.open and one.owner in OWN and one.id not in closed
        ]
        return tuple(sorted(found, key=lambda one: (one.due is None, one.due or "", one.day)))

    @property
    def offered(self) -> tuple[Note, ...]:
        """What the mentor took on in notes, as long as no file shows it as an action."""
        mine = (note for note in self.notes if _is_promise(note) and self.stands(note))
        return tuple(note for note in mine if note.id not in self.takings)

    @property
    def asked(self) -> tuple[SharedItem, ...]:
        """Questions for the mentor that no note answers yet, oldest first."""
        answered = {
            note.about for note in self.notes if note.kind == "answer" and not note.withdrawn
        }
        found = [one for one in self.items.values() if one.kind == "question" and one.open]
        return tuple(one for one in found if one.id not in answered)

    @property
    def unsent(self) -> tuple[Note, ...]:
        """Notes, or revisions of them, that no reply has carried yet."""
        return tuple(note for note in self.told if (note.id, note.revision) not in self.replied)

    @property
    def told(self) -> tuple[Note, ...]:
        """All that a reply carries: of a note that was withdrawn before it was sent, nothing is told."""
        sent = {name for name, _ in self.replied}
        return tuple(note for note in self.notes if not note.withdrawn or note.id in sent)

    def stands(self, note: Note) -> bool:
        """Whether a note was neither withdrawn nor declined as it reads now."""
        taking = self.takings.get(note.id)
        declined = taking is not None and taking.how == "declined"
        return not note.withdrawn and not (
            declined and taking is not None and taking.revision >= note.revision
        )

    def beside(self, name: str) -> tuple[Note, ...]:
        """The notes on the answer or item called `name`, "" for those on the whole."""
        return tuple(note for note in self.notes if note.about == name and not note.withdrawn)


def latest(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The highest revision of each note, in the order the notes come first; of equal ones the last."""
    found: dict[str, Note] = {}
    for note in notes:
        if note.id not in found or note.revision >= found[note.id].revision:
            found[note.id] = note
    return tuple(found.values())


def one_line(name: str) -> str:
    """A name as it is shown."""
    return " ".join(name.split())[:LONGEST_NAME] or "?"


def _written(event: NoteWritten) -> tuple[str, bytes]:
    return event.at, msgspec.json.encode(event.note)


def _is_promise(note: Note) -> bool:
    return note.kind == "take on" or (note.kind == "action" and note.owner in ("me", "both"))


def _files(known: tuple[Event, ...]) -> tuple[Filed, ...]:
    read = {one.share for one in known if isinstance(one, BundleRead)}
    found = [
        (Filed(bundle.number, bundle.share, at, bundle.share in read, bundle.shared), bundle)
        for at, bundle in _bundles(known)
        if bundle.shared is not None
    ]
    replaced = {bundle.replaces for filed, bundle in found if bundle.replaces != filed.share}
    standing = [filed for filed, _ in found if filed.share not in replaced]
    # Files that say of each other that they take their place: all are shown.
    every = standing or [filed for filed, _ in found]
    return tuple(sorted(every, key=lambda one: (one.number, one.shared.day, one.share)))


def _without(filed: Filed, covered: frozenset[str]) -> Filed:
    shared = filed.shared
    sessions = tuple(one for one in shared.sessions if one.id not in covered)
    items = tuple(one for one in shared.items if one.session not in covered)
    return filed._replace(shared=msgspec.structs.replace(shared, sessions=sessions, items=items))


def _bundles(known: tuple[Event, ...]) -> Iterator[tuple[str, Bundle]]:
    """Each file with the time at which it was first opened."""
    opened: dict[str, BundleOpened] = {}
    for event in known:
        if isinstance(event, BundleOpened):
            first = opened.get(event.share, event)
            opened[event.share] = min(first, event, key=lambda one: (one.at, one.bundle))
    for event in opened.values():
        bundle = wire.recorded(event.bundle)
        if bundle is not None:
            yield event.at, bundle
