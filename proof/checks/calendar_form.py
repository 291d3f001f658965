"""Calendars: whatever was promised, two parsers read one event and nothing else in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import vobject
from msgspec.structs import replace

from proof.check import Check, Figure, Form
from proof.payloads import actions, documents, payloads, readable
from proof.trials import rounds
from reflect.sharing.document import Collection, OpenAction, collection

LEAST = 500
_PLUGIN = Path(__file__).parents[2] / "plugins" / "reflect-calendar" / "src"
_NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_DAY = "2026-11-26"
_OURS = frozenset(
    (
        *("BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART"),
        *("DTEND", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP"),
    )
)
_LONGEST_LINE = 75

Write = Callable[[Collection], bytes]


def run(form: Form) -> Figure:
    """Write each payload in each field of an action, and in the names of a check-in."""
    write = _shipped()
    trials = 0
    failures: list[str] = []
    for seed, _ in rounds(form):
        for text in payloads(seed, form.long):
            for field, one in _collections(text):
                trials += 1
                found = wrong(one, write)
                failures += [f"{field} {text[:40]!a}: {found}"] if found else []
    says = f"{trials:,} calendars, {len(failures)} with more than one event or a foreign line"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A calendar whose texts are written as they come."""

    def write(sessions: Collection) -> bytes:
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
        for one in sessions.open_actions:
            lines += ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20261122T090000Z", "DTSTART:20261126"]
            lines += [f"SUMMARY:{one.text}", "END:VEVENT"]
        return "\r\n".join((*lines, "END:VCALENDAR", "")).encode("utf-8", "replace")

    found = [wrong(one, write) for text in payloads(1, False) for _, one in _collections(text)]
    bad = tuple(filter(None, found))
    return Figure(len(found), bad, f"{len(bad)} found out")


def _shipped() -> Write:
    if str(_PLUGIN) not in sys.path:
        sys.path.append(str(_PLUGIN))
    from reflect_calendar.calendar import calendar

    return lambda sessions: calendar(sessions, _NOW)


def _collections(text: str) -> list[tuple[str, Collection]]:
    """Each with one event."""
    text = readable(text)
    promised = [
        (field, replace(collection([]), open_actions=(_due(one),))) for field, one in actions(text)
    ]
    meetings = [
        (field, replace(collection([one]), check_in=_DAY))
        for field, one in documents(text)
        if field in ("mentee", "mentor", "all")
    ]
    return promised + meetings


def _due(action: OpenAction) -> OpenAction:
    return replace(action, due=_DAY)


def wrong(sessions: Collection, write: Write) -> str:
    """What is wrong with the file."""
    try:
        data = write(sessions)
        lines = data.split(b"\r\n")
        found = icalendar.Calendar.from_ical(data)
        parts = [part.name for part in found.walk()]
        seconds = list(vobject.readComponents(data.decode()))
    except Exception as error:
        return f"{type(error).__name__}"
    if parts != ["VCALENDAR", "VEVENT"] or found.errors or any(one.errors for one in found.walk()):
        return f"it is read as {parts}"
    if len(seconds) != 1 or len(list(seconds[0].vevent_list)) != 1:
        return "another parser reads something else"
    whole = data.replace(b"\r\n ", b"").decode().split("\r\n")
    names = {line.partition(":")[0].partition(";")[0] for line in whole if line}
    if names - _OURS:
        return f"foreign lines {sorted(names - _OURS)}"
    return "" if all(_is_sound(line) for line in lines) else "a line that is too long or no text"


def _is_sound(line: bytes) -> bool:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(line) <= _LONGEST_LINE and not any(
        ord(letter) < 32 and letter != "\t" for letter in text
    )


CHECK = Check(
    "T-ICS",
    ("G14",),
    "a calendar holds one event for each promise, nothing else",
    run,
    control,
    seconds=1,
)
