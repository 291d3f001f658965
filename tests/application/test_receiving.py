"""What a mentor wrote back: kept once, beside what it is about, and taken only with a yes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.application.beside import Beside, Surroundings
from reflect.application.by_hand import fresh_item
from reflect.application.changing import change
from reflect.application.notes import kept, shown
from reflect.application.noting import note as write_down
from reflect.application.receiving import opened, receive
from reflect.application.taking import accept, decline, waiting
from reflect.application.undoing import changes, take_back
from reflect.application.wiring import Application
from reflect.errors import ReflectError
from reflect.events import (
    ItemNoted,
    Note,
    NoteSettled,
    NotesReceived,
    Parts,
    ShareChanged,
    Span,
)
from reflect.mentorship.item import decoded
from reflect.sharing.aliases import Aliases
from reflect.sharing.identities import make_identity
from reflect.sharing.sealing import seal
from reflect.sharing.wire import encode
from tests.properties.profile import ordinarily

from .replies import LATER, SECRET, Shared, application, name_of, note, shared


@pytest.fixture
def home() -> Iterator[Shared]:
    app = application()
    yield shared(app)
    app.close()


def told(home: Shared) -> list[tuple[str, str, str]]:
    """Every note with what it is beside, the oldest first."""
    found = shown(home.app, home.relation, kept(home.app, home.relation))
    by_number = sorted(found, key=lambda one: one.known.number)
    return [(one.known.note.text, one.what, one.quote) for one in by_number]


def test_notes_are_shown_beside_the_mentees_own_words(home: Shared) -> None:
    home.receive(
        note(1, about=home.answer("win")),
        note(2, about=home.item("step")),
        note(3),
        note(4, about=home.names.of(home.session)),
        note(5, about=name_of(30)),
    )
    assert told(home) == [
        ("words of 1", "item", "I wrote the three worst patients on a card first and read…"),
        ("words of 2", "item", "ask dr Lang for two minutes"),
        ("words of 3", "whole", ""),
        ("words of 4", "session", ""),
        ("words of 5", "gone", ""),
    ]


def test_only_words_that_go_on_end_in_dots(home: Shared) -> None:
    item = fresh_item(home.app.store, home.mentorship)
    said, parts = "ask Tom for the rota by friday", Parts(what=Span(0, 20))
    at = home.app.now().isoformat()
    write_down(home.app, home.mentorship, ItemNoted(at, item, "action", said, parts))
    row = home.app.store.rows("SELECT settled FROM m_items WHERE id = ?", (item,))[0]
    text = decoded(row[0]).text
    around = Surroundings(home.app.store, home.mentorship)
    shorter = text._replace(end=text.end - 9)
    assert around.quote(Beside(item=item, words=text)) == "ask Tom for the rota"
    assert around.quote(Beside(item=item, words=shorter)) == "ask Tom for…"


def test_what_was_never_shared_is_not_beside_anything(home: Shared) -> None:
    home.receive(note(1, about=home.answer("snag")))
    assert told(home) == [("words of 1", "gone", "")]


def test_a_note_outlives_the_answer_it_is_about(home: Shared) -> None:
    home.receive(note(1, about=home.answer("win")), note(2, about=home.item("aim")))
    at = home.app.now().isoformat()
    write_down(home.app, home.mentorship, ShareChanged(at, home.session, "aim", "no"))
    assert [what for _, what, _ in told(home)] == ["item", "gone"]
    home.app.store.forget_answer(home.session, "win", at)
    assert told(home) == [("words of 1", "gone", ""), ("words of 2", "gone", "")]
    home.app.store.forget_session(home.session, at)
    assert [text for text, _, _ in told(home)] == ["words of 1", "words of 2"]


def test_the_same_reply_twice_changes_nothing(home: Shared) -> None:
    notes = (note(1), note(2, "answer", home.item("query")))
    assert len(home.receive(*notes).notes) == 2
    before = home.app.store.events(home.mentorship)
    assert home.receive(*notes).notes == ()
    assert home.receive(*notes, day="2026-12-01").notes == ()
    assert home.app.store.events(home.mentorship) == before


def test_only_what_is_new_is_kept_and_in_one_event(home: Shared) -> None:
    home.receive(note(1))
    found = home.receive(note(1), note(2), note(1, text="better", revision=2))
    assert [(one.number, one.note.text) for one in found.notes] == [
        (1, "better"),
        (2, "words of 2"),
    ]
    events = home.app.store.events(home.mentorship)
    received = [event for event in events if isinstance(event, NotesReceived)]
    assert [len(event.notes) for event in received] == [1, 2]


def test_a_reply_for_somebody_else_is_refused(home: Shared) -> None:
    bundle = home.bundle(note(1))
    before = home.app.store.events(home.mentorship)
    stray = type(bundle)(schema_version=1, share="s" * 16, mentorship="m" * 16, reply=bundle.reply)
    with pytest.raises(ReflectError) as error:
        receive(home.app, stray)
    assert error.value.code == "no-such-mentorship-here"
    assert home.app.store.events(home.mentorship) == before


def test_a_sealed_reply_is_opened_with_ones_own_key(home: Shared) -> None:
    from reflect.application.keeping_keys import own_key

    data = encode(home.bundle(note(1)))
    sealed = seal(data, [own_key(home.app).public])
    assert opened(home.app, sealed) == opened(home.app, data) == home.bundle(note(1))
    with pytest.raises(ReflectError) as error:
        opened(home.app, seal(data, [make_identity("2026-11-01").public]))
    assert error.value.code == "bundle-wrong-key"


def test_a_note_whose_id_is_no_name_is_refused(home: Shared) -> None:
    for name in ("../etc", "x/due", "a" * 15 + "\n"):
        stray = Note(id=name, kind="note", share="f" * 16, day="2026-11-22", text="x")
        with pytest.raises(ReflectError) as error:
            opened(home.app, encode(home.bundle(stray)))
        assert error.value.code == "bundle-unreadable"


# --- answers -------------------------------------------------------------------------


def test_an_answer_makes_its_question_answered_at_once(home: Shared) -> None:
    home.receive(note(1, "answer", home.item("query"), "with a smile"))
    assert home.items("question")[0][1] == "answered"
    assert waiting(home.app, home.relation) == ()
    take_back(home.app, home.relation)
    assert home.items("question")[0][1] == "open"
    assert told(home)[0][0] == "with a smile"


def test_what_was_taken_back_by_hand_is_not_answered_a_second_time(home: Shared) -> None:
    home.receive(note(1, "answer", home.item("query")))
    home.receive(note(2))
    events = home.app.store.events(home.mentorship)
    assert sum(isinstance(event, NoteSettled) for event in events) == 1
    take_back(home.app, home.relation)
    home.receive(note(3))
    assert home.items("question")[0][1] == "open"
    home.receive(note(1, "answer", home.item("query"), "in other words", revision=2))
    assert home.items("question")[0][1] == "answered"


def test_what_has_arrived_cannot_be_taken_back(home: Shared) -> None:
    home.receive(note(1))
    events = home.app.store.events(home.mentorship)
    assert not [
        one for each in changes(events) for one in each.events if isinstance(one, NotesReceived)
    ]


def test_an_answer_that_is_taken_back_opens_the_question_again(home: Shared) -> None:
    answer = note(1, "answer", home.item("query"))
    other = note(2, "answer", home.item("query"))
    home.receive(answer, other)
    home.receive(note(1, "answer", home.item("query"), revision=2, withdrawn=True))
    assert home.items("question")[0][1] == "answered"
    home.receive(note(2, "answer", home.item("query"), revision=2, withdrawn=True))
    assert home.items("question")[0][1] == "open"


# --- proposals -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "about", "more", "listed", "became"),
    [
        ("action", "", {"owner": "mentee"}, "action", ("words of 1", "open", "me")),
        ("action", "", {"owner": "me"}, "action", ("words of 1", "open", "mentor")),
        ("action", "", {"owner": "both"}, "action", ("words of 1", "open", "both")),
        ("take on", "step", {}, "action", ("ask dr Lang for two minutes", "open", "mentor")),
        ("take on", "", {}, "action", ("words of 1", "open", "mentor")),
        ("close", "step", {}, "action", ("ask dr Lang for two minutes", "kept", "me")),
        ("goal", "", {}, "goal", ("words of 1", "agreed", "none")),
        ("goal", "aim", {}, "goal", ("words of 1", "agreed", "none")),
        ("term", "", {}, "agreement", ("words of 1", "agreed", "none")),
        ("agree", "aim", {}, "goal", ("lead the morning round on my own", "agreed", "none")),
    ],
)
def test_a_yes_makes_what_was_proposed_and_one_undo_takes_it_back(
    home: Shared, kind: str, about: str, more: dict[str, str], listed: str, became: tuple[str, ...]
) -> None:
    before = home.items(listed)
    home.receive(note(1, kind, home.item(about) if about else "", **more))
    assert home.items(listed) == before
    assert [one.number for one in waiting(home.app, home.relation)] == [1]
    accept(home.app, home.relation, 1)
    assert became in home.items(listed)
    assert waiting(home.app, home.relation) == ()
    take_back(home.app, home.relation)
    assert home.items(listed) == before
    assert [one.number for one in waiting(home.app, home.relation)] == [1]


def test_the_day_of_a_proposal_is_kept(home: Shared) -> None:
    home.receive(
        note(1, "action", due="2026-12-03", due_words="next ward round"),
        note(2, "take on", home.item("step"), due="2026-12-04", due_words="friday"),
    )
    accept(home.app, home.relation, 1)
    accept(home.app, home.relation, 2)
    from reflect.application.carried import carried

    found = carried(home.app.store, home.mentorship, "action")
    assert [(one.due, one.due_words) for one in found] == [
        ("2026-12-03", "next ward round"),
        ("2026-12-04", "friday"),
    ]


def test_each_yes_is_taken_back_by_itself(home: Shared) -> None:
    home.receive(note(1, "action"), note(2, "term"))
    accept(home.app, home.relation, 1)
    accept(home.app, home.relation, 2)
    take_back(home.app, home.relation)
    assert [one.number for one in waiting(home.app, home.relation)] == [2]
    assert len(changes(home.app.store.events(home.mentorship))[0].events) == 2


def test_a_yes_names_what_became_of_it(home: Shared) -> None:
    home.receive(note(1, "action"))
    accept(home.app, home.relation, 1)
    events = home.app.store.events(home.mentorship)
    (settled,) = [event for event in events if isinstance(event, NoteSettled)]
    assert (settled.note, settled.revision, settled.how) == (name_of(1), 1, "accepted")
    rows = home.app.store.rows("SELECT id FROM m_items WHERE session = ?", (home.mentorship,))
    assert rows == [(settled.item,)]


def test_a_no_is_said_to_the_words_of_then(home: Shared) -> None:
    home.receive(note(1, "action"))
    decline(home.app, home.relation, 1)
    assert waiting(home.app, home.relation) == ()
    home.receive(note(1, "action", text="a smaller one", revision=2))
    assert [one.note.text for one in waiting(home.app, home.relation)] == ["a smaller one"]
    accept(home.app, home.relation, 1)
    home.receive(note(1, "action", text="another", revision=3))
    assert waiting(home.app, home.relation) == ()


def test_a_proposal_about_what_is_no_longer_there_cannot_be_taken(home: Shared) -> None:
    home.receive(note(1, "agree", home.item("aim")), note(2), note(3, "close", name_of(20)))
    home.app.store.forget_answer(home.session, "aim", home.app.now().isoformat())
    for number, code in (
        (1, "note-about-nothing"),
        (2, "note-not-waiting"),
        (3, "note-about-nothing"),
        (9, "no-such-note"),
    ):
        with pytest.raises(ReflectError) as error:
            accept(home.app, home.relation, number)
        assert error.value.code == code
    decline(home.app, home.relation, 1)
    assert [one.number for one in waiting(home.app, home.relation)] == [3]


def test_a_withdrawn_proposal_does_not_wait(home: Shared) -> None:
    home.receive(note(1, "goal"))
    home.receive(note(1, "goal", revision=2, withdrawn=True))
    assert waiting(home.app, home.relation) == ()


def test_nothing_foreign_becomes_more_than_a_line(home: Shared) -> None:
    home.receive(note(1, "action", text="one\ntwo\n" + "x" * 5000))
    accept(home.app, home.relation, 1)
    text = next(text for text, _, owner in home.items("action") if text.startswith("one two"))
    assert len(text) <= 1000 and "\n" not in text


# --- any order -------------------------------------------------------------------------

_KINDS = ("note", "answer", "action", "agree", "thanks")


@st.composite
def _replies(draw: st.DrawFn) -> tuple[list[list[tuple[int, int]]], list[int]]:
    """Which notes are in which reply (each as number and revision), and an order."""
    written = draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), min_size=1, unique=True)
    )
    cuts = [draw(st.lists(st.sampled_from(written), unique=True)) for _ in range(3)] + [written]
    return cuts, draw(st.permutations(range(4)))


def _made(home: Shared, number: int, revision: int) -> Note:
    abouts = ("", home.item("query"), "", home.item("aim"), home.answer("win"))
    gone = revision == 3
    text = "" if gone else f"{number} in revision {revision}"
    return note(number, _KINDS[number], abouts[number], text, revision=revision, withdrawn=gone)


@ordinarily(12)
@given(_replies())
def test_replies_in_any_order_arrive_at_the_same_state(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[list[list[tuple[int, int]]], list[int]]
) -> None:
    replies, order = drawn
    states = []
    for places in (range(4), order):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("REFLECT_HOME", str(_copy_of_a_home(tmp_path_factory)))
            home = _again(application())
            for place in places:
                home.receive(*(_made(home, *one) for one in replies[place]))
            found = kept(home.app, home.relation)
            notes = {(one.note, one.by, one.waits, one.opens) for one in found}
            states.append((notes, home.items("question"), home.items("goal")))
            home.app.close()
    assert states[0] == states[1]


def _copy_of_a_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which something was shared: each time the same, in another folder."""
    made = tmp_path_factory.getbasetemp() / "a home that shared"
    if not made.exists():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("REFLECT_HOME", str(made))
            shared(application()).app.close()
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("copy") / "home"))


