"""Open actions and the next check-in as an iCalendar file (RFC 5545).

Both are events of a whole day: Google Calendar and Outlook leave VTODO out of an import. They
are transparent, since a promise takes no time of the day.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vText

from reflect.plugins.api import Collection, OpenAction

PRODUCT = "-//reflect//reflect-calendar//EN"
_MINE = UUID("5b3a1cf4-6f0e-4d5e-9a54-0f6a4f1f9b3d")
"""The namespace of the UIDs made here."""

_MEETING = {
    "en": "Check-in with {mentor}",
    "de": "Treffen mit {mentor}",
    "es": "Encuentro con {mentor}",
}


def calendar(sessions: Collection, now: datetime) -> bytes:
    """The file: UTF-8, lines folded and ended as the RFC says; `now` is an aware time."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    for event in _events(sessions):
        event.add("dtstamp", now)
        event.add("last-modified", now)
        found.add_component(event)
    data: bytes = found.to_ical()
    return data


def _events(sessions: Collection) -> Iterator[Event]:
    for action in sessions.open_actions:
        if action.due is not None:
            yield _action(action, date.fromisoformat(action.due))
    if sessions.check_in is not None:
        yield _check_in(sessions, date.fromisoformat(sessions.check_in))


def _action(action: OpenAction, due: date) -> Event:
    """One open action; its UID is that of its item, so a changed day moves the event."""
    event = _whole_day(f"action {action.id}", due, action.text)
    if action.instead:
        event.add("description", _text(action.instead))
    event.add("class", "PUBLIC" if action.share == "yes" else "PRIVATE")
    return event


def _check_in(sessions: Collection, day: date) -> Event:
    """The next meeting. There is one at a time, so a new day moves the event that is there."""
    mentee = mentor = ""
    language = "en"
    if sessions.transcripts:
        latest = sessions.transcripts[-1]
        mentee, mentor = latest.mentorship.mentee, latest.mentorship.mentor
        language = latest.session.language.partition("-")[0]
    title = _MEETING.get(language, _MEETING["en"]).format(mentor=mentor or "…")
    return _whole_day(f"check-in {mentee} {mentor}", day, title)


def _whole_day(name: str, day: date, title: str) -> Event:
    event = Event()
    event.add("uid", str(uuid5(_MINE, name)))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _text(title))
    event.add("transp", "TRANSPARENT")
    return event


class _Text(vText):
    """A TEXT whose backslashes are escaped and never read: the library takes a typed `\\N` for a line break."""

    def to_ical(self) -> bytes:
        escaped = str(self)
        for letter in ("\\", ";", ","):
            escaped = escaped.replace(letter, f"\\{letter}")
        return escaped.encode()


def _text(words: str) -> vText:
    """`words` on one line, without anything that a parser could take for the end of it."""
    line = " ".join(words.split())
    return _Text(
        "".join(letter for letter in line if unicodedata.category(letter) not in _LEFT_OUT)
    )


_LEFT_OUT = ("Cc", "Cs")
