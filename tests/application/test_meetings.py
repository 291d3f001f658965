"""When the two meet: heard in three languages, handed down to the Ear as a day, and fixed once it was heard."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from reflect.application.begin import begin_mentorship, begin_session, resume
from reflect.application.meetings import heard_day, heard_meeting, held, said_meeting
from reflect.application.noting import note, stamp
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.errors import UsageError
from reflect.events import Answered, MeetingHeld, MentorshipBegan, MentorshipChanged, Undone
from reflect.mentorship.relation import relation

NOW = datetime.fromisoformat("2026-11-21T18:30:00+01:00")


@pytest.fixture
def app() -> Application:
    return Application(dict(os.environ), clock=lambda: NOW)


def begun(app: Application) -> Session:
    script = app.script()
    stage = script.stage("feedback")
    found = begin_mentorship(app, "Amina", "Daniel", stage)
    session = begin_session(app, found, script, stage, "short")
    for text in ("I read the card out", "Dr Lang talks over me"):
        assert session.say(text) is None
    return session


def meet(app: Application, day: str) -> None:
    found = app.relation()
    assert found is not None
    note(app, found.id, MentorshipChanged(stamp(app), check_in=day))


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "thursday 3pm", "2026-11-26T15:00"),
        ("en", "next friday", "2026-11-27"),
        ("en", "2026-12-03 09:30", "2026-12-03T09:30"),
        ("de", "Donnerstag um 15 Uhr", "2026-11-26T15:00"),
        ("de", "3. Dezember", "2026-12-03"),
        ("es", "el jueves a las 3 de la tarde", "2026-11-26T15:00"),
        ("en", "None", ""),
    ],
)
def test_meetings_are_heard(app: Application, language: str, words: str, expected: str) -> None:
    assert heard_meeting(app, language, words) == expected


@pytest.mark.parametrize("words", ["3pm", "sometime", "", "2026-11-20", "2026-02-30T10:00"])
def test_what_is_no_meeting_is_refused_without_repeating_it(app: Application, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        heard_meeting(app, "en", words)
    assert caught.value.code == "bad-day"
    assert "sometime" not in str(caught.value)


def test_a_day_on_which_they_met_is_not_to_come(app: Application) -> None:
    assert heard_day(app, "en", "yesterday") == "2026-11-20"
    with pytest.raises(UsageError):
        heard_day(app, "en", "tomorrow")


def test_a_meeting_is_said(app: Application) -> None:
    today = date(2026, 11, 21)
    assert said_meeting("2026-11-22T15:00", today) == "Sunday 22 November, 15:00 (tomorrow)"
    assert said_meeting("2027-01-02", today) == "Saturday 2 January 2027 (in 42 days)"


def test_the_meeting_that_is_set_when_the_answer_is_given_is_meant(app: Application) -> None:
    session = begun(app)
    meet(app, "2026-12-03T15:00")
    assert session.say("bring the card to Dr Lang before our next session") is None
    given = session.dialogue.events[-1]
    assert isinstance(given, Answered)
    assert given.parts.due == "2026-12-03"
    assert given.parts.due_words is not None
    assert given.text[slice(*given.parts.due_words)] == "before our next session"
    # It stays that day when the meeting is moved.
    meet(app, "2026-12-10")
    session.pause()
    again = resume(app, session.id).dialogue.events[-1]
    assert isinstance(again, Answered) and again.parts.due == "2026-12-03"


def test_a_meeting_that_is_over_is_no_day_to_come(app: Application) -> None:
    session = begun(app)
    meet(app, "2026-11-02")
    session.say("bring the card to Dr Lang before we meet")
    given = session.dialogue.events[-1]
    assert isinstance(given, Answered)
    assert given.parts.due is None and given.parts.due_words is not None


def test_a_reply_by_when_means_it_too(app: Application) -> None:
    session = begun(app)
    session.say("bring the card to Dr Lang")
    meet(app, "2026-12-03")
    session.say("when we next meet")
    given = session.dialogue.events[-1]
    assert isinstance(given, Answered) and given.key.endswith("/due")
    assert given.parts.due == "2026-12-03"


def test_a_meeting_is_noted_once(app: Application) -> None:
    begun(app)
    for _ in range(2):
        found = app.relation()
        assert found is not None
        held(app, found, "2026-11-20")
    assert found is not None
    events = app.store.events(found.id)
    assert sum(isinstance(event, MeetingHeld) for event in events) == 1


def test_what_was_undone_did_not_happen() -> None:
    began = MentorshipBegan("2026-11-01T10:00:00+01:00", "Amina", "Daniel")
    at = "2026-11-21T10:00:00+01:00"
    events = [began, MentorshipChanged(at, check_in="2026-11-26"), MeetingHeld(at, "2026-11-26")]
    found = relation("M", events)
    assert found is not None and (found.check_in, found.met) == (None, "2026-11-26")
    found = relation("M", [*events, Undone(at, 2)])
    assert found is not None and (found.check_in, found.met) == ("2026-11-26", None)
    found = relation("M", [*events, Undone(at, 2), Undone(at, 3)])
    assert found is not None and found.met == "2026-11-26"


def test_a_home_of_before_reads_as_the_mentees(tmp_path: Path) -> None:
    found = relation("M", [MentorshipBegan("2026-11-01T10:00:00+01:00", "Amina", "Daniel")])
    assert found is not None
    assert (found.role, found.me, found.other, found.name) == (
        "mentee",
        "Amina",
        "Daniel",
        "Daniel",
    )
