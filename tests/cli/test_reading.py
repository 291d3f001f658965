"""Listing, showing and finding sessions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import apsw
import pytest

from reflect.settings import Home
from reflect.text import display_width
from tests.conftest import Ran, Run
from tests.sharing.sessions import ANSWERS, keep_session


def document(done: Ran) -> dict[str, Any]:
    """The one JSON document that a command wrote."""
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found["schema_version"] == 1
    return dict(found)


def lines(done: Ran) -> Iterator[list[str]]:
    return (line.split() for line in done.out.splitlines())


# --- an empty home ---


@pytest.mark.parametrize("arguments", [("history",), ("search", "word"), ("resume",), ("abandon",)])
def test_a_list_of_nothing_is_friendly(run: Run, home: Home, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (0, "")
    assert "Begin one with: reflect" in done.err
    assert not home.database.exists()


def test_a_list_of_nothing_is_still_a_document(run: Run) -> None:
    assert document(run("history", "--json"))["sessions"] == []
    assert document(run("search", "word", "--json"))["hits"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("export",),
        ("delete", "1"),
        ("settings",),
        ("backup", "f"),
    ],
)
def test_what_needs_a_session_says_that_there_is_none(
    run: Run, home: Home, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("nothing-kept: ")
    assert not home.database.exists()


# --- history ---


def test_history_lists_the_newest_first(run: Run) -> None:
    first, second = keep_session(when="2026-10-01T08:00:00+02:00"), keep_session("one", end="")
    rows = document(run("history", "--json"))["sessions"]
    assert [(row["number"], row["id"]) for row in rows] == [(1, second), (2, first)]
    assert list(lines(run("history"))) == [
        ["1", "2026-11-21", "s", "p", "1", "answer", "open"],
        ["2", "2026-10-01", "s", "p", "3", "answers"],
    ]


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (("--state", "open"), [1]),
        (("--state", "completed"), [2, 3]),
        (("--since", "2026-10-02"), [1, 2]),
        (("--until", "2026-10-01"), [3]),
        (("--stage", "s"), [1, 2, 3]),
        (("--pack", "other"), []),
        (("--limit", "2"), [1, 2]),
        (("--limit", "0"), [1, 2, 3]),
    ],
)
def test_filters_keep_the_numbers_that_other_commands_take(
    run: Run, arguments: tuple[str, ...], numbers: list[int]
) -> None:
    keep_session(when="2026-10-01T08:00:00+02:00")
    keep_session()
    keep_session("a", end="")
    rows = document(run("history", *arguments, "--json"))["sessions"]
    assert [row["number"] for row in rows] == numbers
    assert [int(row[0]) for row in lines(run("history", *arguments))] == numbers


def test_a_long_history_says_how_to_see_the_rest(run: Run) -> None:
    for _ in range(21):
        keep_session("x", end="abandoned")
    done = run("history")
    assert len(done.out.splitlines()) == 20
    assert "--limit 0" in done.err
    assert len(document(run("history", "--json"))["sessions"]) == 21


def test_no_session_fits(run: Run) -> None:
    keep_session()
    done = run("history", "--pack", "other")
    assert (done.code, done.out, done.err) == (0, "", "No session fits.\n")


# --- show ---


def test_show_has_question_answer_and_private_mark(run: Run) -> None:
    keep_session()
    out = run("show").out
    assert (
        "What worked\n\n  1  win?\n   > I wrote the three worst patients on a card first\n" in out
    )
    assert "     [kept as a win]\n" in out
    assert "  2  snag?\n   > dr Lang talks over me every single round\n     [private]\n" in out
    assert "by 2026-11-26 · yours" in out


def test_a_session_is_named_by_last_by_number_or_by_how_its_id_begins(run: Run) -> None:
    first, second = keep_session("earlier"), keep_session("later")

    def shown(name: str) -> str:
        return str(document(run("show", name, "--json"))["session"]["id"])

    assert [shown("last"), shown("1"), shown("2")] == [second, second, first]
    assert shown(first[:-1].lower()) == first


@pytest.mark.parametrize(
    ("name", "code"),
    [("2", "no-such-session"), ("0", "ambiguous-session"), ("zz", "no-such-session")],
)
def test_a_session_that_is_not_there(run: Run, name: str, code: str) -> None:
    keep_session()
    keep_session()
    name = "3" if name == "2" else name
    done = run("show", name)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{code}: ")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_show_fits_on_a_narrow_screen(
    run: Run, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    keep_session("a long answer " * 30 + "日本語 の 文章 " * 20, *ANSWERS[1:])
    done = run("show", screen=True)
    assert max(map(display_width, done.out.splitlines())) <= width


def test_a_hostile_answer_is_shown_and_not_obeyed(run: Run, home: Home) -> None:
    keep_session("red \x1b[31m alert")
    assert "\x1b" not in run("show", screen=True).out
    assert "\x1b" not in run("show").out


def test_a_damaged_answer_costs_only_itself(run: Run, home: Home) -> None:
    keep_session()
    damage(home, 2)
    done = run("show")
    assert done.code == 0
    assert "answer-altered" in done.err
    assert ANSWERS[0] in done.out
    assert ANSWERS[1] not in done.out
    assert ANSWERS[2] in done.out
    assert "(no longer here)" in done.out


def test_answers_that_cannot_be_put_back_are_shown_all_the_same(run: Run, home: Home) -> None:
    from tests.sharing.sessions import answer, application, begin

    app = application()
    session = begin(app)
    answer(session, ANSWERS[:1])
    session.back()
    session.say("another first answer")
    answer(session, ANSWERS[1:])
    session.pause()
    app.close()
    damage(home, 2)  # that the first answer was taken up again
    done = run("show")
    assert done.code == 0
    assert "another first answer" in done.out
    assert ANSWERS[2] in done.out


def test_a_session_without_its_beginning_is_named_as_damaged(run: Run, home: Home) -> None:
    keep_session()
    damage(home, 0)
    done = run("show")
    assert (done.code, done.err.startswith("session-damaged: ")) == (1, True)


def damage(home: Home, seq: int) -> None:
    """Change event `seq` of every session behind the store's back."""
    db = apsw.Connection(str(home.database))
    db.execute(
        "UPDATE events SET body = replace(body, '}', ' }') WHERE seq = ?"
        " AND stream IN (SELECT number FROM streams WHERE kind = 'session')",
        (seq,),
    )
    db.close()


