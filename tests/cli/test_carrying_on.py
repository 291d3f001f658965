"""Actions, goals, wins, the journey; changing them, and taking a change back."""

from __future__ import annotations

from typing import Any

import pytest

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.session import Session
from reflect.events import Expectation, Parts, Said, Span
from reflect.settings import Home
from reflect.text import display_width
from tests.cli.test_reading import document
from tests.conftest import Run
from tests.dialogue.scripts import question, script
from tests.sharing.sessions import QuietApplication

TODAY = "2026-11-28"
PACK = script(
    worked=(question("win", keep="win"),),
    adjust=(question("aim", keep="goal"),),
    next=(
        question("step", keep="action"),
        question("theirs", keep="action"),
        question("query", keep="question"),
    ),
)


class Ear:
    """Hears an action whole, its day after a bar, and whose it is after another."""

    def hear(self, text: str, expectation: Expectation, now: object) -> Said:
        if expectation.wants != "action":
            return Said(text)
        words, _, rest = text.partition("|")
        due, _, owner = rest.partition("|")
        parts = Parts(what=Span(0, len(words)), due=due or None, owner=owner or "me")
        return Said(text, parts=parts)


class App(QuietApplication):
    def ear(self, language: str) -> Ear:  # type: ignore[override]
        return Ear()


def keep(at: str, **answers: str) -> str:
    """A session at local time `at` with `answers` by key; what is not named is skipped."""
    import os
    from datetime import datetime

    app = App(
        dict(os.environ) | {"REFLECT_TODAY": at[:10]}, clock=lambda: datetime.fromisoformat(at)
    )
    relation = app.relation() or begin_mentorship(app, "Amina", "Daniel", PACK.stages[0])
    session: Session = begin_session(app, relation, PACK, PACK.stages[0], "short")
    while session.turn is not None:
        assert session.say(answers.get(session.turn.key, "")) is None
    session.finish()
    app.close()
    return session.id


