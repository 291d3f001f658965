"""What a mentorship took: sessions, the time spent on them, and meetings."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reflect.events import Answered, MeetingHeld
from reflect.mentorship.standing import standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reflect.application.wiring import Application
    from reflect.events import Event
    from reflect.mentorship.relation import Relation

BREAK = timedelta(minutes=15)
"""A longer time between two answers was a break."""


class Invested(NamedTuple):
    """Sessions that ended, the minutes between their answers, and the days on which the two met."""

    sessions: int
    minutes: int
    meetings: int


def invested(app: Application, relation: Relation) -> Invested:
    """What `relation` took, up to now. Raises `StoreError`."""
    store = app.reading_store
    query = "SELECT session FROM m_sessions WHERE mentorship = ?"
    sessions = [str(session) for (session,) in store.rows(query, (relation.id,))]
    spent = sum((_spent(store.events(one, damaged="skip")[0]) for one in sessions), timedelta())
    journey = standing(store.events(relation.id, damaged="skip")[0])
    met = {event.day for event in journey if isinstance(event, MeetingHeld)}
    return Invested(len(sessions), round(spent.total_seconds() / 60), len(met))


def _spent(events: Sequence[Event]) -> timedelta:
    times = [datetime.fromisoformat(one.at) for one in events if isinstance(one, Answered)]
    between = (later - earlier for earlier, later in pairwise(times))
    return sum((one for one in between if timedelta() < one <= BREAK), timedelta())


def said_time(minutes: int) -> str:
    """So much time as one says it: "about 40 minutes", "about 3 hours"; "" for hardly any."""
    if minutes < 5:
        return ""
    if minutes < 55:
        return f"about {round(minutes / 5) * 5} minutes"
    hours = round(minutes / 60)
    return "about an hour" if hours == 1 else f"about {hours} hours"
