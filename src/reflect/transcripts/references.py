"""What sessions refer to in a journey, when the events of that journey have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from reflect.events import Answered, Event, NoteRef, Ref, SessionStarted

Moved = Mapping[str, Sequence[int]]
"""By the id of a journey, the new position of each of its events."""


def moved(event: Event, where: Moved) -> Event:
    """`event` of a session with every reference into a journey of `where` pointing at the new position."""
    if isinstance(event, SessionStarted):
        return replace(
            event,
            promises=tuple(replace(one, text=_ref(one.text, where)) for one in event.promises),
            goals=tuple(replace(one, text=_ref(one.text, where)) for one in event.goals),
            notes=tuple(_note(one, where) for one in event.notes),
        )
    if isinstance(event, Answered) and event.fills:
        fills = {name: _ref(ref, where) for name, ref in event.fills.items()}
        return replace(event, fills=fills)
    return event


def _note(note: NoteRef, where: Moved) -> NoteRef:
    beside = note.beside and _ref(note.beside, where)
    return replace(note, text=_ref(note.text, where), beside=beside)


def _ref(ref: Ref, where: Moved) -> Ref:
    places = where.get(ref.session, ())
    return ref._replace(seq=places[ref.seq]) if 0 <= ref.seq < len(places) else ref
