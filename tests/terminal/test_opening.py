from __future__ import annotations

from datetime import timedelta

import pytest

from reflect.errors import UsageError
from reflect.terminal.opening import Wishes, ago
from reflect.terminal.run import hold
from reflect.terminal.screen import Typed
from reflect.terminal.stops import Stops
from reflect.terminal.words import Words
from tests.terminal.conftest import NOW
from tests.terminal.screens import Hand

NAMES = ("Ada", "Grace")
TALK = ("I asked before I began", "ask Ruth on Friday", "", "", "")


def held(app, *lines, patient=False, **wishes):
    screen = Hand(lines, patient=patient)
    code = hold(app, screen, Wishes(**wishes), Stops())
    return code, screen


def test_a_first_session_from_a_pipe(app):
    code, screen = held(app, *NAMES, "3", "1", "I asked first", *[""] * 9)
    relation = app.relation()
    assert code == 0 and (relation.mentee, relation.mentor, relation.state) == (
        "Ada",
        "Grace",
        "work",
    )
    assert app.store.sessions()[0].state == "completed"
    assert screen.said.index("stays on this computer") < screen.said.index("should I call you")


@pytest.mark.parametrize(
    "stage", ["2", "goals", "Setting goals", "agreeing what to work on", "settin gaols"]
)
def test_the_stage_by_number_or_words_with_a_typo(app, stage):
    held(app, *NAMES, stage, "1")
    assert app.relation().state == "goals"


def test_an_empty_name_and_an_unclear_stage_are_asked_again(app):
    _, screen = held(app, "", "Ada", "  ", "Grace", "nowhere", "1", "1")
    assert app.relation().mentor == "Grace"
    assert screen.said.count("A first name or a nickname is enough.") == 2
    assert "One of these" in screen.since("nowhere")


def test_who_leaves_before_the_first_question_leaves_nothing(app):
    assert held(app, "Ada", "Grace")[0] == 0
    assert app.relation() is None
    assert held(app, "Ada", Typed("", "interrupted"))[0] == 130
    assert app.relation() is None


def test_commands_before_the_first_question(app):
    _, screen = held(app, "/help", "/nonsense", *NAMES, "1", "1")
    assert "/pause stops here" in screen.since("/help")
    assert "do not know /nonsense" in screen.since("/nonsense")
    assert app.relation().mentee == "Ada"


def test_a_wish_for_stage_and_length_is_not_asked_again(app):
    _, screen = held(app, *NAMES, stage="goals", length="long")
    assert "Where are you two" not in screen.said and "How long" not in screen.said
    assert app.store.sessions()[0].length == "long" and app.store.sessions()[0].stage == "goals"


def test_a_stage_that_is_not_there(app):
    held(app, *NAMES, "1", "1", "/new")
    with pytest.raises(UsageError, match="no stage of that name"):
        held(app, "1", stage="nonsense", new=True)


def test_an_open_session_is_gone_on_with(app):
    held(app, *NAMES, "3", "1", "the handover went fine")
    code, screen = held(app, "we read the card out first")
    assert code == 0 and "We go on where you stopped." in screen.said
    assert len(app.store.sessions()) == 1


def test_it_is_gone_on_with_without_what_was_said_to_the_last_answer(app):
    tired = "The phones ring all through the ward round, I am so tired of it"
    _, screen = held(app, *NAMES, "3", "1", "/skip", tired)
    said = screen.since(tired).split(" Next - ")[0]
    assert said.endswith(".") and "(" not in said
    _, screen = held(app)
    assert "We go on where you stopped." in screen.said and said not in screen.flat
    assert "Feedback and guidance · Next - 3 of 4" in screen.said


def test_a_wish_that_is_not_there_is_an_error_whatever_is_open(app):
    for wishes, meant in (({"stage": "gaols"}, "goals"), ({"pack": "four-stage"}, "four-stages")):
        with pytest.raises(UsageError) as caught:
            held(app, *NAMES, "3", "1", **wishes)
        assert meant in caught.value.hint and app.relation() is None
    held(app, *NAMES, "3", "1", "a word")
    for wishes in ({"stage": "gaols"}, {"pack": "four-stage"}, {"pack": "no", "new": True}):
        with pytest.raises(UsageError):
            held(app, "another word", **wishes)
    assert [row.state for row in app.store.sessions()] == ["open"]


