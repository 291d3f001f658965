"""The next session opens with what was written back: once each, beside one's own words, and nothing is copied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from reflect.application.begin import begin_session, resume
from reflect.application.gathering import gathered
from reflect.application.noting import note as write_down
from reflect.application.openness import Openness
from reflect.application.session import Session
from reflect.application.taking import accept, decline
from reflect.events import NoteRef, SessionStarted, ShareChanged
from reflect.mentorship.recall import memory

from .replies import PACK, SAID, Shared, application, note, shared


@pytest.fixture
def home() -> Iterator[Shared]:
    app = application()
    yield shared(app)
    app.close()


def begun(home: Shared) -> Session:
    return begin_session(home.app, home.relation, PACK, PACK.stages[0], "short")


def through(session: Session, **answers: str) -> list[str]:
    """Answer everything and end; gives what the notes said."""
    said = []
    while session.turn is not None:
        if session.turn.role == "note":
            said.append(session.turn.text)
        session.say(answers.get(session.turn.key.partition("@")[0].removeprefix("core."), ""))
    session.finish()
    return said


def opens(home: Shared, **answers: str) -> list[str]:
    return through(begun(home), **answers)


def test_the_next_session_opens_with_the_newest_and_each_only_once(home: Shared) -> None:
    home.receive(*(note(n, day=f"2026-11-1{n}", about=home.answer("win")) for n in range(1, 6)))
    first = opens(home)
    assert [words.rpartition(": ")[2] for words in first] == [
        "words of 5",
        "words of 4",
        "words of 3",
    ]
    assert all("I wrote the three worst patients on a card first and read…" in one for one in first)
    home.receive(note(6))
    assert [one.rpartition(": ")[2] for one in opens(home)] == [
        "words of 6",
        "words of 2",
        "words of 1",
    ]
    assert opens(home) == []


def test_one_that_was_not_come_to_opens_the_next(home: Shared) -> None:
    home.receive(note(1), note(2))
    session = begun(home)
    session.say("")
    session.finish("abandoned")
    assert opens(home) == ["again whole: words of 2"]


def test_other_words_of_a_note_are_new(home: Shared) -> None:
    home.receive(note(1))
    assert len(opens(home)) == 1
    home.receive(note(1, text="better", revision=2))
    assert opens(home) == ["again whole: better"]
    home.receive(note(1, revision=3, withdrawn=True))
    assert opens(home) == []


def test_what_was_taken_or_turned_down_is_not_said_again(home: Shared) -> None:
    home.receive(
        note(1, "action"), note(2, "term"), note(3, "close", home.item("step")), note(4, "goal")
    )
    accept(home.app, home.relation, 1)
    decline(home.app, home.relation, 2)
    accept(home.app, home.relation, 3)
    assert {one.rpartition(": ")[2] for one in opens(home)} == {"words of 3", "words of 4"}


def test_it_says_where_the_answer_is_no_longer_there(home: Shared) -> None:
    home.receive(note(1, about=home.answer("aim")), note(2, about=home.answer("win")))
    at = home.app.now().isoformat()
    write_down(home.app, home.mentorship, ShareChanged(at, home.session, "aim", "no"))
    home.app.store.forget_answer(home.session, "win", at)
    session = begun(home)
    assert {one.share for one in session.dialogue.started.notes} == {"no"}
    said = through(session)
    assert {one.partition(":")[0].removeprefix("again ") for one in said} == {"gone"}


def test_only_places_are_written_down(home: Shared) -> None:
    home.receive(note(1, text="a rare word: xylograph", about=home.answer("win")))
    session = begun(home)
    session.say("")
    events = home.app.store.events(session.id)
    started = events[0]
    assert isinstance(started, SessionStarted) and isinstance(started.notes[0], NoteRef)
    written = msgspec.json.encode(events).decode()
    assert "xylograph" not in written and "patients" not in written
    again = resume(home.app, session.id, over=True)
    assert "xylograph" not in str(again.dialogue.events)


def test_words_that_are_forgotten_meanwhile_leave_their_fallback(home: Shared) -> None:
    home.receive(note(1, about=home.answer("win")))
    session = begun(home)
    home.app.store.forget_answer(home.session, "win", home.app.now().isoformat())
    again = resume(home.app, session.id, over=True)
    assert again.turn is not None and again.turn.text == "…: words of 1"


def test_what_is_said_back_may_be_shared_with_the_mentors_own_words(home: Shared) -> None:
    home.receive(note(1, about=home.answer("win")), note(2, about=home.answer("win")))
    session = begun(home)
    session.say("I will do it again")
    assert session.turn is not None
    session.say("not for you")
    session.decide(session.dialogue.visible[-1].key, "keep")
    while session.turn is not None:
        session.say("")
    session.finish()
    found = gathered(home.app, home.relation, [session.id], to="Daniel").shared
    (answer,) = found.sessions[0].answers
    assert (answer.answer, answer.question) == ("I will do it again", "…: words of 1")
    both = gathered(home.app, home.relation, [home.session, session.id], to="Daniel").shared
    assert both.sessions[1].answers[0].question.startswith("I wrote the three worst")


def test_what_is_said_back_is_as_private_as_the_words_it_is_beside(home: Shared) -> None:
    home.receive(note(1, about=home.answer("win")))
    session = begun(home)
    through(session, note="I will do it again")
    at = home.app.now().isoformat()
    write_down(home.app, home.mentorship, ShareChanged(at, home.session, "win", "no"))
    openness = Openness(home.app.store, home.mentorship)
    assert openness.at((session.id, session.dialogue.visible[0].key)) == "no"


def test_a_shared_file_tells_what_became_of_proposals(home: Shared) -> None:
    home.receive(note(1, "action"), note(2, "term"), note(3), note(4, "close", home.item("step")))
    accept(home.app, home.relation, 1)
    decline(home.app, home.relation, 2)
    accept(home.app, home.relation, 4)
    found = gathered(home.app, home.relation, [home.session], to="Daniel").shared
    assert {(one.note[0:2], one.how) for one in found.takings} == {
        (note(n).id[0:2], how) for n, how in ((1, "accepted"), (2, "declined"), (4, "accepted"))
    }
    assert set(found.read) == {note(n).id for n in (1, 2, 3, 4)}
    made = {one.text: one.note for one in found.items if one.kind == "action"}
    assert made == {"words of 1": note(1).id, SAID["step"]: ""}


def test_tables_made_anew_are_those_that_were_followed(home: Shared) -> None:
    home.receive(*(note(n) for n in range(5)), note(7, "action"), note(8, "goal"))
    accept(home.app, home.relation, 6)
    opens(home)
    home.receive(note(0, text="other", revision=2), note(9))
    opens(home)
    home.receive(note(10))

    def tables() -> list[Any]:
        queries = ("SELECT * FROM m_notes ORDER BY note", "SELECT * FROM m_opened ORDER BY 1, 4")
        return [home.app.store.rows(query) for query in queries]

    before = tables()
    assert before[0] and before[1]
    home.app.store.rebuild()
    assert tables() == before
    assert home.app.store.check() == []


def test_a_start_reads_a_handful_of_rows_however_many_notes_there_are(home: Shared) -> None:
    home.receive(*(note(n) for n in range(40)))
    plan = home.app.store.rows(
        "EXPLAIN QUERY PLAN SELECT payload FROM m_notes WHERE mentorship = ? AND opened = 0"
        " ORDER BY place LIMIT 3",
        (home.mentorship,),
    )
    assert "m_notes_unread" in str(plan) and "TEMP B-TREE" not in str(plan)
    recalled = memory(home.app.store.rows, home.mentorship, "p", ())
    assert len(recalled.notes) == 3
