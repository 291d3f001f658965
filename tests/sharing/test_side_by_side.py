"""Two sheets of one pack: what is alike, what differs, and what is not judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.script import Option, Script
from reflect.sharing.shared import SharedAnswer, SharedReply, SharedSession
from reflect.sharing.side_by_side import Comparison, Names, Row, side_by_side, talk_about, term
from reflect.sharing.side_by_side_form import as_markdown, as_text
from reflect.text import display_width
from tests.dialogue.scripts import question, script

NAMES = Names("Amina", "Daniel")
OPTIONS = (Option("week", "every week"), Option("month", "once a month"), Option("other", "else"))
HOSTILE = ("\x1b[31mred", "\u202eevil", "<b>x</b>", "[a](http://b)", "a\nb", "`|`")


@pytest.fixture(scope="module")
def phrases(tmp_path_factory: pytest.TempPathFactory) -> Phrases:
    folder = shipped_folder() / "core" / "sharing"
    return read_phrases(folder, "en", Cache(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def pack() -> Script:
    return script(
        worked=(
            question("often", kind="choice", options=OPTIONS),
            question("between", kind="several", options=OPTIONS),
            question("count", kind="number"),
            question("again", kind="date"),
            question("really", kind="yesno"),
            question("free"),
        )
    )


def said(asked: str, answer: str, value: str = "", **more: Any) -> SharedAnswer:
    return SharedAnswer(
        f"name-{asked}-{answer}"[:60], f"Q {asked}?", answer, value=value, asked=asked, **more
    )


def sheet(*answers: SharedAnswer, day: str = "2026-11-21") -> SharedSession:
    return SharedSession("s", day, "p", "P", "1", "st", "en", answers, both=True)


def compared(
    pack: Script, phrases: Phrases, mine: SharedAnswer | None, theirs: SharedAnswer | None
) -> Row:
    sheets = [sheet(*([one] if one else [])) for one in (mine, theirs)]
    (row,) = side_by_side(sheets[0], sheets[1], pack, phrases, NAMES).rows
    return row


@pytest.mark.parametrize(
    ("asked", "mine", "theirs", "how"),
    [
        ("often", ("every week", "week"), ("jede Woche", "week"), "alike"),
        ("often", ("every week", "week"), ("einmal im Monat", "month"), "differ"),
        ("often", ("when it rains", "other"), ("when it snows", "other"), "differ"),
        ("often", ("When it  rains", "other"), ("when it rains", "other"), "alike"),
        ("between", ("x", "week, month"), ("y", "month, week"), "alike"),
        ("between", ("x", "week, month"), ("y", "month"), "differ"),
        ("count", ("3", "3"), ("three", "3"), "alike"),
        ("count", ("3", "3"), ("4", "4"), "differ"),
        ("again", ("in May", "2026-05-01"), ("1 May", "2026-05-01"), "alike"),
        ("really", ("sure", "yes"), ("ja", "yes"), "alike"),
        ("really", ("sure", "yes"), ("nein", "no"), "differ"),
        ("free", ("the same words", ""), ("the same words", ""), "beside"),
        ("really", ("sure", "perhaps"), ("nein", "no"), "beside"),
        ("again", ("in May", "2026-99-99"), ("1 May", "2026-05-01"), "beside"),
    ],
)
def test_what_was_chosen_is_compared_and_what_was_written_is_not(
    pack: Script,
    phrases: Phrases,
    asked: str,
    mine: tuple[str, str],
    theirs: tuple[str, str],
    how: str,
) -> None:
    row = compared(pack, phrases, said(asked, *mine), said(asked, *theirs))
    assert row.how == how
    assert compared(pack, phrases, said(asked, *theirs), said(asked, *mine)).how == how


def test_labels_are_the_readers(pack: Script, phrases: Phrases) -> None:
    row = compared(pack, phrases, said("often", "jede Woche", "week"), said("often", "x", "month"))
    assert (row.mine, row.theirs) == ("every week", "once a month")


def test_several_choices_tell_what_is_shared_and_what_is_not(
    pack: Script, phrases: Phrases
) -> None:
    mine = said("between", "every week, the rota", "week, other")
    row = compared(pack, phrases, mine, said("between", "y", "month, week"))
    assert (row.both, row.only_mine, row.only_theirs) == (
        ("every week",),
        ("the rota",),
        ("once a month",),
    )
    assert talk_about(row, NAMES, phrases) == (
        "Talk about: what stays between us"
        " (both: every week; only Amina: the rota; only Daniel: once a month)"
    )
    assert term(row, phrases) == "what stays between us: every week"


def test_a_difference_names_both(pack: Script, phrases: Phrases) -> None:
    row = compared(pack, phrases, said("often", "", "week"), said("often", "", "month"))
    assert talk_about(row, NAMES, phrases) == (
        "Talk about: how often we meet (Amina: every week; Daniel: once a month)"
    )
    assert term(row, phrases) == ""


@pytest.mark.parametrize("silent", ["mine", "theirs"])
def test_of_silence_nothing_is_said(pack: Script, phrases: Phrases, silent: str) -> None:
    answer = said("often", "every week", "week")
    row = compared(pack, phrases, *((None, answer) if silent == "mine" else (answer, None)))
    assert row.how == "one" and not row.both and getattr(row, silent) == ""
    told = as_text(Comparison("p", "P", "Amina", "Daniel", "d", "d", (row,)), phrases)
    assert ("Amina:" in told) == (silent == "theirs")
    assert ("Daniel:" in told) == (silent == "mine")


def test_a_summary_stands_for_itself_and_replies_come_along(pack: Script, phrases: Phrases) -> None:
    mine = said("often", "in short", "week", summary=True)
    theirs = said("often", "x", "week", replies=(SharedReply("how?", "on Mondays"),))
    row = compared(pack, phrases, mine, theirs)
    assert row.how == "beside" and row.mine == "in short"
    assert row.theirs == "every week\non Mondays"


def test_a_question_that_this_pack_does_not_know_is_shown(pack: Script, phrases: Phrases) -> None:
    row = compared(pack, phrases, None, said("strange", "an answer", "week"))
    assert (row.topic, row.theirs, row.how) == ("Q strange?", "an answer", "one")


@pytest.mark.parametrize(
    ("answer", "value", "only"),
    [
        ("at the lift", "lift", ("at the lift",)),
        ("at the lift, by mail", "lift, mail", ("lift", "mail")),
    ],
)
def test_an_option_unknown_here_is_read_in_the_others_words_where_it_stands_alone(
    pack: Script, phrases: Phrases, answer: str, value: str, only: tuple[str, ...]
) -> None:
    mine, theirs = said("between", "every week", "week"), said("between", answer, value)
    assert compared(pack, phrases, mine, theirs).only_theirs == only


@pytest.mark.parametrize("kind", ["text", "line"])
def test_what_was_written_freely_is_not_judged_whatever_value_a_file_names(
    phrases: Phrases, kind: str
) -> None:
    free = script(worked=(question("free", kind=kind),))
    row = compared(free, phrases, said("free", "a card", "x"), said("free", "a call", "x"))
    assert (row.how, row.mine, row.theirs) == ("beside", "a card", "a call")
    assert (row.both, row.only_mine, row.only_theirs) == ((), (), ())


def test_nothing_differs_is_said_where_both_have_chosen(pack: Script, phrases: Phrases) -> None:
    same = said("often", "", "week")
    text = as_text(side_by_side(sheet(same), sheet(same), pack, phrases, NAMES), phrases)
    assert "you chose the same" in text
    narrow = as_text(side_by_side(sheet(same), sheet(same), pack, phrases, NAMES), phrases, 24)
    assert max(map(display_width, narrow.split("\n"))) <= 24
    free = said("free", "words")
    text = as_text(side_by_side(sheet(free), sheet(free), pack, phrases, NAMES), phrases)
    assert "Where you two differ" not in text


@pytest.mark.parametrize("width", [60, 100])
def test_it_fits_the_screen(pack: Script, phrases: Phrases, width: int) -> None:
    long = "word " * 60
    mine = sheet(said("often", "", "week"), said("free", long), said("between", "", "week"))
    theirs = sheet(said("often", "", "month"), said("free", long * 2), day="no day")
    text = as_text(side_by_side(mine, theirs, pack, phrases, NAMES), phrases, width)
    lines = text.split("\n")
    assert max(map(display_width, lines)) <= width
    beside = [line for line in lines if "every week" in line and "once a month" in line]
    assert bool(beside) == (width == 100)
    assert "no day" in text


@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(["often", "between", "again", "really", "free"]),
)
def test_nothing_that_a_file_says_breaks_it(value: str, day: str, asked: str) -> None:
    pack = script(
        worked=(
            question("often", kind="choice", options=OPTIONS),
            question("between", kind="several", options=OPTIONS),
            question("again", kind="date"),
            question("really", kind="yesno"),
            question("free"),
        )
    )
    words = Phrases("en", _WORDS.texts)
    mine, theirs = sheet(said(asked, "x", "week")), sheet(said(asked, value, value), day=day)
    found = side_by_side(mine, theirs, pack, words, NAMES)
    assert as_text(found, words) and as_markdown(found, words)
    assert all("\n" not in talk_about(row, NAMES, words) for row in found.rows)


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("width", [60, 100])
def test_foreign_text_is_inert(pack: Script, phrases: Phrases, evil: str, width: int) -> None:
    found = side_by_side(
        sheet(said("free", evil)), sheet(said("free", evil)), pack, phrases, Names("A", evil)
    )
    shown = as_text(found, phrases, width)
    assert "\x1b" not in shown and "\u202e" not in shown
    written = as_markdown(found, phrases)
    assert "<b>" not in written and "[a](" not in written and "\x1b" not in written


_WORDS = read_phrases(
    shipped_folder() / "core" / "sharing", "en", Cache(Path("/nonexistent-cache-of-a-test"))
)
