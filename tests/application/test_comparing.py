"""What two people expect of each other, in two homes: neither sees the other's sheet before both have shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.application.comparing import Compared, compared, covered, own_side
from reflect.application.comparing_points import keep_term, points, put_on_agenda, terms
from reflect.application.reviewing import case, whole
from reflect.errors import ReflectError
from tests.sharing.two_homes import AMINA, DANIEL, Person


@pytest.fixture
def amina(tmp_path: Path) -> Person:
    return Person(tmp_path / "amina", "mentee")


@pytest.fixture
def daniel(tmp_path: Path) -> Person:
    return Person(tmp_path / "daniel", "mentor")


def exchanged(amina: Person, daniel: Person) -> tuple[str, str]:
    """Both answer, share and open; gives the names of the two mentorships as they have them."""
    one = amina.shares(amina.answers(AMINA))
    two = daniel.shares(daniel.answers(DANIEL))
    return amina.opens(two), daniel.opens(one)


def ways(found: Compared) -> dict[str, str]:
    return {row.asked: row.how for row in found.comparison.rows}


def test_both_see_the_same_each_from_their_side(amina: Person, daniel: Person) -> None:
    exchanged(amina, daniel)
    hers, his = (compared(one.app()) for one in (amina, daniel))
    assert ways(hers) == ways(his)
    assert ways(hers) == {
        **dict.fromkeys(("hour", "agenda", "reach", "part", "not-for", "look-again"), "alike"),
        **dict.fromkeys(("often", "between", "honest-word"), "differ"),
        "brings": "one",
        "stop": "beside",
    }
    for mine, theirs in zip(hers.comparison.rows, his.comparison.rows, strict=True):
        assert (mine.asked, mine.mine, mine.theirs) == (theirs.asked, theirs.theirs, theirs.mine)
        assert (mine.both, mine.only_mine, mine.only_theirs) == (
            theirs.both,
            theirs.only_theirs,
            theirs.only_mine,
        )
    assert (hers.comparison.me, hers.comparison.other) == ("Amina", "Daniel")
    (brings,) = hers.comparison.of("one")
    assert "the card from the ward" in brings.mine


def test_what_is_decided_at_the_end_stays_unless_it_is_shared(
    amina: Person, daniel: Person
) -> None:
    one = amina.shares(amina.answers(AMINA, at_the_end="1"))
    two = daniel.shares(daniel.answers(DANIEL))
    daniel.opens(one)
    amina.opens(two)
    (row,) = [row for row in compared(daniel.app()).comparison.rows if row.asked == "unsure"]
    assert (row.how, row.theirs, row.mine) == ("one", AMINA["unsure"], "")


def test_neither_sees_the_others_before_both_have_shared(amina: Person, daniel: Person) -> None:
    name = daniel.opens(amina.shares(amina.answers(AMINA)))
    app = daniel.app()
    (sheet,) = whole(app, name).newest.shared.sessions
    assert covered(app, whole(app, name)) == {sheet.id}
    with pytest.raises(ReflectError) as early:
        compared(app)
    assert early.value.code == "no-own-sheet" and "--as mentor" in early.value.hint
    session = daniel.answers(DANIEL)
    assert covered(daniel.app(), whole(daniel.app(), name)) == {sheet.id}
    with pytest.raises(ReflectError) as unshared:
        compared(daniel.app())
    assert unshared.value.code == "own-sheet-not-shared"
    daniel.shares(session)
    assert not covered(daniel.app(), whole(daniel.app(), name))
    assert compared(daniel.app()).comparison.of("differ")


def test_a_sheet_of_which_nothing_leaves_opens_nothing(amina: Person, daniel: Person) -> None:
    name = daniel.opens(amina.shares(amina.answers(AMINA)))
    daniel.shares(daniel.answers({"unsure": "only this, and it stays with me"}))
    assert covered(daniel.app(), whole(daniel.app(), name))


def test_another_pack_opens_nothing_and_other_sessions_are_never_covered(
    amina: Person, daniel: Person
) -> None:
    sheet = amina.answers(AMINA)
    plain = amina.answers({"calm": "x"}, pack="four-stages", length="short")
    name = daniel.opens(amina.shares(sheet, plain))
    daniel.shares(daniel.answers({"helped": "y"}, pack="mentors-side", length="short"))
    app = daniel.app()
    sheets = whole(app, name).newest.shared.sessions
    assert covered(app, whole(app, name)) == {
        one.id for one in sheets if one.pack == "expectations"
    }


def test_nobody_has_answered_and_nothing_has_arrived(amina: Person, daniel: Person) -> None:
    with pytest.raises(ReflectError) as nothing:
        compared(amina.app())
    assert nothing.value.code == "nothing-kept"
    amina.answers({}, pack="four-stages", length="short")
    with pytest.raises(ReflectError) as none:
        compared(amina.app())
    assert none.value.code == "no-own-sheet"
    amina.shares(amina.answers(AMINA))
    with pytest.raises(ReflectError) as waiting:
        compared(amina.app())
    assert waiting.value.code == "no-other-sheet"


def test_the_mentee_puts_it_on_the_agenda_as_questions_once(amina: Person, daniel: Person) -> None:
    exchanged(amina, daniel)
    for _ in range(2):
        app = amina.app()
        found = compared(app)
        for point in points(app, found):
            if not point.kept:
                put_on_agenda(app, found, point)
        app.close()
    app = amina.app()
    from reflect.application.carried import carried

    items = carried(app.reading_store, found.relation.id, "question")
    assert [one.text for one in items][:1] == [
        "Talk about: how often we meet (Amina: every two weeks; Daniel: once a month)"
    ]
    assert len(items) == len(points(app, found)) == 3


def test_the_mentor_notes_it_for_the_reply_once(amina: Person, daniel: Person) -> None:
    _, name = exchanged(amina, daniel)
    for _ in range(2):
        app = daniel.app()
        found = compared(app)
        for point in points(app, found):
            put_on_agenda(app, found, point) if not point.kept else None
        app.close()
    app = daniel.app()
    known = case(app, name)
    assert [note.kind for note in known.notes] == ["agenda"] * 3
    told = {known.answers[note.about].answer.asked: note.text for note in known.notes}
    assert told.keys() == {"often", "between", "honest-word"}
    assert told["often"] == (
        "Talk about: how often we meet (Daniel: once a month; Amina: every two weeks)"
    )
    assert len({note.id for note in known.notes}) == 3 and len(known.unsent) == 3


def test_what_both_said_is_kept_as_agreed_once_and_nothing_else_is(
    amina: Person, daniel: Person
) -> None:
    exchanged(amina, daniel)
    from reflect.application.carried import carried

    for person in (amina, daniel):
        app = person.app()
        found = compared(app)
        offered = terms(app, found)
        assert {one.row.asked for one in offered} == {
            *("hour", "agenda", "reach", "part", "not-for", "look-again", "between")
        }
        for term in offered:
            keep_term(app, found, term)
        assert all(one.kept for one in terms(app, found))
        items = carried(app.reading_store, found.relation.id, "agreement")
        assert {one.state for one in items} == {"agreed"}
        assert "what stays between us: mistakes and doubts" in {one.text for one in items}


def test_two_languages_compare_by_what_was_meant(tmp_path: Path) -> None:
    amina = Person(tmp_path / "amina", "mentee", "de")
    daniel = Person(tmp_path / "daniel", "mentor", "es")
    exchanged(amina, daniel)
    (brings,) = [row for row in compared(daniel.app()).comparison.rows if row.asked == "brings"]
    assert brings.theirs == "una pregunta o dos, the card from the ward"
    hers, his = compared(amina.app()), compared(daniel.app())
    assert {row.asked for row in hers.comparison.of("differ")} == {
        *("often", "between", "honest-word")
    }
    (german,) = [row for row in hers.comparison.rows if row.asked == "often"]
    (spanish,) = [row for row in his.comparison.rows if row.asked == "often"]
    assert (german.mine, german.theirs) == ("alle zwei Wochen", "einmal im Monat")
    assert (spanish.mine, spanish.theirs) == ("una vez al mes", "cada dos semanas")
    assert (german.topic, spanish.topic) == ("wie oft wir uns treffen", "cada cuánto nos vemos")


def test_the_latest_sheets_are_compared_and_a_newer_one_of_ones_own_is_told_of(
    amina: Person, daniel: Person
) -> None:
    exchanged(amina, daniel)
    assert not compared(amina.app()).newer
    session = amina.answers({**AMINA, "often": "month"})
    found = compared(amina.app())
    assert found.newer and ways(found)["often"] == "differ"
    daniel.opens(amina.shares(session))
    assert ways(compared(amina.app()))["often"] == "alike"
    assert ways(compared(daniel.app()))["often"] == "alike"


def test_somebody_elses_sheet_is_not_taken_for_the_others(
    amina: Person, daniel: Person, tmp_path: Path
) -> None:
    stranger = Person(tmp_path / "eve", "mentor", names=("Bea", "Eve"))
    namesake = Person(tmp_path / "another", "mentee", names=("Daniel", "Eve"))
    for person in (stranger, namesake):
        amina.opens(person.shares(person.answers(DANIEL)))
    amina.shares(amina.answers(AMINA))
    with pytest.raises(ReflectError) as none:
        compared(amina.app())
    assert none.value.code == "no-other-sheet"


def test_a_covered_sheet_is_in_nothing_that_is_read(amina: Person, daniel: Person) -> None:
    plain = amina.answers({"feedback": "x"}, pack="four-stages", length="short")
    name = daniel.opens(amina.shares(amina.answers(AMINA), plain))
    app = daniel.app()
    read = case(app, name)
    assert [one.pack for one in read.newest.shared.sessions] == ["four-stages"]
    assert not [one for one in read.answers.values() if one.session.both]
    assert len(read.covered) == 1
    daniel.shares(daniel.answers(DANIEL))
    read = case(daniel.app(), name)
    assert not read.covered
    assert {one.pack for one in read.newest.shared.sessions} == {"four-stages", "expectations"}


OUR_WAY = """\
reflect: 1
pack: our-way
version: 1.0.0
title: Our way
language: en
for: both