def _again(app: Application) -> Shared:
    relation = app.relation()
    assert relation is not None
    session = app.store.sessions(mentorship=relation.id)[0].id
    return Shared(app, relation.id, session, Aliases(SECRET))


def test_what_is_received_is_dated_by_the_clock_of_this_home(home: Shared) -> None:
    home.app.__dict__["_clock"] = lambda: datetime.fromisoformat(LATER)
    home.receive(note(1))
    assert kept(home.app, home.relation)[0].at.startswith("2026-11-29")


def test_a_change_by_hand_after_a_yes_stands(home: Shared) -> None:
    from reflect.application.carried import carried

    home.receive(note(1, "action"))
    accept(home.app, home.relation, 1)
    made = [one for one in carried(home.app.store, home.mentorship, "action") if not one.session]
    change(home.app, home.relation, made, [("text", "in my own words")])
    assert ("in my own words", "open", "me") in home.items("action")


def test_a_summary_in_ones_own_words_is_what_a_note_is_beside(home: Shared) -> None:
    home.receive(note(1, about=home.answer("snag")))
    at = home.app.now().isoformat()
    write_down(
        home.app, home.mentorship, ShareChanged(at, home.session, "snag", "no", "it is loud there")
    )
    assert told(home) == [("words of 1", "answer", "it is loud there")]
