"""Items noted between two sessions, people and terms, what they say of themselves, and taking it back."""

from __future__ import annotations

from typing import Any

import pytest

from reflect.mentorship.item import ABOUT, KINDS
from reflect.mentorship.settling import OWNERS
from reflect.settings import Home
from reflect.text import display_width
from tests import conftest
from tests.cli.test_carrying_on import keep, rows, texts
from tests.cli.test_reading import document
from tests.conftest import Run

TODAY = "2026-11-28"
LISTS = (
    "actions",
    "goals",
    "wins",
    "questions",
    "feedback",
    "lessons",
    "contacts",
    "agreements",
)


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> str:
    """A session with an action and a goal."""
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    return keep("2026-11-24T08:00:00+01:00", aim="be braver", step="book the room|2026-12-01")


def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every stream pass for a terminal."""
    monkeypatch.setattr(conftest._Stream, "isatty", lambda self: True)


# --- adding ---


@pytest.mark.parametrize("command", LISTS)
def test_every_kind_is_noted_listed_and_taken_back(run: Run, one: str, command: str) -> None:
    before = texts(run, command)
    done = run(command, "add", "a", "word", "of", "mine")
    assert done.code == 0, done.err
    assert "a word of mine" in done.out and "reflect undo" in done.err
    assert sorted(texts(run, command)) == [*sorted(before), (len(before) + 1, "a word of mine")]
    assert "a word of mine" in run(command).out
    assert run("undo").out.endswith(": noted by hand\n")
    assert texts(run, command) == before
    run("undo", "--redo")
    assert len(texts(run, command)) == len(before) + 1
    assert document(run("journey", "rebuild", "--json"))["same"] is True


@pytest.mark.parametrize("command", ["feedback", "lessons", "contacts", "agreements"])
def test_without_a_session_it_is_friendly(run: Run, home: Home, command: str) -> None:
    done = run(command)
    assert (done.code, done.out) == (0, "")
    assert "Begin one with: reflect" in done.err
    assert run(command, "--json").code == 0
    assert run(command, "add", "a word").err.startswith("nothing-kept: ")
    assert not home.database.exists()


@pytest.mark.parametrize("command", LISTS)
def test_an_empty_list_says_so_and_nothing_is_noted_of_nothing(
    run: Run, one: str, command: str
) -> None:
    done = run(command, "add", "  ")
    assert (done.code, done.err.split(":")[0]) == (2, "bad-text")
    if command in ("actions", "goals"):
        return
    done = run(command)
    assert (done.code, done.out, done.err.count("\n")) == (0, "", 1)


def test_a_day_is_heard_and_the_options_say_the_rest(run: Run, one: str) -> None:
    done = run("actions", "add", "I will ask Ruth for the rota by next friday", "--goal", "1")
    expected = "ask Ruth for the rota (by Friday 4 December, serves goal 1)"
    assert done.out == f"Noted as action 2: {expected}\n"
    assert "serves goal" not in run("goals", "show", "1").out
    assert "ask Ruth for the rota (open)" in run("goals", "show", "1").out
    done = run("actions", "add", "the paper", "--owner", "mentor", "--private", "--json")
    made = document(done)["action"]
    assert (made["owner"], made["share"], made["session"]) == ("mentor", "no", "")
    assert "the paper" not in run("prepare").out
    assert "the paper" in run("prepare", "--with-private").out


def test_nobody_named_is_asked_about(run: Run, one: str) -> None:
    done = run("actions", "add", "somebody should book the room")
    assert "Whose is it? reflect actions edit 2 --owner" in done.err


def test_what_was_noted_is_asked_about_in_the_next_session(run: Run, one: str) -> None:
    run("actions", "add", "I will feed the cat by 2026-11-29")
    keep("2026-11-28T09:00:00+01:00")
    assert "Feed the cat?" in run("show").out


def test_an_export_has_it_among_the_open_actions(run: Run, one: str) -> None:
    run("actions", "add", "I will feed the cat by 2026-11-29")
    done = run("export", "--all", "--format", "json")
    found = document(done)["open_actions"]
    assert done.err == ""
    assert [action["text"] for action in found] == ["feed the cat", "book the room"]


def test_of_two_mentorships_the_named_one_is_meant(run: Run, one: str) -> None:
    run("mentorship", "new", stdin="Amina\nBea\ngoals\n1\n/pause\n")
    for command in LISTS:
        run(command, "add", "for him", "--mentorship", "Daniel")
        assert "for him" not in run(command).out
        assert "for him" in run(command, "--mentorship", "Daniel").out
    run("contacts", "asked", "1", "--mentorship", "Daniel")
    run("agreements", "agree", "1", "--mentorship", "Daniel")
    run("actions", "edit", "1", "--owner", "both", "--mentorship", "Daniel")
    run("actions", "done", "2", "--mentorship", "Daniel")
    found = document(run("journey", "--json", "--mentorship", "Daniel"))
    assert (found["contacts"], found["agreements"]) == ({"asked": 1}, {"agreed": 1})
    assert [row["owner"] for row in rows(run, "actions", "--mentorship", "Daniel")] == ["both"]
    assert run("undo", "--list").out == ""


# --- people and terms ---


def test_a_contact_moves_on_and_is_done_when_thanked(
    run: Run, one: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("contacts", "add", "Dr Okafor from cardiology")
    assert run("contacts").out.splitlines() == [
        "   1  Dr Okafor from cardiology",
        "      not asked yet · noted on Saturday 28 November",
    ]
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-30")
    for command, state in (
        ("asked", "asked"),
        ("introduced", "introduced"),
        ("followed-up", "followed up"),
    ):
        assert run("contacts", command, "1").code == 0
        (row,) = rows(run, "contacts")
        assert (row["state"], row["since"], row["day"]) == (state, "2026-11-30", TODAY)
    assert "followed up, since Monday 30 November" in run("contacts").out
    run("contacts", "thanked", "1")
    assert rows(run, "contacts") == []
    assert [row["state"] for row in rows(run, "contacts", "--all")] == ["thanked"]
    assert run("undo").out == "Taken back: contact “Dr Okafor from cardiology”: state “thanked”\n"
    assert [row["state"] for row in rows(run, "contacts")] == ["followed up"]


def test_a_term_is_agreed_edited_and_ended_and_keeps_its_history(run: Run, one: str) -> None:
    run("agreements", "add", "phones stay in the bag")
    run("agreements", "agree", "1")
    assert "agreed by both" in run("agreements").out
    run("agreements", "edit", "1", "phones stay off", "--reason", "there are two bags")
    (row,) = rows(run, "agreements")
    assert (row["text"], row["state"]) == ("phones stay off", "proposed")
    assert row["before"] == "phones stay in the bag"
    assert "before: “phones stay in the bag”" in " ".join(run("agreements").out.split())
    run("undo")
    (row,) = rows(run, "agreements")
    assert (row["text"], row["state"]) == ("phones stay in the bag", "agreed")
    run("agreements", "end", "1", "--reason", "we ring each other now")
    assert rows(run, "agreements") == []
    assert [row["state"] for row in rows(run, "agreements", "--all")] == ["ended"]


def test_the_journey_has_a_line_for_each(run: Run, one: str) -> None:
    assert "contacts" not in run("journey").out and "terms" not in run("journey").out
    run("contacts", "add", "Dr Okafor")
    run("contacts", "add", "Anneke")
    run("contacts", "asked", "2")
    run("agreements", "add", "phones stay off")
    run("actions", "add", "the paper", "--owner", "mentor")
    lines = run("journey").out.splitlines()
    assert "contacts  1 to ask, 1 asked" in lines
    assert "terms     1 proposed" in lines
    assert "Daniel    the paper" in lines
    found = {row["pillar"]: row["seen"] for row in rows(run, "journey", "--pillars")}
    assert found["network"] == {"contact": 2}
    later = rows(run, "journey", "--pillars", "--since", "2026-11-29")
    assert [row["seen"] for row in later] == [{}, {}, {}, {}]


# --- feedback and lessons ---


def test_feedback_has_who_when_what_and_what_follows(run: Run, one: str) -> None:
    run("feedback", "add", "You let the patient finish", "--from", "Sister Ruth")
    run("feedback", "edit", "1", "--will", "count to three first")
    assert run("feedback").out.splitlines() == [
        "   1  You let the patient finish",
        "      from Sister Ruth · Saturday 28 November · what I will",
        "      do: count to three first",
    ]
    (row,) = rows(run, "feedback")
    assert (row["giver"], row["will"], row["day"]) == ("Sister Ruth", "count to three first", TODAY)
    run("undo")
    assert rows(run, "feedback")[0]["will"] == ""


def test_lists_are_newest_first_and_fit(run: Run, one: str) -> None:
    for words in ("one thing", "another " * 20):
        run("lessons", "add", words)
    assert [number for number, _ in texts(run, "lessons")] == [2, 1]
    assert len(rows(run, "lessons", "--limit", "1")) == 1
    assert max(map(display_width, run("lessons").out.splitlines())) <= 60


# --- saying more of an item ---


def test_an_action_gets_an_owner_and_a_goal_in_one_change(run: Run, one: str) -> None:
    done = run("actions", "edit", "1", "book it", "--owner", "both", "--goal", "1")
    assert done.out.splitlines() == [
        "Now: book it", "     for you and Daniel", "     serves goal 1",
    ]  # fmt: skip
    (row,) = rows(run, "actions")
    assert (row["owner"], row["text"], row["goal"]) == (
        "both",
        "book it",
        rows(run, "goals")[0]["id"],
    )
    assert run("undo", "--list").out.count("\n") == 1
    assert "owner “both”, goal “be braver”, text “book it”" in run("undo").out
    assert rows(run, "actions")[0]["text"] == "book the room"
    run("undo", "--redo")
    run("actions", "edit", "1", "--goal", "none")
    assert rows(run, "actions")[0]["goal"] == ""


def test_a_goal_gets_a_kind(run: Run, one: str) -> None:
    assert run("goals", "edit", "1", "--kind", "personal").code == 0
    (row,) = rows(run, "goals")
    assert (row["kind_of"], row["text"]) == ("personal", "be braver")


def test_the_options_know_every_value() -> None:
    from reflect.cli import fields

    assert (fields.OWNERS, fields.ABOUT) == (OWNERS, ABOUT)
    kinds = (fields.GOAL_KINDS, fields.STEP_KINDS, fields.CONTACT_KINDS)
    assert kinds == (KINDS["goal"], KINDS["action"], KINDS["contact"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("actions", "edit", "1"), "bad-text"),
        (("actions", "edit", "1", "--goal", "x"), "no-number"),
        (("actions", "edit", "1", "--goal", "9"), "no-such-item"),
        (("actions", "edit", "1", "--owner", "bob"), "usage"),
        (("actions", "add", "x", "--goal", "9"), "no-such-item"),
        (("goals", "edit", "1", "--kind", "great"), "usage"),
        (("goals", "add", "x" * 1001), "bad-text"),
        (("feedback", "edit", "1", "--from", " "), "bad-text"),
        (("contacts", "asked", "9"), "no-such-item"),
        (("contacts", "asked"), "no-number"),
        (("agreements", "agree", "9"), "no-such-item"),
        (("agreements", "edit", "1"), "bad-text"),
        (("delete", "--item", "win", "9"), "no-such-item"),
        (("delete", "--item", "cat", "9"), "no-such-kind"),
        (("delete", "--item", "action", "1", "--yes"), "not-noted-by-hand"),
        (("delete", "1", "--item", "win", "1"), "usage"),
        (("delete",), "usage"),
        (("delete", "--item", "win", "1", "--answer", "2"), "usage"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    run: Run, one: str, arguments: tuple[str, ...], code: str
) -> None:
    before = document(run("journey", "rebuild", "--json"))["after"]
    done = run(*arguments)
    assert done.code in (1, 2)
    assert done.err.startswith(f"{code}: "), done.err
    assert document(run("journey", "rebuild", "--json"))["after"] == before


# --- agreeing on a goal ---


def state(run: Run) -> Any:
    return rows(run, "goals")[0]["state"]


def test_a_goal_nobody_can_see_reached_is_told_and_agreed(run: Run, one: str) -> None:
    done = run("goals", "agree", "1")
    assert (done.code, done.out) == (0, "Agreed by both: be braver\n")
    assert "names no day, and nothing that you could count" in done.err
    assert state(run) == "agreed"


def test_at_a_terminal_it_is_asked(run: Run, one: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch)
    done = run("goals", "agree", "1", stdin="no\n")
    assert (done.code, state_quietly(run, monkeypatch)) == (1, "draft")
    terminal(monkeypatch)
    assert "Agree on it as it is? (yes/no)" in done.err
    assert run("goals", "agree", "1", stdin="yes\n").code == 0
    assert state_quietly(run, monkeypatch) == "agreed"


def state_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(conftest._Stream, "isatty", lambda self: self.screen)
    return state(run)


def test_anyway_and_a_clear_goal_are_agreed_without_a_word(run: Run, one: str) -> None:
    done = run("goals", "agree", "1", "--anyway")
    assert "names no" not in done.err
    run("goals", "edit", "1", "hold three talks by the end of march")
    done = run("goals", "agree", "1")
    assert "names no" not in done.err
    assert state(run) == "agreed"


# --- erasing ---


def test_what_was_noted_is_erased_for_good(run: Run, home: Home, one: str) -> None:
    run("contacts", "add", "a canary of a person")
    run("contacts", "asked", "1", "--reason", "canary of a reason")
    assert run("delete", "--item", "contacts", "1", stdin="no\n").code == 1
    assert len(rows(run, "contacts")) == 1
    done = run("delete", "--item", "contact", "1", "--yes")
    assert done.code == 0 and "hold none of it" in done.err
    assert rows(run, "contacts", "--all") == []
    assert b"canary" not in home.database.read_bytes()
    assert document(run("journey", "rebuild", "--json"))["same"] is True
    assert run("undo", "--list").code == 0