opening:
  - id: hello
    ask: How should {other} greet you?
    answer: line
  - id: pay
    for: mentor
    ask: Do you decide what {mentee} earns?
    answer: yesno
  - id: ward
    for: mentee
    ask: On which ward should {mentor} visit you?
    answer: line
  - id: speed
    ask: How fast may it go?
    scale: 1 to 5
"""


def test_a_pack_of_ones_own_may_ask_each_something_else(amina: Person, daniel: Person) -> None:
    for person in (amina, daniel):
        folder = person.root / "packs" / "our-way"
        folder.mkdir(parents=True, mode=0o700)
        (folder / "pack.yaml").write_text(OUR_WAY)
    hers = {"hello": "by name", "ward": "seven", "speed": "3", "pay": "yes"}
    one = amina.shares(amina.answers(hers, pack="our-way", length="short"))
    his = {"hello": "with coffee", "pay": "no", "speed": "4", "ward": "none"}
    daniel.opens(one)
    amina.opens(daniel.shares(daniel.answers(his, pack="our-way", length="short")))
    found = compared(amina.app())
    assert found.comparison.title == "Our way"
    told = {row.asked: (row.how, row.topic, row.mine, row.theirs) for row in found.comparison.rows}
    assert told == {
        "hello": ("beside", "How should Daniel greet you?", "by name", "with coffee"),
        "pay": ("one", "Do you decide what Amina earns?", "", "no"),
        "ward": ("one", "On which ward should Daniel visit you?", "seven", ""),
        "speed": ("differ", "How fast may it go?", "3", "4"),
    }
    assert {row.topic for row in compared(daniel.app()).comparison.rows} >= {
        "How should Amina greet you?"
    }


def test_only_a_pack_that_is_here_is_named_as_the_next_step(amina: Person, daniel: Person) -> None:
    folder = amina.root / "packs" / "our-way"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "pack.yaml").write_text(OUR_WAY)
    name = daniel.opens(amina.shares(amina.answers({"hello": "x"}, pack="our-way")))
    said = own_side(daniel.app(), whole(daniel.app(), name))
    assert "pack add" in said and "our-way" not in said