@pytest.fixture
def journey(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two sessions, the later of which serves the goal of the first."""
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    first = keep(
        "2026-11-10T08:00:00+01:00",
        win="wrote a card", aim="hold three talks",
        step="ask Ruth|2026-11-20", theirs="send the paper|2026-12-01|mentor",
    )  # fmt: skip
    second = keep(
        "2026-11-24T08:00:00+01:00", win="spoke up", step="book the room", query="may I say no"
    )
    return first, second


def rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    found = document(run(*arguments, "--json"))
    (name,) = found.keys() - {"schema_version"}
    return list(found[name])


def texts(run: Run, *arguments: str) -> list[tuple[int, str]]:
    return [(row["number"], row["text"]) for row in rows(run, *arguments)]


# --- nothing there ---


@pytest.mark.parametrize("command", ["actions", "goals", "wins", "questions", "journey"])
def test_without_a_session_it_is_friendly(run: Run, home: Home, command: str) -> None:
    done = run(command)
    assert (done.code, done.out) == (0, "")
    assert "Begin one with: reflect" in done.err
    assert not home.database.exists()


@pytest.mark.parametrize("command", ["stage", "undo"])
def test_what_needs_a_mentorship_says_so(run: Run, command: str) -> None:
    assert run(command).err.startswith("nothing-kept: ")


# --- actions ---


def test_actions_are_numbered_for_good_and_due_ones_come_first(
    run: Run, journey: tuple[str, str]
) -> None:
    assert texts(run, "actions") == [(1, "ask Ruth"), (2, "send the paper"), (3, "book the room")]
    run("actions", "done", "1")
    assert texts(run, "actions") == [(2, "send the paper"), (3, "book the room")]
    assert [row["state"] for row in rows(run, "actions", "--all")] == ["kept", "open", "open"]


@pytest.mark.parametrize(
    ("option", "numbers"),
    [
        ("--due", [1, 2]),
        ("--overdue", [1]),
        ("--mine", [1, 3]),
        ("--mentor", [2]),
        ("--all", [1, 2, 3]),
    ],
)
def test_actions_are_filtered(
    run: Run, journey: tuple[str, str], option: str, numbers: list[int]
) -> None:
    assert [row["number"] for row in rows(run, "actions", option)] == numbers


def test_the_list_is_kind_and_fits(run: Run, journey: tuple[str, str]) -> None:
    out = run("actions").out
    assert out.splitlines()[:3] == [
        "Due", "   1  ask Ruth", "      was for Friday 20 November; a new day is fine",
    ]  # fmt: skip
    assert "For Daniel to do\n   2  send the paper\n" in out
    assert "overdue" not in out
    assert max(map(display_width, out.splitlines())) <= 60


def test_several_are_done_and_taken_back_at_once(run: Run, journey: tuple[str, str]) -> None:
    done = run("actions", "done", "1", "3")
    assert done.out == "Kept: ask Ruth\nKept: book the room\n"
    assert "reflect undo" in done.err
    assert [row["number"] for row in rows(run, "actions")] == [2]
    assert run("undo").out.count("Taken back: action “") == 2
    assert [row["number"] for row in rows(run, "actions")] == [1, 2, 3]


def test_later_hears_a_day_and_an_occasion(run: Run, journey: tuple[str, str]) -> None:
    assert run("actions", "later", "1", "next", "friday").code == 0
    found = {row["number"]: row for row in rows(run, "actions")}
    assert found[1]["due"] == "2026-12-04"
    run("actions", "done", "1")
    run("actions", "later", "1", "after the ward round")
    found = {row["number"]: row for row in rows(run, "actions")}
    assert (found[1]["due"], found[1]["due_words"]) == (None, "after the ward round")


def test_an_edited_action_is_asked_about_in_its_new_words(
    run: Run, journey: tuple[str, str]
) -> None:
    run("actions", "edit", "1", "ask Ruth and Tom", "--reason", "Tom knows more")
    assert texts(run, "actions")[0] == (1, "ask Ruth and Tom")
    keep("2026-11-28T09:00:00+01:00")
    assert "Ask Ruth and Tom?" in run("show").out


def test_an_export_has_open_actions_as_they_stand(run: Run, journey: tuple[str, str]) -> None:
    run("actions", "edit", "1", "ask Ruth and Tom")
    run("actions", "later", "1", "2026-12-04")
    run("actions", "done", "3")
    found = document(run("export", "--all", "--format", "json"))["open_actions"]
    assert [(one["text"], one["due"]) for one in found] == [
        ("send the paper", "2026-12-01"), ("ask Ruth and Tom", "2026-12-04"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("done",), "no-number"),
        (("done", "ruth"), "no-number"),
        (("done", "1", "ruth"), "no-number"),
        (("done", "9"), "no-such-item"),
        (("done", "0"), "no-such-item"),
        (("later", "1"), "bad-day"),
        (("later", "1", "2026-11-01"), "bad-day"),
        (("edit", "1"), "bad-text"),
        (("edit", "1", "x" * 1001), "bad-text"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    run: Run, journey: tuple[str, str], arguments: tuple[str, ...], code: str
) -> None:
    before = rows(run, "actions", "--all")
    done = run("actions", *arguments)
    assert done.code in (1, 2)
    assert done.err.startswith(f"{code}: ")
    assert rows(run, "actions", "--all") == before


# --- goals ---


def test_a_goal_with_all_that_belongs_to_it(run: Run, journey: tuple[str, str]) -> None:
    run("goals", "agree", "1", "--reason", "we both want it")
    run("goals", "edit", "1", "hold two talks", "--reason", "three were too many")
    run("goals", "milestone", "1", "first talk held")
    run("goals", "progress", "1", "half way")
    found = document(run("goals", "show", "1", "--json"))
    assert found["goal"]["state"] == "revised"
    assert found["goal"]["text"] == "hold two talks"
    texts = [one for one in found["history"] if one["field"] == "text"]
    assert [(one["before"], one["value"], one["reason"]) for one in texts] == [
        ("", "hold three talks", ""), ("hold three talks", "hold two talks", "three were too many"),
    ]  # fmt: skip
    assert [one["session"] for one in found["sessions"]] == [journey[1]]
    assert [one["text"] for one in found["actions"]] == ["book the room"]
    assert [one["text"] for one in found["wins"]] == ["spoke up"]
    page = run("goals", "show", "1").out
    for said in (
        "“hold two talks” (three were too many)",
        "first talk held",
        "half way",
        "spoke up",
    ):
        assert said in " ".join(page.split())
    assert max(map(display_width, page.splitlines())) <= 60


def test_goals_reached_and_let_go_leave_the_list(run: Run, journey: tuple[str, str]) -> None:
    run("goals", "reached", "1")
    assert rows(run, "goals") == []
    assert [row["state"] for row in rows(run, "goals", "--all")] == ["reached"]
    run("undo")
    assert [row["state"] for row in rows(run, "goals")] == ["draft"]


# --- wins and questions ---


def test_wins_are_newest_first(run: Run, journey: tuple[str, str]) -> None:
    assert [row["text"] for row in rows(run, "wins")] == ["spoke up", "wrote a card"]
    assert len(run("wins", "--limit", "1").out.splitlines()) == 2


def test_questions_are_asked_and_answered(run: Run, journey: tuple[str, str]) -> None:
    run("questions", "asked", "1")
    assert "asked" in run("questions").out
    run("questions", "answered", "1")
    assert rows(run, "questions") == []
    assert texts(run, "questions", "--all") == [(1, "may I say no")]


# --- undo ---


def test_the_last_change_is_taken_back_and_stands_again(run: Run, journey: tuple[str, str]) -> None:
    run("stage", "goals", "--reason", "we have talked enough")
    run("actions", "drop", "3")
    assert run("undo").out == "Taken back: action “book the room”: state “dropped”\n"
    assert run("undo").out == "Taken back: the move to the stage goals\n"
    assert document(run("stage", "--json"))["stage"] == "rapport"
    assert run("undo").err.startswith("nothing-to-undo: ")
    assert run("undo", "--redo").out == "Stands again: the move to the stage goals\n"
    assert document(run("stage", "--json"))["stage"] == "goals"
    assert rows(run, "undo", "--list")[0]["what"] == ["the move to the stage goals"]


def test_an_earlier_change_is_taken_back_by_its_number(run: Run, journey: tuple[str, str]) -> None:
    run("actions", "done", "1")
    run("actions", "done", "3")
    run("undo", "2")
    assert [row["number"] for row in rows(run, "actions")] == [1, 2]
    assert run("undo", "9").code == 1
    assert run("undo", "--redo", "1").code == 2


# --- stage and journey ---


def test_moving_back_is_as_normal_as_moving_on(run: Run, journey: tuple[str, str]) -> None:
    for state in ("work", "goals"):
        assert run("stage", state, "--reason", f"to {state}").code == 0
    found = document(run("stage", "--json"))
    assert [(one["stage"], one["reason"]) for one in found["history"]] == [
        ("rapport", ""), ("work", "to work"), ("goals", "to goals"),
    ]  # fmt: skip
    assert "“to goals”" in run("stage").out
    assert run("stage", "nowhere").err.startswith("no-such-stage: ")


def test_the_journey_on_one_screen(run: Run, journey: tuple[str, str]) -> None:
    run("stage", "goals", "--reason", "we know each other now")
    run("actions", "done", "3")
    done = run("journey")
    assert done.out.splitlines()[:10] == [
        "Amina and Daniel",
        "stage     goals, since Saturday 28 November: “we know each…",
        "so far    rapport → goals",
        "goals     hold three talks (draft)",
        "promises  1 kept, 1 open",
        "          ■□",
        "both      taken on: 2 by you, 1 by Daniel",
        "          Daniel: 1 open",
        "wins      spoke up",
        "          wrote a card",
    ]
    assert "due       ask Ruth (Friday 20 November)" in done.out
    assert "Daniel    send the paper (Tuesday 1 December)" in done.out
    assert len(done.out.splitlines()) <= 20
    assert max(map(display_width, done.out.splitlines())) <= 60
    assert "■" not in run("--plain", "journey").out
    assert document(run("journey", "--json"))["promises"] == {"kept": 1, "dropped": 0, "open": 1}


def test_the_four_pillars(run: Run, journey: tuple[str, str]) -> None:
    run("actions", "done", "3")
    views = {row["pillar"]: (row["how"], row["seen"]) for row in rows(run, "journey", "--pillars")}
    assert views == {
        "goals and expectations": ("thin", {"goal": 1}),
        "check-ins and feedback": ("covered", {"session": 2, "question": 1}),
        "active learning": ("covered", {"kept": 1, "win": 2}),
        "network": ("missing", {}),
    }
    later = rows(run, "journey", "--pillars", "--since", "2026-11-20")
    assert [row["how"] for row in later] == ["missing", "covered", "covered", "missing"]
    assert "nothing yet" in run("journey", "--pillars").out


def test_rebuilding_gives_the_same_bytes(run: Run, journey: tuple[str, str]) -> None:
    run("actions", "done", "1")
    run("goals", "edit", "1", "other words")
    run("undo")
    found = document(run("journey", "rebuild", "--json"))
    assert found["same"] is True
    assert found["before"] == found["after"]
    said = run("journey", "rebuild").out.split()
    assert said[1] == said[3] == found["after"]


# --- forgetting ---


def test_what_is_erased_is_gone_with_what_was_said_about_it(
    run: Run, home: Home, journey: tuple[str, str]
) -> None:
    run("goals", "edit", "1", "a canary of a goal", "--reason", "a canary of a reason")
    run("actions", "edit", "3", "stays as it is")
    assert run("delete", "2", "--yes").code == 0
    assert rows(run, "goals", "--all") == []
    assert texts(run, "actions", "--all") == [(1, "stays as it is")]
    assert b"canary" not in home.database.read_bytes()
    assert document(run("journey", "rebuild", "--json"))["same"] is True