# --- search ---


def test_search_shows_where_and_what(run: Run) -> None:
    keep_session()
    keep_session("another")
    done = run("search", "talks", "lang")
    assert done.out == f"  2  2026-11-21  s  [private]\n    {ANSWERS[1]}\n"
    assert run("search", "worst").out == f"  2  2026-11-21  s\n    {ANSWERS[0]}\n"
    assert ANSWERS[1] in run("show", "2").out


def test_search_finds_the_latest_version_of_an_answer(run: Run) -> None:
    from tests.sharing.sessions import answer, application, begin

    app = application()
    session = begin(app)
    answer(session, ["the morning list", *ANSWERS[1:2]])
    session.back()
    session.back()
    session.say("the evening list")
    session.pause()
    app.close()
    hits = document(run("search", "list", "--json"))["hits"]
    assert [hit["text"] for hit in hits] == ["the evening list"]
    assert document(run("search", "morning", "--json"))["hits"] == []


def test_what_cannot_be_replayed_is_found_as_private(run: Run, home: Home) -> None:
    keep_session()
    damage(home, 0)
    assert [hit["private"] for hit in document(run("search", "worst", "--json"))["hits"]] == [True]


def test_a_search_reads_a_script_once_and_knows_what_an_entry_would_say(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reflect.application import marking
    from reflect.application.reading import read_session
    from reflect.dialogue.record import entries, openness
    from tests.sharing.sessions import application

    keep_session()
    keep_session("another")
    read: list[str] = []
    real = marking.stored_script
    monkeypatch.setattr(
        marking, "stored_script", lambda store, at: read.append(at.digest) or real(store, at)
    )
    assert run("search", "r*").code == 0
    assert len(read) == len(set(read)) > 0
    app = application()
    for row in app.store.sessions():
        dialogue = read_session(app.store, row).dialogue
        assert openness(dialogue) == {one.key: one.share for one in entries(dialogue)} != {}
    app.close()


def test_search_as_a_document(run: Run) -> None:
    session = keep_session()
    (hit,) = document(run("search", "talks", "--json"))["hits"]
    assert (hit["session"], hit["key"], hit["text"]) == (session, "snag", ANSWERS[1])
    assert (hit["number"], hit["private"]) == (1, True)
    ((start, end),) = hit["spans"]
    assert hit["text"][start:end] == "talks"


def test_hits_are_marked_for_a_reader(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_session()
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1mtalks\x1b[22m over" in run("search", "talks", screen=True).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "Lang *talks* over" in run("search", "talks", screen=True).out
    monkeypatch.delenv("NO_COLOR")
    assert "Lang *talks* over" in run("--plain", "search", "talks", screen=True).out


def test_a_long_answer_is_cut_around_the_hit(run: Run) -> None:
    keep_session("before " * 200 + "needle " + "after " * 200)
    (_, found) = run("search", "needle").out.splitlines()
    assert "needle" in found
    assert found.startswith("    … before")
    assert found.endswith("after …")
    assert len(found) < 140


def test_search_filters_and_orders(run: Run) -> None:
    keep_session("a word")
    keep_session("a word")
    assert len(document(run("search", "word", "--json", "--limit", "1"))["hits"]) == 1
    assert len(document(run("search", "word", "--json", "--relevance"))["hits"]) == 2
    assert document(run("search", "word", "--json", "--pack", "other"))["hits"] == []
    assert document(run("search", "word", "--json", "--stage", "other"))["hits"] == []


def test_search_that_finds_nothing(run: Run) -> None:
    keep_session()
    done = run("search", "xyzzy")
    assert (done.code, done.out, done.err) == (0, "", "No answer holds these words.\n")
