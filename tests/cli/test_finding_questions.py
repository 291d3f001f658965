"""The right questions: by what is on one's mind, and by what the day calls for."""

from __future__ import annotations

import pytest

from tests.cli.test_reading import document
from tests.conftest import Run

AGAIN = "\n".join(["I read it from a card", "", "ask Ruth", "by friday", "", "", "", "", "", ""])


@pytest.fixture
def begun(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A mentorship well under way, with one finished session, on Saturday 21 November 2026."""
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    assert run(stdin=f"Amina\nDaniel\nfeedback\n1\n{AGAIN}").code == 0
    return run


def shown(run: Run, *lines: str) -> str:
    return " ".join(run(stdin="\n".join((*lines, "/pause"))).out.split())


def pack_of(run: Run) -> str:
    """The pack of the latest session."""
    return str(document(run("history", "--json"))["sessions"][0]["pack"])


def test_words_find_a_pack_with_the_sentence_that_found_it(run: Run) -> None:
    found = document(run("suggest", "my mentor keeps", "canceling", "--json"))["suggestions"]
    assert 1 <= len(found) <= 3
    first = found[0]
    assert "cancel" in first["because"]
    assert first["command"].startswith(f"reflect --pack {first['id']}")
    done = run("suggest", "my mentor keeps cancelling")
    assert first["because"] in " ".join(done.out.split())


def test_what_nothing_fits_is_said(run: Run) -> None:
    for words in ("xyzzy", "the of and", "🙃"):
        done = run("suggest", words)
        assert (done.code, done.out) == (0, "")
        assert "reflect pack list" in done.err


def test_only_packs_for_one_s_role_are_found(run: Run) -> None:
    names = {
        one["id"]
        for one in document(run("suggest", "where you were too quick", "--json"))["suggestions"]
    }
    assert "mentors-side" not in names


def test_something_else_leads_to_the_questions_that_fit(begun: Run) -> None:
    said = shown(begun, "3", "my mentor keeps cancelling", "1")
    assert "Which of these comes closest?" in said
    assert pack_of(begun) != "four-stages"


def test_what_fits_nothing_takes_the_usual_questions(begun: Run) -> None:
    assert "I have no questions made for that" in shown(begun, "something else", "xyzzy")
    assert pack_of(begun) == "four-stages"


def test_none_of_what_was_found_takes_the_usual_questions(begun: Run) -> None:
    shown(begun, "3", "my mentor keeps cancelling", "none of them")
    assert pack_of(begun) == "four-stages"


def test_after_a_meeting_looking_back_is_offered_with_the_reason(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert begun("meeting", "held", "yesterday").code == 0
    said = shown(begun, "3")
    assert "After a meeting: you met Daniel (Friday 20 November)" in said
    assert pack_of(begun) == "debrief"


def test_a_wish_is_not_discussed(begun: Run) -> None:
    begun("meeting", "held", "yesterday")
    done = begun("--pack", "four-stages", "--new", stdin="1\n/pause\n")
    assert "you met" not in done.out and "something else" not in done.out


def test_after_a_session_that_sounded_low_help_is_offered_and_claimed_to_nobody_else(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    lines = ["nothing", "I cried in the car after the round", "", "", "", "", "", ""]
    assert run(stdin="\n".join(["Amina", "Daniel", "feedback", "1", *lines])).code == 0
    assert "last time did not sound easy" in shown(run, "1")
