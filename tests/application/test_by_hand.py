"""Items noted by hand: whatever happens in whatever order, the folds say the same, and nothing leaks."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reflect.application.by_hand import note_item
from reflect.application.carried import carried
from reflect.application.changing import change
from reflect.application.goals import lacking
from reflect.application.undoing import changes, take_back
from reflect.application.wiring import Application
from reflect.events import (
    AnswerForgotten,
    Event,
    ItemChanged,
    ItemNoted,
    Parts,
    Span,
    Undone,
)
from reflect.mentorship.item import NOTED, STATES, decoded
from reflect.mentorship.moving import whereabouts
from reflect.mentorship.projection import Folds
from reflect.mentorship.relation import Relation
from reflect.mentorship.settling import FIELDS
from reflect.script import Keep
from reflect.transcripts.store import Store
from reflect.transcripts.values import Stream
from tests.properties.profile import ordinarily

from ..mentorship.journeys import JOURNEY, Tables, streams

PLAYED = streams()
IDS = (
    "N1:core.noted",
    "N2:core.noted",
    "N3:core.noted",
    "S0:step",
    "S0:core.noted",
    "x",
    "a b:core.noted",
    "",
)
TIMES = ("2026-11-21T18:30:00+01:00", "2026-11-30T08:00:00.123+00:00", "x")
WORDS = ("some words of mine", "", "other words")

at = some.sampled_from(TIMES)
heard = some.builds(
    Parts,
    what=some.sampled_from((None, Span(0, 4), Span(7, 99))),
    due=some.sampled_from((None, "2026-12-01")),
    due_words=some.sampled_from((None, Span(5, 10))),
    owner=some.sampled_from(("none", "mentor", "unclear")),
    kind_of=some.sampled_from(("", "personal")),
)
notings = some.builds(
    ItemNoted,
    at=at,
    item=some.sampled_from(IDS),
    kind=some.sampled_from(tuple(STATES)),
    text=some.sampled_from(WORDS),
    parts=heard,
    share=some.sampled_from(("yes", "no")),
)
every_state = tuple({state for states in STATES.values() for state in states})
others: some.SearchStrategy[Event] = some.one_of(
    some.builds(
        ItemChanged,
        at=at,
        item=some.sampled_from(IDS),
        field=some.sampled_from(FIELDS),
        value=some.sampled_from(
            (*every_state, *WORDS, "me", "2026-12-05", "S0:aim", "N1:core.noted")
        ),
    ),
    some.builds(Undone, at=at, seq=some.integers(-1, 10)),
    some.builds(AnswerForgotten, at=at, session=some.just("N1"), key=some.just(NOTED)),
)
journeys = some.lists(some.one_of(notings, notings, others), max_size=10)


def folded(journey: list[Event]) -> Tables:
    tables = Tables()
    for stream, stored in PLAYED.known:
        tables.project(stream, stored)
    tables.project(JOURNEY, journey)
    return tables


@ordinarily(25)
@given(journeys, some.permutations(range(6)))
def test_streams_fold_the_same_in_any_order(journey: list[Event], order: list[int]) -> None:
    every = [*PLAYED.known, (JOURNEY, tuple(journey))]
    tables = Tables()
    for place in order:
        tables.project(*every[place])
    assert tables.rows() == folded(journey).rows()


@ordinarily(25)
@given(journeys, some.integers(0, 10))
def test_following_is_the_same_as_rebuilding(journey: list[Event], cut: int) -> None:
    followed = folded(journey[:cut])
    followed.project(JOURNEY, journey)
    made_again = Tables()
    made_again.project_all([(JOURNEY, tuple(journey)), *PLAYED.known])
    assert followed.rows() == folded(journey).rows() == made_again.rows()
    assert all(change.places for change in changes(journey))


@ordinarily(25)
@given(journeys)
def test_a_journey_that_goes_takes_its_items_along(journey: list[Event]) -> None:
    tables = folded(journey)
    tables.project(JOURNEY, ())
    assert tables.rows() == folded([]).rows()


def test_of_two_with_one_id_the_first_counts_and_words_stay_in_their_place() -> None:
    noted = [ItemNoted(TIMES[0], IDS[0], "win", f"canary {number}") for number in (1, 2)]
    tables = folded([*noted])
    (row,) = tables.query("SELECT settled FROM m_items WHERE id = ?", (IDS[0],))
    assert decoded(row[0]).text.seq == 0
    assert b"canary" not in repr(tables.rows()).encode() and "canary" not in repr(noted)


def test_what_became_of_it_stands_again_with_it() -> None:
    journey: list[Event] = [
        ItemNoted(TIMES[0], IDS[0], "action", "some words"),
        ItemChanged(TIMES[0], IDS[0], "state", "kept"),
        Undone(TIMES[0], 0),
    ]
    tables = folded(journey)
    assert tables.query("SELECT id FROM m_items WHERE id = ?", (IDS[0],)) == []
    tables.project(JOURNEY, [*journey, Undone(TIMES[0], 2)])
    assert tables.query("SELECT state FROM m_items WHERE id = ?", (IDS[0],)) == [("kept",)]


# --- through the application -----------------------------------------------------------


@pytest.fixture
def app(tmp_path: Path) -> Application:
    from reflect.application.begin import begin_mentorship
    from tests.cli.test_carrying_on import PACK

    clock = datetime.fromisoformat("2026-11-28T09:00:00+01:00")
    made = Application(
        dict(os.environ) | {"REFLECT_HOME": str(tmp_path / "one"), "REFLECT_TODAY": "2026-11-28"},
        clock=lambda: clock,
    )
    begin_mentorship(made, "Amina", "Daniel", PACK.stages[0])
    return made


def relation(app: Application) -> Relation:
    found = app.relation()
    assert found is not None
    return found


def texts(app: Application, kind: Keep) -> list[tuple[int, str]]:
    found = carried(app.store, relation(app).id, kind, closed=True)
    return [(one.number, one.text) for one in sorted(found, key=lambda one: one.number)]


def test_it_is_heard_as_in_a_session(app: Application) -> None:
    item = note_item(app, relation(app), "action", "I will ask Ruth for the rota by next friday")
    assert (item.text, item.due, item.due_words) == (
        "ask Ruth for the rota",
        "2026-12-04",
        "by next friday",
    )
    assert item.session == ""
    goal = note_item(app, relation(app), "goal", "hold three talks by the end of march", share="no")
    assert (goal.text, goal.due, goal.share) == ("hold three talks", "2027-03-31", "no")


def test_numbers_stay_although_a_session_is_under_way(app: Application) -> None:
    from reflect.application.begin import begin_session
    from tests.cli.test_carrying_on import PACK

    note_item(app, relation(app), "win", "one")
    session = begin_session(app, relation(app), PACK, PACK.stages[0], "short")
    for words in ("two", "three", "four"):
        note_item(app, relation(app), "win", words)
    before = texts(app, "win")
    while session.turn is not None:
        assert session.say("I held five talks" if session.turn.key == "win" else "") is None
    session.finish()
    note_item(app, relation(app), "win", "six")
    assert texts(app, "win") == [*before, (5, "I held five talks"), (6, "six")]


def test_what_a_command_noted_is_taken_back_at_once(app: Application) -> None:
    fields = [("giver", "Ruth"), ("will", "ask first")]
    note_item(app, relation(app), "feedback", "you rush", fields)
    (made,) = carried(app.store, relation(app).id, "feedback")
    assert (made.giver, made.will) == ("Ruth", "ask first")
    take_back(app, relation(app))
    assert texts(app, "feedback") == []
    assert app.store.check() == []


def test_a_term_in_other_words_has_to_be_agreed_again(app: Application) -> None:
    def state() -> str:
        return carried(app.store, relation(app).id, "agreement")[0].state

    items = [note_item(app, relation(app), "agreement", "we meet on mondays")]
    change(app, relation(app), items, [("state", "agreed")])
    assert state() == "agreed"
    change(app, relation(app), items, [("text", "we meet on fridays")])
    assert state() == "proposed"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("be braver", ("measure", "day")),
        ("be braver by the end of march", ("measure",)),
        ("hold three talks", ("day",)),
        ("hold three talks by the end of march", ()),
    ],
)
def test_what_a_goal_lacks(app: Application, words: str, missing: tuple[str, ...]) -> None:
    assert lacking(app, relation(app), note_item(app, relation(app), "goal", words)) == missing


def test_a_kept_promise_noted_by_hand_counts_for_moving_on(app: Application) -> None:
    ask(app)
    item = note_item(app, relation(app), "action", "I will ask Ruth")
    change(app, relation(app), [item], [("state", "kept")])
    assert whereabouts(app.store.rows, relation(app), "s").kept == 1


# --- erasing, and two homes --------------------------------------------------------------


def ask(app: Application) -> list[str]:
    """The promises that a session asks about, in their words."""
    from reflect.application.begin import begin_session
    from tests.cli.test_carrying_on import PACK

    session = begin_session(app, relation(app), PACK, PACK.stages[0], "short")
    found = []
    while session.turn is not None:
        if session.turn.key.startswith("core.promise@") and "/" not in session.turn.key:
            found.append(session.turn.text)
            assert session.say("3") is None
        else:
            assert session.say("") is None
    session.finish()
    return found


def test_a_promise_noted_by_hand_is_asked_about_and_erased_everywhere(app: Application) -> None:
    item = note_item(app, relation(app), "action", "I will feed the canary by 2026-12-05")
    change(app, relation(app), [item], [("instead", "the canary starves")], "canary reason")
    assert any("feed the canary" in text.lower() for text in ask(app))
    report = app.store.forget_noted(item.id, "2026-11-28T10:00:00+01:00")
    assert report.removed
    assert texts(app, "action") == []
    (session,) = app.store.sessions()
    assert promised(app, session.id) == [("", None)]
    assert app.store.check() == []
    app.store.close()
    assert b"canary" not in (app.home.database).read_bytes()


def test_two_homes_are_joined_and_what_is_erased_in_one_goes_in_both(
    app: Application, tmp_path: Path
) -> None:
    known = relation(app)
    first = note_item(app, known, "action", "ask Ruth")
    app.store.backup(tmp_path / "copy.db")
    note_item(app, known, "win", "here alone")
    with Store.open(tmp_path / "copy.db", Folds()) as other:
        journey = Stream("journey", known.id, known.id)
        theirs = ItemNoted("2026-11-28T11:00:00+01:00", "01ZZ:core.noted", "win", "there alone")
        other.append(journey, len(other.events(known.id)), [theirs])
        other.forget_noted(first.id, "2026-11-28T12:00:00+01:00")
    for _ in range(2):
        app.store.merge(tmp_path / "copy.db")
        assert [text for _, text in texts(app, "win")] == ["here alone", "there alone"]
        assert texts(app, "action") == []
    assert app.store.check() == []


def test_erasing_what_was_not_noted_says_so(app: Application) -> None:
    from reflect.errors import ReflectError

    with pytest.raises(ReflectError) as caught:
        app.store.forget_noted("01ZZ:core.noted", "2026-11-28T12:00:00+01:00")
    assert caught.value.code == "no-such-item"


def test_a_session_of_another_home_still_names_the_promise_it_asked_about(
    app: Application, tmp_path: Path
) -> None:
    """A union of two journeys moves events; what a session refers to moves with them."""
    known = relation(app)
    app.store.backup(tmp_path / "one" / "copy.db")
    there = Application(
        dict(os.environ) | {"REFLECT_HOME": str(tmp_path / "two"), "REFLECT_TODAY": "2026-11-28"},
        clock=app._clock,
    )
    there.store.merge(tmp_path / "one" / "copy.db")
    note_item(app, known, "action", "here I ask Ruth")
    note_item(app, known, "action", "here I ask Tom")
    note_item(there, known, "action", "there I book the room")
    assert any("book the room" in text for text in ask(there))
    there.store.backup(tmp_path / "two" / "copy.db")
    for _ in range(2):
        app.store.merge(tmp_path / "two" / "copy.db")
        (session,) = app.store.sessions()
        assert promised(app, session.id) == [("there I book the room", None)]
    app.store.backup(tmp_path / "one" / "later.db")
    report = there.store.merge(tmp_path / "one" / "later.db")
    assert [one.code for one in report.diagnostics] == []
    assert len(there.store.sessions()) == 1
    assert promised(there, session.id) == [("there I book the room", None)]


def promised(app: Application, session: str) -> list[tuple[str, str | None]]:
    """What a session asked about, as it reads now, each with its day."""
    from reflect.application.carried import Words
    from reflect.events import SessionStarted

    started = app.store.events(session)[0]
    assert isinstance(started, SessionStarted)
    return [(Words(app.store).at(one.text), one.due) for one in started.promises]
