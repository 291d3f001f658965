"""Whatever was promised, two parsers read the same calendar, and it says no more than it should."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

import reflect_calendar
from reflect.plugins.api import Collection, OpenAction, Transcript
from reflect.testing import play
from reflect_calendar.calendar import calendar

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOSTILE = (
    "ask Ruth\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:not mine",
    "\nATTENDEE:mailto:x@example.org",
    "\rX-EVIL:1",
    "a\u2028BEGIN:VALARM\u2029b\x85c\x0bd\x0ce\x1cf",
    "x\x00y\x1b[31mz\x7f",
    "C:\\New \\n \\; \\, \\\\",
    'semi;colon, comma: colon "quoted" ^n',
    "ä" * 200,
    "🌱" * 100,
    " leading and trailing ",
)


def action(words: str = "ask Ruth", due: str | None = "2026-11-26", **fields: str) -> OpenAction:
    record = {"id": "01S:step", "share": "yes", "instead": "", "owner": "me"} | fields
    return OpenAction(kind="action", text=words, day="2026-11-21", due=due, due_words="", **record)


def collected(
    *actions: OpenAction, check_in: str | None = None, transcripts: Sequence[Transcript] = ()
) -> Collection:
    return Collection(
        schema_version=1,
        transcripts=tuple(transcripts),
        open_actions=actions,
        check_in=check_in,
    )


def events(data: bytes) -> list[icalendar.Event]:
    """The events as `icalendar` reads them, strictly: what it cannot read raises."""
    found = icalendar.Calendar.from_ical(data)
    assert not found.errors
    assert {part.name for part in found.walk()} <= {"VCALENDAR", "VEVENT"}
    read = found.walk("VEVENT")
    assert all(not event.errors for event in read)
    return list(read)


def plain(words: str) -> str:
    """What a calendar can show of `words`: one line without control characters."""
    line = " ".join(words.split())
    return "".join(letter for letter in line if letter.isprintable() or ord(letter) > 0x9F)


def test_an_open_action_lasts_the_day_it_is_due() -> None:
    (event,) = events(calendar(collected(action()), NOW))
    assert event["SUMMARY"] == "ask Ruth"
    assert event.decoded("DTSTART") == date(2026, 11, 26)
    assert event.decoded("DTEND") == date(2026, 11, 27)
    assert event.decoded("DTSTAMP") == NOW
    assert event["TRANSP"] == "TRANSPARENT"


def test_an_action_without_a_day_is_not_in_a_calendar() -> None:
    assert events(calendar(collected(action(due=None)), NOW)) == []


@pytest.mark.parametrize(
    ("share", "shown"), [("yes", "PUBLIC"), ("no", "PRIVATE"), ("at the end", "PRIVATE")]
)
def test_what_is_private_is_marked(share: str, shown: str) -> None:
    (event,) = events(calendar(collected(action(share=share)), NOW))
    assert event["CLASS"] == shown


def test_importing_again_moves_what_is_there() -> None:
    before = events(calendar(collected(action(), check_in="2026-12-03"), NOW))
    changed = collected(action("ask Ruth twice", "2026-11-27"), check_in="2026-12-10")
    after = events(calendar(changed, NOW + timedelta(days=1)))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert [event.decoded("DTSTART").day for event in after] == [27, 10]
    assert all(event.decoded("LAST-MODIFIED") > NOW for event in after)


def test_two_actions_are_two_events() -> None:
    two = events(calendar(collected(action(), action(id="01S:step#2")), NOW))
    assert len({event["UID"] for event in two}) == 2


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_check_in_is_called_what_the_two_would_call_it(language: str) -> None:
    played = play("four-stages", [], language=language)
    found = collected(check_in="2026-12-03", transcripts=[played.transcript])
    (event,) = events(calendar(found, NOW))
    assert event["SUMMARY"].endswith(" Daniel")
    assert event.decoded("DTSTART") == date(2026, 12, 3)


def test_nothing_open_is_an_empty_calendar() -> None:
    assert events(calendar(collected(), NOW)) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str) -> None:
    assert_only_words(words)


@given(st.text(max_size=120))
def test_any_words_stay_words(words: str) -> None:
    assert_only_words(words)


def assert_only_words(words: str) -> None:
    data = calendar(collected(action(words, instead=words), check_in="2026-12-03"), NOW)
    lines = data.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert data.decode().splitlines() == lines[:-1], "only CRLF ends a line"
    assert [line for line in lines if line.startswith(("BEGIN:", "END:"))] == [
        "BEGIN:VCALENDAR",
        *["BEGIN:VEVENT", "END:VEVENT"] * 2,
        "END:VCALENDAR",
    ]
    first, second = events(data)
    assert set(first) - set(second) <= {"CLASS", "DESCRIPTION"}
    found = vobject.readOne(data.decode())
    assert found.vevent_list[0].summary.value.strip() == plain(words).strip()
    if "\\" not in words:
        # icalendar reads an escaped backslash before n as a line break; vobject does not.
        assert first["SUMMARY"].strip() == plain(words).strip()


def test_reflect_is_given_the_format() -> None:
    (exporter,) = reflect_calendar.reflect_exporters()
    assert (exporter.name, exporter.suffix) == ("ical", ".ics")
    (event,) = events(exporter.write(collected(action())))
    assert abs(event.decoded("DTSTAMP") - datetime.now(UTC)) < timedelta(minutes=1)
