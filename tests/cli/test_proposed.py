"""What the day calls for is proposed at the start: one thing, the most pressing, and not twice in two weeks."""

from __future__ import annotations

import os

import pytest

from reflect.application.proposing import RULES
from reflect.application.wiring import Application
from reflect.settings import Home
from tests.cli.test_reading import document
from tests.conftest import Run

SAID = ["I read it from a card", "", "ask Ruth", "by friday", "", "", "", "", "", ""]
PACK = """reflect: 1
pack: {id}
version: 1.0.0
title: {title}
language: en

worked:
  - id: calm
    ask: When did it last feel easy?
adjust:
  - id: snag
    ask: What holds it up?
next:
  - id: step
    ask: What will you do?
    keep: action
"""


@pytest.fixture
def begun(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A mentorship at work, begun on 1 September 2026 with one session and a promise for that Friday."""
    on(monkeypatch, "2026-09-01")
    assert run(stdin="\n".join(["Amina", "Daniel", "feedback", "1", *SAID])).code == 0
    return run


def on(monkeypatch: pytest.MonkeyPatch, today: str) -> None:
    monkeypatch.setenv("REFLECT_TODAY", today)


def with_pack(home: Home, name: str, title: str) -> None:
    """A pack of the mentee's own; where one of this name is shipped, that one stays."""
    folder = home.packs / name
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK.format(id=name, title=title))


def offered(run: Run) -> str:
    """The start as it is shown, and left at the first question, which passes over what is offered."""
    said = " ".join(run(stdin="1\n/pause\n").out.split())
    assert run("abandon").code == 0
    return said


def take(run: Run) -> str:
    """What is offered is taken and left at its first question; gives the pack."""
    run(stdin="3\n/pause\n")
    pack = str(document(run("history", "--json"))["sessions"][0]["pack"])
    run("abandon")
    return pack


def held(run: Run, pack: str) -> None:
    """A whole session of `pack` in which nothing is said."""
    assert run("--pack", pack, "--short", "--new", stdin="\n" * 40).code == 0


def move(run: Run, monkeypatch: pytest.MonkeyPatch, today: str, to: str, *more: str) -> None:
    on(monkeypatch, today)
    assert run("meeting", to, *more).code == 0


# --- meetings that were moved ---


