"""The mentorship itself: who the two are, and in which state it is."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reflect.events import Event, MentorshipBegan, MentorshipChanged, Private, StageMoved
from reflect.script import Lifecycle


class Relation(Private, frozen=True):
    """A mentorship as it stands: names as they want to be called, language, lifecycle state."""

    id: str
    mentee: str
    mentor: str
    language: str
    state: Lifecycle
    since: str


def relation(mentorship: str, events: Iterable[Event]) -> Relation | None:
    """Fold the journey `events` of `mentorship`; None before it has begun."""
    found: Relation | None = None
    for event in events:
        if isinstance(event, MentorshipBegan):
            found = Relation(
                mentorship, event.mentee, event.mentor, event.language, "rapport", event.at[:10]
            )
        elif found is not None and isinstance(event, MentorshipChanged):
            changed = {
                name: getattr(event, name)
                for name in ("mentee", "mentor", "language")
                if getattr(event, name) is not None
            }
            found = msgspec.structs.replace(found, **changed)
        elif found is not None and isinstance(event, StageMoved):
            found = msgspec.structs.replace(found, state=event.state, since=event.at[:10])
    return found