def test_an_open_session_of_another_stage_goes_on_and_says_so(app):
    held(app, *NAMES, "3", "1", "a word")
    for wishes in ({"stage": "feedback"}, {"pack": "four-stages"}, {}):
        assert "another session" not in held(app, **wishes)[1].said
    _, screen = held(app, "/new", "1", stage="goals")
    assert screen.flat.count("You asked for another session; this one is still open.") == 1
    assert [row.stage for row in app.store.sessions()] == ["goals", "feedback"]


def test_new_sets_it_aside(app):
    held(app, *NAMES, "3", "1", "a word")
    _, screen = held(app, "1", new=True)
    states = [row.state for row in app.store.sessions()]
    assert states == ["open", "abandoned"] and "set aside" in screen.said
    _, screen = held(app, "/new", "2")
    assert [row.length for row in app.store.sessions()] == ["long", "short", "short"]


def test_the_second_session_greets_and_opens_with_the_promise(app):
    lines = [
        "I read the card out",
        "the phones ring all through the round",
        "ask Ruth for a desk on 27 November",
        "",
        "",
        "",
    ]
    held(app, *NAMES, "3", "1", *lines, "", "", "")
    assert app.store.sessions()[0].state == "completed"
    app._clock = lambda: NOW + timedelta(days=14)
    _, screen = held(app, "1")
    assert "Two weeks since we talked." in screen.flat
    assert "ask Ruth for a desk" in screen.flat and "1 done" in screen.flat


def test_what_is_said_to_a_promise_stands_apart_from_the_next_question(app):
    lines = [
        "I read the card out",
        "the phones ring all through the round",
        "ask Ruth for a desk on 27 November",
        "",
        "",
        "",
    ]
    held(app, *NAMES, "3", "1", *lines, "", "", "")
    app._clock = lambda: NOW + timedelta(days=14)
    _, screen = held(app, "1", "partly", "/back", "done")
    said = screen.said.split("> done\n")[1].splitlines()
    assert said[0] == said[2] == "" and said[1].startswith("  ")
    # What follows on the same promise stands with it.
    assert "Begun, then.\n  Which day shall I write beside it now?" in screen.said


def test_a_greeting_tells_what_was_done_last_or_where_it_leads(app):
    action = "ask Ruth for a desk on 27 November"
    held(
        app,
        *NAMES,
        "3",
        "1",
        "I read the card out",
        "the phones ring all through the round",
        action,
        *[""] * 6,
    )
    app._clock = lambda: NOW + timedelta(days=14)
    _, screen = held(app, "1", "done", *[""] * 9)
    assert "Two weeks since we talked." in screen.flat and "ask Ruth" in screen.flat
    app._clock = lambda: NOW + timedelta(days=28)
    _, screen = held(app, "1")
    hello = screen.flat.split("How long do you have?")[0]
    assert "Two weeks since we talked. The last plan you kept: ask Ruth for a desk." in hello


def test_a_greeting_tells_the_goal(app):
    goal = "Lead the morning round alone by the end of March, all twelve rounds signed off"
    held(app, *NAMES, "2", "1", "", goal, *[""] * 9)
    app._clock = lambda: NOW + timedelta(days=3)
    _, screen = held(app, "1")
    assert "Three days since we talked. Your goal: Lead the morning round alone" in screen.flat


@pytest.mark.parametrize("name", ["Maximiliane Maximiliane Maximiliane…", "Dr. X."])
def test_a_name_that_ends_the_sentence_gets_no_second_stop(shipped, name):
    said = Words(shipped.script(), name, "Grace").say("hello-again", ago="Two weeks.")
    assert said == f"Hello {name} Two weeks."


def test_a_session_in_another_window_can_be_taken(app, monkeypatch):
    held(app, *NAMES, "3", "1", "a word")
    row = app.store.sessions()[0]
    app.store.take_lease(row.id)
    code, screen = held(app, "", "/take", patient=True)
    assert code == 0 and screen.flat.count("open in another window (18:30)") == 2
    assert "We go on where you stopped." in screen.since("/take")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "earlier today"),
        (0, "earlier today"),
        (1, "yesterday"),
        (13, "13 days"),
        (14, "Two weeks"),
        (60, "Eight weeks"),
        (61, "Two months"),
        (400, "13 months"),
    ],
)
def test_how_long_ago(shipped, days, sentence):
    assert sentence in ago(days, Words(shipped.script()))
