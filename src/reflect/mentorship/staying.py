"""Where a mentorship was, one state after the other."""

from __future__ import annotations

from collections.abc import Iterable

from reflect.events import Event, MentorshipBegan, Private, StageMoved
from reflect.mentorship.standing import standing
from reflect.script import Lifecycle


class Stay(Private, frozen=True):
    """A time in one state, since a local ISO date; `session` is the one that led there, "" by hand."""

    state: Lifecycle
    since: str
    reason: str = ""
    session: str = ""


def stays(events: Iterable[Event]) -> tuple[Stay, ...]:
    """Every time in one state that the journey `events` tell of, oldest first; at least one.

    The state in which a mentorship is begun is written down at the same moment.
    """
    found: list[Stay] = []
    began = ""
    for event in standing(events):
        if isinstance(event, MentorshipBegan):
            began = event.at[:10]
        elif isinstance(event, StageMoved):
            stay = Stay(event.state, event.at[:10], event.reason, event.session)
            if not found or found[-1].state != stay.state or stay.reason:
                found.append(stay)
    return tuple(found) or (Stay("rapport", began),)
