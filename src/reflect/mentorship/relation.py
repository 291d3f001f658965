"""The mentorship itself: who the two are, and in which state it is."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reflect.events import Event, MentorshipBegan, MentorshipChanged, Private, StageMoved
from reflect.script import Lifecycle


class Relation(Private, frozen=True):
    """A mentorship as it stands: names as they want to be called, language, lifecycle state.

    `check_in` is the day for which the two set their next meeting, an ISO date, None when there
    is none; it may be over.
    """

    id: str
    mentee: str
    mentor: str
    language: str
    state: Lifecycle
    since: str
    check_in: str | None = None


def relation(mentorship: str, events: Iterable[Event]) -> Relation | None:
    """Fold the journey `events` of `mentorship`; None before it has begun."""
    found: Relation | None = None
    for event in events:
        if isinstance(event, MentorshipBegan):
            found = Relation(
                mentorship, event.mentee, event.mentor, event.language, "rapport", event.at[:10]
            )
        elif found is not None and isinstance(event, MentorshipChanged):
            found = _changed(found, event)
        elif found is not None and isinstance(event, StageMoved):
            found = msgspec.structs.replace(found, state=event.state, since=event.at[:10])
    return found


def _changed(found: Relation, event: MentorshipChanged) -> Relation:
    """`found` with what `event` says is new."""
    new = {
        name: getattr(event, name)
        for name in ("mentee", "mentor", "language")
        if getattr(event, name) is not None
    }
    if event.check_in is not None:
        new["check_in"] = event.check_in or None
    return msgspec.structs.replace(found, **new)
