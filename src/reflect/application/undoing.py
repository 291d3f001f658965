"""Taking back what was changed by hand: the last command, or one before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.noting import note
from reflect.errors import ReflectError
from reflect.events import (
    BundleShared,
    Event,
    ItemChanged,
    ItemNoted,
    MentorshipBegan,
    NoteSettled,
    SharingBegan,
    Undone,
)
from reflect.mentorship.standing import FIRM, Place, in_place, undone

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation


_TOGETHER = (ItemChanged, ItemNoted, NoteSettled)
"""Events of which one command makes several."""


_LOG = (BundleShared, SharingBegan)
"""What is written down because it happened: taking it back would not undo it."""


class Changed(NamedTuple):
    """What one command changed: its events with their positions, oldest first."""

    places: tuple[Place, ...]

    @property
    def at(self) -> str:
        """When, in local time with its offset."""
        return str(getattr(self.places[0][1], "at", ""))

    @property
    def events(self) -> tuple[Event, ...]:
        """The events alone."""
        return tuple(event for _, event in self.places)


def changes(events: Sequence[Event]) -> tuple[Changed, ...]:
    """What can be taken back of the journey `events`, newest first."""
    began = next((one.at for one in events if isinstance(one, MentorshipBegan)), None)
    found: list[list[Place]] = []
    for place in in_place(events):
        event = place[1]
        if isinstance(event, (*FIRM, *_LOG)) or getattr(event, "at", "") == began:
            continue
        if found and _belong_together(found[-1][-1][1], event):
            found[-1].append(place)
        else:
            found.append([place])
    return tuple(Changed(tuple(places)) for places in reversed(found))


def take_back(app: Application, relation: Relation, number: int = 1) -> Changed:
    """Undo change `number` of `changes` (1 is the newest); gives it. Raises `ReflectError` "nothing-to-undo"."""
    found = changes(app.store.events(relation.id))
    if not 0 < number <= len(found):
        raise _nothing("There is nothing to take back.")
    _undo(app, relation, [seq for seq, _ in found[number - 1].places])
    return found[number - 1]


def take_back_again(app: Application, relation: Relation) -> Changed:
    """Undo the last undoing: what it took back stands again. Raises `ReflectError` "nothing-to-undo"."""
    events = app.store.events(relation.id)
    gone = undone(events)
    last = [(seq, one) for seq, one in enumerate(events) if isinstance(one, Undone)]
    last = [(seq, one) for seq, one in last if seq not in gone and not _undoes_undoing(one, events)]
    if not last:
        raise _nothing("Nothing was taken back.")
    together = [(seq, one) for seq, one in last if one.at == last[-1][1].at]
    _undo(app, relation, [seq for seq, _ in together])
    return Changed(tuple((one.seq, events[one.seq]) for _, one in together))


def _undoes_undoing(event: Undone, events: Sequence[Event]) -> bool:
    """Whether it took back an undoing, or a file that could not be written."""
    return not 0 <= event.seq < len(events) or isinstance(events[event.seq], (Undone, *_LOG))


def _undo(app: Application, relation: Relation, places: Sequence[int]) -> None:
    at = app.now().isoformat(timespec="milliseconds")
    note(app, relation.id, *(Undone(at, seq) for seq in places))


def _belong_together(one: Event, other: Event) -> bool:
    """Whether both were made by one command, which gives all its changes one time."""
    both = isinstance(one, _TOGETHER) and isinstance(other, _TOGETHER)
    return both and getattr(one, "at", "") == getattr(other, "at", "")


def _nothing(message: str) -> ReflectError:
    return ReflectError("nothing-to-undo", message, "What can be: reflect undo --list")
