"""When the two meet: heard in the mentee's words, and said again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation

NONE = "none"
"""What is typed to take a meeting back."""


def heard_meeting(app: Application, language: str, words: str) -> str:
    """When `words`, in `language`, say that the two meet: an ISO date, with a local time where one is named.

    "" for none. Raises `UsageError` "bad-day" when it is no day, or one that is over.
    """
    from reflect.listening.clock import clock
    from reflect.text import clean_input

    text = " ".join(clean_input(words).split())
    if text.casefold() == NONE:
        return ""
    whole = _whole(text)
    at = None if whole else clock(text)
    rest = text[: at.span.start] + text[at.span.end :] if at else text
    day = whole or _day(app, language, rest.strip(" ,") or "")
    if day is None:
        hint = 'Write it as "thursday 3pm" or 2026-12-03; `none` takes it back.'
        raise UsageError("bad-day", "a meeting is on a day", hint)
    if day[:10] < app.now().date().isoformat():
        message = f"{day[:10]} is over, and this is about your next meeting"
        raise UsageError("bad-day", message, "Name a day to come, or `none`.")
    return f"{day}T{at.time:%H:%M}" if at else day


def heard_day(app: Application, language: str, words: str) -> str:
    """The day until today that `words` name, an ISO date. Raises `UsageError` "bad-day"."""
    from reflect.text import clean_input

    today = app.now().date().isoformat()
    day = _day(app, language, " ".join(clean_input(words).split()))
    if day is None:
        hint = "Write it as 2026-11-19, or yesterday."
        raise UsageError("bad-day", "that is no day", hint)
    if day > today:
        message = f"{day} is still to come"
        raise UsageError("bad-day", message, f"To set a meeting: reflect meeting {day}")
    return day


def held(app: Application, relation: Relation, day: str | None = None) -> str:
    """Note that the two met on `day`, an ISO date: without one when it was set, else today; gives the day.

    A meeting that is noted already is not noted again.
    """
    from reflect.application.noting import note, stamp
    from reflect.events import MeetingHeld

    today = app.now().date().isoformat()
    if day is None:
        day = relation.check_in[:10] if relation.check_in else today
        day = min(day, today)
    if relation.met != day:
        note(app, relation.id, MeetingHeld(stamp(app), day))
    return day


def said_meeting(when: str, today: date) -> str:
    """`when`, an ISO date or local time, as it is said: "Thursday 3 December, 15:00 (in 12 days)"."""
    day = date.fromisoformat(when[:10])
    hour = f", {when[11:16]}" if len(when) > len("2026-12-03") else ""
    return f"{said_day(day, today)}{hour} ({_distance((day - today).days)})"


def said_day(day: date, today: date) -> str:
    """A date as commands say it: "Thursday 3 December", with the year where it is not this one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def _distance(days: int) -> str:
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _whole(text: str) -> str | None:
    """A local time in figures, 2026-12-03T15:00 or with a space; None when it is something else."""
    if len(text) != len("2026-12-03T15:00"):
        return None
    try:
        return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        return None


def _day(app: Application, language: str, words: str) -> str | None:
    from reflect.events import Expectation

    said = app.ear(language).hear(words, Expectation(kind="date"), app.now())
    return said.value if isinstance(said.value, str) else None
