"""How and about what two people meet, whom else there is, and where things came from."""

from __future__ import annotations

import pytest

from tests.cli.test_carrying_on import keep, rows
from tests.cli.test_reading import document
from tests.conftest import Run

TODAY = "2026-11-28"


@pytest.fixture
def one(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    keep(
        "2026-11-24T08:00:00+01:00", win="wrote a card", aim="be braver",
        step="book the room|2026-12-01", query="may I say no",
    )  # fmt: skip
    return run


# --- meetings ---


@pytest.mark.parametrize(
    ("mode", "said"), [("person", "in person"), ("video", "by video"), ("phone", "by phone")]
)
def test_how_they_meet_is_kept_and_shown(one: Run, mode: str, said: str) -> None:
    done = one("meeting", "2026-12-03 09:30", "--mode", mode)
    assert done.out == f"You meet Daniel on Thursday 3 December, 09:30 (in 5 days), {said}.\n"
    found = document(one("meeting", "--json"))
    assert (found["next"], found["mode"]) == ("2026-12-03T09:30", said)
    assert one("prepare").out.startswith(f"For Thursday 3 December, 09:30, {said}\n")
    assert document(one("journey", "--json"))["next_meeting_mode"] == said


def test_it_can_be_said_later_and_goes_with_the_meeting(one: Run) -> None:
    assert one("meeting", "--mode", "phone").err.startswith("no-meeting: ")
    one("meeting", "2026-12-03")
    assert "by phone" in one("meeting", "--mode", "phone").out
    assert "by phone" in one("meeting", "2026-12-04").out
    assert "meeting by phone" in one("undo", "2").out
    one("undo", "--redo")
    one("meeting", "none")
    assert document(one("meeting", "2026-12-10", "--json"))["mode"] == ""
    assert one("meeting", "--mode", "pigeon").code == 2


# --- the agenda ---


def headings(run: Run) -> list[str]:
    return [part["heading"] for part in document(run("prepare", "--json"))["parts"]]


def test_the_agenda_has_everything_a_meeting_is_for_and_asks_for_what_is_missing(one: Run) -> None:
    assert headings(one)[2:] == [
        "What I am working towards",
        "What I want to ask Daniel",
        "What worked",
        "What does not work yet",
        "What I am learning",
        "What I was told",
        "Whom I could meet",
    ]
    said = " ".join(one("prepare").out.split())
    assert "Which skill do I want to get better at?" in said
    one("lessons", "add", "say it back")
    one("feedback", "add", "You let her finish", "--private")
    one("contacts", "add", "Dr Okafor")
    said = one("prepare").out
    assert "- say it back" in said and "- Dr Okafor" in said and "let her finish" not in said
    assert "let her finish" in one("prepare", "--with-private").out


def test_what_one_wants_first_comes_first(one: Run) -> None:
    before = headings(one)
    assert one("settings", "agenda", "Questions, challenges").code == 0
    assert headings(one)[:3] == [
        "What I want to ask Daniel",
        "What does not work yet",
        "What I took on",
    ]
    assert sorted(headings(one)) == sorted(before)
    assert one("settings", "agenda").out == "questions, challenges\n"
    done = one("settings", "agenda", "questoins")
    assert done.err.startswith("no-such-part: ") and "questions" in done.err
    one("settings", "agenda", "none")
    assert headings(one) == before
    assert "the order of the agenda" in one("undo").out
    assert headings(one)[0] == "What I want to ask Daniel"


# --- terms, topics, people ---


def test_a_topic_says_when_it_was_last_talked_about(one: Run) -> None:
    one("agreements", "add", "how I come across in meetings")
    assert "talked about" not in one("agreements").out
    assert one("agreements", "talked", "1", "yesterday").code == 0
    assert "last talked about on Friday 27 November" in " ".join(one("agreements").out.split())
    one("agreements", "talked", "1")
    assert rows(one, "agreements")[0]["seen"] == TODAY
    one("undo")
    assert rows(one, "agreements")[0]["seen"] == "2026-11-27"
    assert one("agreements", "talked", "1", "tomorrow").err.startswith("bad-day: ")


def test_people_have_a_kind_and_a_last_word(one: Run) -> None:
    one("contacts", "add", "Dr Okafor", "--kind", "mentor", "--last", "2026-11-02")
    one("contacts", "add", "Anneke")
    one("contacts", "edit", "2", "--kind", "colleague", "--last", "yesterday")
    said = " ".join(one("contacts").out.split())
    assert "mentor · not asked yet" in said and "last word on Monday 2 November" in said
    assert "colleague · not asked yet" in said and "last word on Friday 27 November" in said
    found = [(row["kind_of"], row["seen"]) for row in rows(one, "contacts")]
    assert found == [("mentor", "2026-11-02"), ("colleague", "2026-11-27")]
    one("contacts", "edit", "2", "Anneke from the lab")
    assert [row["text"] for row in rows(one, "contacts")] == ["Dr Okafor", "Anneke from the lab"]
    assert one("contacts", "edit", "2", "--kind", "friend").code == 2
    assert document(one("journey", "rebuild", "--json"))["same"] is True


def test_a_win_and_an_action_name_the_person_they_came_from(one: Run) -> None:
    one("contacts", "add", "Dr Okafor")
    done = one("wins", "add", "invited to the audit", "--contact", "1")
    assert "from contact 1" in done.out
    one("actions", "add", "write to the audit team", "--contact", "1")
    one("actions", "edit", "1", "--contact", "1")
    assert "came from Dr Okafor" in one("wins").out
    assert one("actions").out.count("came from Dr Okafor") == 2
    assert "contact “Dr Okafor”" in one("undo").out
    one("actions", "edit", "2", "--contact", "none")
    assert "came from" not in one("actions").out
    assert one("wins", "add", "x", "--contact", "9").err.startswith("no-such-item: ")
    assert one("wins", "add", "x", "--contact", "Ruth").err.startswith("no-number: ")
