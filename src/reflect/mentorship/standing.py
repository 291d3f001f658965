"""What of a journey stands: everything that was not taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reflect.events import (
    AnswerForgotten,
    Event,
    MentorshipBegan,
    NotesReceived,
    SessionForgotten,
    Undone,
)

Place = tuple[int, Event]
"""An event with its position in the stream."""

FIRM = (MentorshipBegan, NotesReceived, SessionForgotten, AnswerForgotten)
"""Events that cannot be taken back."""


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The journey `events` in order, without those that were taken back, and without the taking back."""
    return tuple(event for _, event in in_place(tuple(events)))


def in_place(events: Sequence[Event]) -> list[Place]:
    """As `standing`, each event with its position."""
    gone = undone(events)
    return [
        (seq, event)
        for seq, event in enumerate(events)
        if seq not in gone and not isinstance(event, Undone)
    ]


def undone(events: Sequence[Event]) -> frozenset[int]:
    """Positions of the events that are taken back, an undoing among them when it was undone itself."""
    gone: set[int] = set()
    for seq in range(len(events) - 1, -1, -1):
        event = events[seq]
        if not isinstance(event, Undone) or seq in gone:
            continue
        if 0 <= event.seq < seq and not isinstance(events[event.seq], FIRM):
            gone.add(event.seq)
    return frozenset(gone)
