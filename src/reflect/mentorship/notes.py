"""The notes that were written back, as they stand: a fold over the journey.

Notes come in replies, in any order and more than once. Of each note the highest revision
stands; where two of the same number differ, the same one of them on every computer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

from reflect.events import Event, Note, NoteKind, NoteSettled, NotesReceived, Private, Ref
from reflect.mentorship.standing import Place, in_place

PROPOSALS: frozenset[NoteKind] = frozenset(("action", "take on", "close", "goal", "term", "agree"))
"""Kinds of notes that change something of the mentee's, and so wait for a yes."""
_WORDED = ("action", "take on", "goal", "term")
"""Proposals whose words are in an item once they were taken."""


class KnownNote(Private, frozen=True):
    """A note as it stands. `number` counts from 1 in the order in which notes arrived, and stays.

    `text` says where its words stand; `by` is who wrote it, `at` the local time at which it came;
    `settled` is what became of it, None while nothing has.
    """

    number: int
    note: Note
    text: Ref
    by: str
    at: str
    settled: NoteSettled | None = None

    @property
    def waits(self) -> bool:
        """Whether it proposes something that was neither taken nor turned down."""
        return self.note.kind in PROPOSALS and not self.note.withdrawn and not self._is_decided

    @property
    def _is_decided(self) -> bool:
        """A yes stays; a no was said to the words of then."""
        settled = self.settled
        if settled is None:
            return False
        return settled.how == "accepted" or settled.revision >= self.note.revision

    @property
    def opens(self) -> bool:
        """Whether a session opens with it: what was turned down does not, nor what became an item."""
        if self.note.withdrawn or not self.note.text.strip():
            return False
        if self.note.kind not in PROPOSALS or self.waits:
            return True
        taken = self.settled is not None and self.settled.how == "accepted"
        return taken and self.note.kind not in _WORDED


class Unread(msgspec.Struct, frozen=True):
    """What a session needs to open with a note: where its words are, and the names it is found by."""

    note: str
    revision: int
    text: Ref
    about: str
    share: str
    proposes: bool


def written(event: NotesReceived) -> str:
    """The words of all notes of `event` as one text, which references to them count in."""
    return "\n".join(note.text for note in event.notes)


def same_words(note: Note) -> Note:
    """`note` without its day: what comes a second time on another day is the same."""
    return msgspec.structs.replace(note, day="")


def known_notes(stream: str, events: Sequence[Event]) -> tuple[KnownNote, ...]:
    """Every note in the journey `events` of `stream`, in the order in which they arrived."""
    places = in_place(events)
    settled = {event.note: event for _, event in places if isinstance(event, NoteSettled)}
    found: dict[str, KnownNote] = {}
    for one in _arrived(stream, places):
        before = found.get(one.note.id)
        number = before.number if before else len(found) + 1
        if before is None or _rank(one.note) > _rank(before.note):
            found[one.note.id] = msgspec.structs.replace(
                one, number=number, settled=settled.get(one.note.id)
            )
    return tuple(sorted(found.values(), key=lambda one: one.number))


def newest_first(notes: Iterable[KnownNote]) -> list[KnownNote]:
    """`notes`, those of the latest day first; of one day in the order they were written in."""
    return sorted(
        sorted(notes, key=lambda one: one.text), key=lambda one: one.note.day, reverse=True
    )


def _arrived(stream: str, places: Iterable[Place]) -> Iterator[KnownNote]:
    for seq, event in places:
        if isinstance(event, NotesReceived):
            lengths = (len(note.text) + 1 for note in event.notes)
            for note, start in zip(event.notes, accumulate(lengths, initial=0), strict=False):
                text = Ref(stream, seq, start, start + len(note.text))
                yield KnownNote(0, note, text, event.by, event.at)


def _rank(note: Note) -> tuple[int, bytes]:
    return note.revision, msgspec.json.encode(same_words(note))