def test_two_meetings_in_a_row_that_were_moved_call_for_a_talk(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(begun, monkeypatch, "2026-09-02", "2026-09-09")
    move(begun, monkeypatch, "2026-09-08", "2026-09-15", "--reason", "the ward was short")
    assert "in a row" not in offered(begun)
    move(begun, monkeypatch, "2026-09-10", "none", "--reason", "Daniel is away")
    move(begun, monkeypatch, "2026-09-10", "2026-09-25")
    assert "your meetings have been moved, two in a row" in offered(begun)
    shown = begun("meeting").out
    assert "Moved: the meeting of Wednesday 9 September (“the ward was short”)." in shown
    moved = document(begun("meeting", "--json"))["moved"]
    assert [(one["planned"], one["to"], one["reason"]) for one in moved] == [
        ("2026-09-09", "2026-09-15", "the ward was short"),
        ("2026-09-15", "", "Daniel is away"),
    ]


def test_the_talk_about_it_is_enough(begun: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    move(begun, monkeypatch, "2026-09-02", "2026-09-09")
    move(begun, monkeypatch, "2026-09-05", "2026-09-15")
    move(begun, monkeypatch, "2026-09-06", "2026-09-25")
    held(begun, "repair")
    assert "in a row" not in offered(begun)


def test_a_meeting_as_planned_ends_the_row_and_a_correction_begins_none(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(begun, monkeypatch, "2026-09-02", "2026-09-09")
    move(begun, monkeypatch, "2026-09-02", "2026-09-10")
    move(begun, monkeypatch, "2026-09-03", "2026-09-10 09:30")
    assert document(begun("meeting", "--json"))["moved"] == []
    move(begun, monkeypatch, "2026-09-04", "2026-09-14")
    move(begun, monkeypatch, "2026-09-14", "held")
    assert len(document(begun("meeting", "--json"))["moved"]) == 1
    move(begun, monkeypatch, "2026-09-15", "2026-09-20")
    move(begun, monkeypatch, "2026-09-20", "held")
    assert document(begun("meeting", "--json"))["moved"] == []
    assert "Moved" not in begun("meeting").out


def test_a_reason_is_one_line_and_undone_with_its_meeting(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(begun, monkeypatch, "2026-09-02", "2026-09-09")
    on(monkeypatch, "2026-09-03")
    done = begun("meeting", "2026-09-10", "--reason", "x" * 2000)
    assert (done.code, done.err.split(":")[0]) == (2, "bad-text")
    move(begun, monkeypatch, "2026-09-03", "2026-09-10", "--reason", "the ward was short")
    begun("undo")
    assert document(begun("meeting", "--json"))["moved"] == []


# --- standing still ---


def test_three_weeks_of_silence_bring_the_pack_for_that(
    begun: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pack(home, "stalled", "Standing still")
    on(monkeypatch, "2026-09-21")
    assert "nothing has moved" not in offered(begun)
    on(monkeypatch, "2026-10-12")
    assert "nothing has moved for 21 days, and that happens" in offered(begun)


def test_sessions_without_a_promise_settled_stand_still_too(
    begun: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pack(home, "stalled", "Standing still")
    for day in ("2026-09-10", "2026-09-20"):
        on(monkeypatch, day)
        held(begun, "catch-up")
    on(monkeypatch, "2026-09-23")
    assert "nothing has moved for 21 days" in offered(begun)
    on(monkeypatch, "2026-10-08")
    begun("actions", "done", "1")
    assert "nothing has moved" not in offered(begun)


def test_after_a_quarter_without_a_word_staying_in_touch_is_proposed(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-12-01")
    assert "91 days without a word" in offered(begun)


# --- what has its time ---


def test_the_last_goal_reached_leads_on_and_not_into_silence(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-09-05")
    begun("goals", "add", "three talks")
    begun("goals", "add", "two cases")
    begun("goals", "reached", "1")
    assert "your last goal" not in offered(begun)
    begun("goals", "reached", "2")
    assert "your last goal is reached" in offered(begun)


def test_each_quarter_the_mentor_is_told_how_it_goes(
    begun: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pack(home, "step-back", "A step back")
    for day in ("2026-09-20", "2026-10-10", "2026-10-30", "2026-11-20"):
        on(monkeypatch, day)
        held(begun, "catch-up" if day != "2026-11-20" else "pulse")
        begun("actions", "done", "1")
    for name in "one", "two", "three":
        begun("contacts", "add", name)
    on(monkeypatch, "2026-11-29")
    assert "three months" not in offered(begun)
    on(monkeypatch, "2026-11-30")
    assert ": three months have gone by" in offered(begun)
    on(monkeypatch, "2026-12-14")
    assert take(begun) == "feedback-to-the-mentor"
    held(begun, "feedback-to-the-mentor")
    assert ": three months have gone by" in offered(begun)
    on(monkeypatch, "2026-12-29")
    assert take(begun) == "step-back"


def test_few_people_after_two_months_bring_the_map(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-09-20", "2026-10-10", "2026-10-29"):
        on(monkeypatch, day)
        held(begun, "pulse")
        begun("actions", "done", "1")
    on(monkeypatch, "2026-10-30")
    assert "few people" not in offered(begun)
    on(monkeypatch, "2026-10-31")
    for name in "one", "two", "three":
        begun("contacts", "add", name)
    assert "few people" not in offered(begun)
    begun("undo")
    assert "there are few people on your list yet" in offered(begun)


def test_people_all_of_one_kind_bring_the_map_too(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-09-20", "2026-10-10", "2026-10-29"):
        on(monkeypatch, day)
        held(begun, "pulse")
        begun("actions", "done", "1")
    on(monkeypatch, "2026-10-31")
    for name in "one", "two", "three":
        begun("contacts", "add", name, "--kind", "colleague")
    assert "the people on your list are all of one kind" in offered(begun)
    on(monkeypatch, "2026-11-19")
    begun("contacts", "edit", "1", "--kind", "industry")
    assert "all of one kind" not in offered(begun)


def test_a_task_whose_day_is_over_is_looked_back_on(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-09-02")
    begun("actions", "done", "1")
    lines = ["1", "take the school party round", "3", "", "ask Ruth to walk with me by 2026-09-08"]
    begun("--pack", "stretch-task", "--short", "--new", stdin="\n".join(lines) + "\n" * 40)
    for today, is_due in (("2026-09-08", False), ("2026-09-09", True)):
        on(monkeypatch, today)
        assert ("the day of your task is over" in offered(begun)) is is_due


# --- once, and not again for two weeks ---


def test_what_is_not_taken_is_not_proposed_again_for_two_weeks(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun("goals", "add", "three talks")
    begun("goals", "reached", "1")
    assert "your last goal is reached" in offered(begun)
    on(monkeypatch, "2026-09-14")
    assert "your last goal is reached" not in offered(begun)
    on(monkeypatch, "2026-09-15")
    assert "your last goal is reached" in offered(begun)


def test_what_is_taken_is_what_was_proposed(begun: Run) -> None:
    begun("goals", "add", "three talks")
    begun("goals", "reached", "1")
    assert take(begun) == "maintain"


def test_another_meeting_is_another_thing(begun: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("2026-09-03", "2026-09-10"):
        move(begun, monkeypatch, day, "held")
        assert "you met Daniel" in offered(begun)
        assert "you met Daniel" not in offered(begun)


def test_of_several_things_the_most_pressing_is_proposed_alone(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun("goals", "add", "three talks")
    begun("goals", "reached", "1")
    move(begun, monkeypatch, "2026-09-02", "held")
    said = offered(begun)
    assert "you met Daniel" in said and "last goal" not in said
    assert "last goal" in offered(begun)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_every_reason_has_its_sentence(language: str, home: Home) -> None:
    core = Application(dict(os.environ)).script("four-stages", language).core
    assert {f"propose-{rule.reason}" for rule in RULES} <= core.keys()


def test_a_mark_that_makes_no_sense_is_no_mark(begun: Run) -> None:
    begun("goals", "add", "three talks")
    begun("goals", "reached", "1")
    app = Application(dict(os.environ))
    (mentorship,) = app.store.mentorships()
    app.store.put_mark(f"proposed {mentorship}", "[no")
    app.close()
    assert "your last goal is reached" in offered(begun)
