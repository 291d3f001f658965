"""What was shared with whom: a fold over the journey."""

from __future__ import annotations

from collections.abc import Iterable

from reflect.events import BundleShared, Event, NoteSettled, NotesReceived, SharingBegan
from reflect.sharing.aliases import Aliases


def sent(standing: Iterable[Event], to: str | None = None) -> tuple[BundleShared, ...]:
    """The shared files that nothing took the place of, oldest first; those for `to` only, if named."""
    found = [event for event in standing if isinstance(event, BundleShared)]
    replaced = {event.replaces for event in found}
    return tuple(
        event
        for event in found
        if event.share not in replaced and (to is None or event.to.casefold() == to.casefold())
    )


def count(standing: Iterable[Event], to: str) -> int:
    """How many shared files were made for `to`, those too that another took the place of."""
    made = (event for event in standing if isinstance(event, BundleShared))
    return sum(event.to.casefold() == to.casefold() for event in made)


def aliases(standing: Iterable[Event]) -> tuple[Aliases, ...]:
    """The makers of names in shared files, the one in use first; several where homes were merged."""
    return tuple(Aliases(event.secret) for event in standing if isinstance(event, SharingBegan))


def received(standing: Iterable[Event]) -> frozenset[str]:
    """The ids of the notes that have arrived."""
    replies = (event for event in standing if isinstance(event, NotesReceived))
    return frozenset(note.id for reply in replies for note in reply.notes)


def settled(standing: Iterable[Event]) -> tuple[NoteSettled, ...]:
    """What became of proposals, the latest word on each note, oldest first."""
    latest = {event.note: event for event in standing if isinstance(event, NoteSettled)}
    return tuple(latest.values())
