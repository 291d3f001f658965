"""What changes over time, without a mark for anybody: scales asked again, both sides, what it took."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest

from reflect.application.begin import begin_mentorship, begin_session
from reflect.script import Question
from reflect.text import display_width
from tests.cli.test_carrying_on import App, keep, rows
from tests.cli.test_reading import document
from tests.conftest import Run
from tests.dialogue.scripts import question, script

TODAY = "2026-11-28"
TRUST = Question(
    id="trust",
    ask=(("How easy is it to tell them of a mistake?",),),
    kind="scale",
    labels=("hardly possible", "quite easy"),
    share="no",
)
PULSE = script(worked=(TRUST,), adjust=(question("snag"),), next=(question("step", keep="action"),))


class ScaleEar:
    """Hears a number where it is one."""

    def hear(self, text: str, expectation: object, now: object):  # type: ignore[no-untyped-def]
        from reflect.events import Said

        return Said(text, value=int(text)) if text.isdecimal() else Said(text)


class Pulsing(App):
    def ear(self, language: str) -> ScaleEar:  # type: ignore[override]
        return ScaleEar()


def pulse(at: str, trust: str, minutes: int = 0) -> None:
    """A session with that answer to the scale, so many minutes between one answer and the next."""
    times = iter(range(1000))
    began = datetime.fromisoformat(at)

    def clock() -> datetime:
        return began + timedelta(minutes=minutes * next(times))

    app = Pulsing(dict(os.environ) | {"REFLECT_TODAY": at[:10]}, clock=clock)
    relation = app.relation() or begin_mentorship(app, "Amina", "Daniel", PULSE.stages[0])
    session = begin_session(app, relation, PULSE, PULSE.stages[0], "short")
    while session.turn is not None:
        assert session.say({"trust": trust}.get(session.turn.key, "")) is None
    session.finish()
    app.close()


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    return keep("2026-11-24T08:00:00+01:00", aim="be braver", step="book the room|2026-12-01")


# --- scales ---


def test_a_scale_asked_again_has_its_row_and_its_words(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    pulse("2026-09-21T08:00:00+02:00", "4")
    assert run("journey", "--answers").err.startswith("No scale has been asked twice yet.")
    pulse("2026-10-21T08:00:00+02:00", "")
    pulse("2026-11-20T08:00:00+01:00", "3")
    done = run("journey", "--answers", "trust")
    said = " ".join(done.out.split())
    assert "How easy is it to tell them of a mistake?" in said
    assert "1 is “hardly possible”, 5 is “quite easy”" in said
    assert "4 3 (Monday 21 September to Friday 20 November)" in said
    assert "lower than the time before" in said and "yours alone" in done.err
    assert max(map(display_width, done.out.splitlines())) <= 60
    (found,) = document(run("journey", "--answers", "--json"))["answers"]
    assert [(one["day"], one["value"]) for one in found["values"]] == [
        ("2026-09-21", 4),
        ("2026-11-20", 3),
    ]
    assert (found["low"], found["high"]) == (1, 5)
    assert document(run("journey", "--answers", "patience", "--json"))["answers"] == []


def test_what_was_erased_is_in_no_row(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    for day, trust in (("2026-09-21", "4"), ("2026-10-21", "5"), ("2026-11-20", "3")):
        pulse(f"{day}T08:00:00+02:00", trust)
    assert run("delete", "2", "--answer", "1", "--yes").code == 0
    (found,) = document(run("journey", "--answers", "--json"))["answers"]
    assert [one["value"] for one in found["values"]] == [4, 3]


# --- both sides ---


def test_what_both_took_on_and_what_became_of_it(run: Run, one: str) -> None:
    assert "both" not in run("journey").out
    run("actions", "add", "the paper", "--owner", "mentor")
    run("actions", "add", "ring the ward", "--owner", "mentor")
    run("actions", "add", "sit in on a round", "--owner", "both")
    run("actions", "done", "2")
    lines = run("journey").out.splitlines()
    assert "both      taken on: 1 by you, 2 by Daniel, 1 by both" in lines
    assert "          Daniel: 1 kept, 2 open" in lines
    found = document(run("journey", "--json"))
    assert found["taken_on"] == {"own": 1, "theirs": 2, "both": 1}
    assert found["promises_of_the_other"] == {"kept": 1, "dropped": 0, "open": 2}
    run("undo")
    assert "          Daniel: 3 open" in run("journey").out.splitlines()


def test_sessions_are_counted_with_the_goal_they_served(run: Run, one: str) -> None:
    keep("2026-11-25T08:00:00+01:00", win="spoke up")
    (goal,) = rows(run, "goals")
    assert goal["sessions"] == 1
    assert "1 session" in run("goals").out


def test_a_quarter_without_a_personal_goal_is_a_quiet_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-08-01")
    keep("2026-08-01T08:00:00+02:00", aim="be braver")
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    assert "quiet" not in run("journey").out
    run("goals", "edit", "1", "--kind", "career")
    assert document(run("journey", "--json"))["left_alone"] == "personal"
    run("goals", "add", "read two cases", "--kind", "skill")
    line = "quiet     nothing personal among your goals for three months"
    assert line in run("journey").out.splitlines()
    run("goals", "add", "sleep before nights", "--kind", "personal")
    assert "quiet" not in run("journey").out


# --- feedback and lessons ---


def test_feedback_of_a_period_says_what_it_was_about(run: Run, one: str) -> None:
    run("feedback", "add", "You let the patient finish", "--about", "strength")
    run("feedback", "add", "Your card was hard to read", "--about", "improvement")
    run("feedback", "add", "You asked twice", "--given", "2026-09-01")
    run("feedback", "add", "You came early")
    run("feedback", "edit", "4", "--about", "strength")
    assert "a strength" in run("feedback").out and "to improve" in run("feedback").out
    done = run("feedback", "--since", "2026-11-01")
    total = "Since Sunday 1 November: 2 on strengths, 1 on what to improve"
    assert done.out.splitlines()[-1] == total and "You asked twice" not in done.out
    found = document(run("feedback", "--since", "2026-08-01", "--json"))
    assert found["balance"] == {"strengths": 2, "improvements": 1, "unsaid": 1}
    assert "no feedback" in run("feedback", "--since", "2026-11-29").out
    assert run("feedback", "edit", "1", "--about", "brilliance").code == 2


def test_late_feedback_is_told_kindly(run: Run, one: str) -> None:
    late = run("feedback", "add", "You were calm", "--happened", "2026-11-01")
    assert "It reached you 27 days later. You may ask for it sooner" in late.err
    assert "Saturday 28 November, about Sunday 1 November" in " ".join(run("feedback").out.split())
    (row,) = rows(run, "feedback")
    assert (row["happened"], row["given"]) == ("2026-11-01", "")
    fresh = run("feedback", "edit", "1", "--given", "2026-11-15")
    assert "later" not in fresh.err
    assert "16 days later" in run("feedback", "edit", "1", "--given", "2026-11-17").err
    assert run("feedback", "add", "x", "--happened", "tomorrow").code == 2


def test_feedback_names_the_milestone_it_was_given_at(run: Run, one: str) -> None:
    run("goals", "milestone", "1", "the first case is chosen")
    run("feedback", "add", "A good choice", "--milestone", "the first case is chosen")
    assert "at: the first case is chosen" in " ".join(run("feedback").out.split())
    assert rows(run, "feedback")[0]["milestone"] == "the first case is chosen"
    assert run("undo", "--list").out.count("\n") == 2


def test_lessons_are_found_by_their_skill(run: Run, one: str) -> None:
    run("lessons", "add", "ask before the round", "--skill", "ward rounds")
    run("lessons", "add", "sleep first")
    run("lessons", "add", "say it back")
    run("lessons", "edit", "3", "--skill", "Handover")
    assert "skill: ward rounds" in run("lessons").out
    assert [row["text"] for row in rows(run, "lessons", "--skill", "handover")] == ["say it back"]
    assert "No lesson on that yet." in run("lessons", "--skill", "drawing").err
    assert run("lessons", "edit", "3", "say it back at once").code == 0
    assert [row["skill"] for row in rows(run, "lessons", "--limit", "1")] == ["Handover"]
    assert document(run("journey", "rebuild", "--json"))["same"] is True


# --- what it took ---


def test_the_summary_has_the_time_beside_what_came_of_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    for day in ("2026-09-21", "2026-10-21", "2026-11-20"):
        pulse(f"{day}T08:00:00+02:00", "4", minutes=6)
    run("meeting", "held", "2026-11-20")
    said = " ".join(run("conclude", "--summary").out.split())
    assert "What it took - 3 sessions, about" in said and "- 1 meeting noted" in said
    assert "minutes" in said or "hour" in said


def test_a_break_is_no_time_spent(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    pulse("2026-11-20T08:00:00+01:00", "4", minutes=60)
    took = run("conclude", "--summary").out.split("What it took")[1]
    assert took.split() == ["-", "1", "session"]
