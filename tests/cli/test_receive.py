"""A reply comes: it is shown, asked about, listed, and named by what comes next."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reflect.application.taking import waiting
from reflect.sharing.wire import encode
from tests.application.replies import FILE, Shared, application, note, shared
from tests.cli.test_reading import document
from tests.conftest import Run
from tests.review.made import bundle
from tests.sharing.locked import locked


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shared]:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")
    found = shared(application())
    yield found
    found.app.close()


def put(tmp_path: Path, home: Shared, *notes: Any, name: str = "reply.reflect") -> str:
    path = tmp_path / name
    path.write_bytes(encode(home.bundle(*notes)))
    return str(path)


def test_a_story_says_that_it_is_one(run: Run, home: Shared, tmp_path: Path) -> None:
    told = "I froze at my first handover, too."
    file = put(tmp_path, home, note(1, "story", about=home.answer("win"), text=told))
    assert "Daniel · Sunday 22 November · a story" in run("receive", file).out
    assert "a story" in run("notes").out


def test_a_reply_is_shown_in_groups_beside_what_it_is_about(
    run: Run, home: Shared, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        home,
        note(1, about=home.answer("win"), text="That took nerve."),
        note(2, "thanks", text="Thank you for writing this down."),
        note(3, "answer", home.item("query"), "With a smile, and a hand up."),
        note(4, about=home.answer("win"), text="Do it again on Monday."),
        note(5, about="b" * 16, text="Keep that."),
    )
    ran = run("receive", file)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "On “I wrote the three worst patients on a card first and read…”",
        "   1  That took nerve.",
        "      Daniel · Sunday 22 November",
        "   4  Do it again on Monday.",
        "      Daniel · Sunday 22 November",
        "",
        "On the whole",
        "   2  Thank you for writing this down.",
        "      Daniel · Sunday 22 November · thanks",
        "",
        "On “how did he learn to interrupt politely”",
        "   3  With a smile, and a hand up.",
        "      Daniel · Sunday 22 November · an answer",
        "",
        "About an answer that is no longer there",
        "   5  Keep that.",
        "      Daniel · Sunday 22 November",
    ]
    assert "Daniel has written back: 5 new notes." in ran.err
    again = run("receive", file)
    assert (again.code, again.out) == (0, "") and "Nothing new" in again.err


def test_each_proposal_is_asked_about_and_what_is_left_waits(
    run: Run, home: Shared, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        home,
        note(1, "action", text="ask Ruth for the rota", due="2026-12-03"),
        note(2, "goal", text="lead a round alone"),
        note(3, "close", home.item("step")),
        note(4, "agree", home.item("aim")),
    )
    ran = run("receive", file, stdin="yes\nno\nhm\n")
    assert ran.code == 0
    assert ran.err.count("(yes / not now / no)") == 4
    assert "Will you do it?" in ran.out and "2 proposals wait" in ran.err
    assert home.items("action")[0] == ("ask Ruth for the rota", "open", "me")
    assert [text for text, _, _ in home.items("goal")] == ["lead the morning round on my own"]
    assert [one.number for one in waiting(home.app, home.relation)] == [3, 4]
    listed = document(run("notes", "--waiting", "--json"))["notes"]
    assert [(one["number"], one["kind"]) for one in listed] == [(3, "close"), (4, "agree")]
    assert run("notes", "accept", "4").out == "Yes: lead the morning round on my own\n"
    assert home.items("goal")[0][1] == "agreed"
    assert run("notes", "decline", "3").code == 0
    assert "Nothing waits" in run("notes", "--waiting").err
    undone = run("undo")
    assert undone.out == "Taken back: your no to what your mentor proposed\n"
    run("undo")
    assert home.items("goal")[0][1] == "draft"
    assert run("undo").out == "Taken back: your no to what your mentor proposed\n"
    assert (
        run("undo").out == "Taken back: action “ask Ruth for the rota”: proposed by your mentor\n"
    )
    assert len(home.items("action")) == 1


def test_yes_to_everything_and_nobody_to_ask(run: Run, home: Shared, tmp_path: Path) -> None:
    file = put(tmp_path, home, note(1, "action"), note(2, "term"))
    assert "2 proposals wait" in run("receive", file).err
    other = put(tmp_path, home, note(3, "take on", home.item("step")), name="more")
    ran = run("receive", other, "--yes")
    assert ran.out.endswith("Yes: words of 3\n") and "reflect undo" in ran.err
    assert home.items("action")[0][2] == "mentor"


def test_a_pasted_reply_is_taken_and_what_stands_behind_it_answers_nothing(
    run: Run, home: Shared
) -> None:
    text = (
        f"> reflect reply 1\n> share: {FILE}\n> mentorship: {home.name}\n> from: Daniel\n>\n"
        f"> @ {home.answer('win')} note\n> You read it out.\n> @ whole action\n> Sleep.\n> @ end\n"
    )
    ran = run("receive", "-", stdin=text + "yes\nyes\n")
    assert ran.code == 0 and "You read it out." in ran.out
    assert "One proposal waits" in ran.err and len(home.items("action")) == 1
    assert "not now" not in ran.err
    assert "Nothing new" in run("receive", "-", stdin=text).err


def test_a_passphrase_is_asked_for_only_where_there_is_one(
    run: Run, home: Shared, tmp_path: Path
) -> None:
    path = tmp_path / "sealed"
    path.write_bytes(locked(encode(home.bundle(note(1))), "four words that fit"))
    for typed, code in (("four words that fit\n", 0), ("something else\n", 1)):
        reading, writing = os.pipe()
        os.write(writing, typed.encode())
        os.close(writing)
        ran = run("receive", str(path), "--passphrase-fd", str(reading))
        os.close(reading)
        assert ran.code == code
    assert ran.err.startswith("bundle-wrong-passphrase")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bundle-unreadable"),
        (b"{}", "bundle-unreadable"),
        (b"age-encryption.org/v1\n", "bundle-truncated"),
        (b"reflect reply 1\nshare: x\n\n@ end\n", "reply-unreadable"),
        (bytes(range(256)), "bundle-unreadable"),
    ],
)
def test_what_is_no_reply_is_refused_and_nothing_changes(
    run: Run, home: Shared, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "reply"
    path.write_bytes(content)
    before = home.app.store.events(home.mentorship)
    ran = run("receive", str(path))
    assert ran.code == 1 and ran.err.startswith(f"{code}: ")
    assert home.app.store.events(home.mentorship) == before
    assert run("receive", str(tmp_path / "missing")).err.startswith("no-such-file: ")


def test_nothing_foreign_is_obeyed_by_the_screen(run: Run, home: Shared, tmp_path: Path) -> None:
    hostile = "\x1b[31mred\x9b2J \u202ereversed\u202c <b>x</b> {mentee} \x07\u200b"
    ran = run(
        "receive", put(tmp_path, home, note(1, text=hostile), note(2, "action", text=hostile))
    )
    shown = ran.out + ran.err + run("notes").out
    assert "red" in shown and "{mentee}" in shown
    assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u200b"} & set(shown)


def test_notes_are_listed_newest_first(run: Run, home: Shared, tmp_path: Path) -> None:
    assert "Nobody has written back" in run("notes").err
    run("receive", put(tmp_path, home, note(1, day="2026-11-20"), note(2, day="2026-11-22")))
    run("receive", put(tmp_path, home, note(1, revision=2, withdrawn=True, day="2026-11-23")))
    assert [one["number"] for one in document(run("notes", "--json"))["notes"]] == [2]
    listed = document(run("notes", "--all", "--json"))["notes"]
    assert [(one["number"], one["withdrawn"], one["text"]) for one in listed] == [
        (1, True, ""),
        (2, False, "words of 2"),
    ]
    assert "(taken back)" in run("notes", "--all").out


def test_it_is_named_by_what_comes_next_and_stands_on_the_journey(
    run: Run, home: Shared, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        home,
        note(1, text="You read it out."),
        note(2, "agenda", text="how to say no"),
        note(3, "term", text="we meet on Thursdays"),
    )
    run("receive", file)
    assert "Daniel has written back; 3 notes open your next session:" in run("next").out
    assert document(run("next", "--json"))["next"]["notes"] == 3
    assert "wrote     Daniel, Sunday 22 November: “You read it out.”" in run("journey").out
    agenda = run("prepare").out
    assert "What Daniel wants to talk about\n  - how to say no" in agenda
    assert "What Daniel proposes\n  - we meet on Thursdays" in agenda


def test_an_answer_stands_below_its_question(run: Run, home: Shared, tmp_path: Path) -> None:
    run("receive", put(tmp_path, home, note(1, "answer", home.item("query"), "With a smile.")))
    assert "With a smile." not in run("questions").out
    assert "      Daniel: With a smile." in run("questions", "--all").out
    listed = document(run("questions", "--all", "--json"))["questions"]
    assert listed[0]["answers"] == [{"by": "Daniel", "text": "With a smile."}]


def test_what_a_mentee_shares_is_no_reply(run: Run, home: Shared, tmp_path: Path) -> None:
    path = tmp_path / "shared"
    path.write_bytes(encode(bundle()))
    assert run("receive", str(path)).err.startswith("not-a-reply: ")


def test_it_is_said_in_the_language_of_the_mentorship(
    run: Run, home: Shared, tmp_path: Path
) -> None:
    run("settings", "language", "de")
    ran = run("receive", put(tmp_path, home, note(1, "action")), stdin="ja\n")
    assert "Daniel hat zurückgeschrieben: eine neue Notiz." in ran.err
    assert "Machst du das?" in ran.out and "Ja: words of 1" in ran.out


def test_the_section_of_the_docs_shows_commands_that_work(
    run: Run, home: Shared, tmp_path: Path
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "mentee.md").read_text("utf-8")
    section = page.partition("## When your mentor writes back")[2].partition("\n## ")[0]
    file = put(tmp_path, home, note(1), note(2, "goal"), note(3, "action"), note(4, "action"))
    run("receive", file)
    shown = re.findall(r"`reflect ((?:receive|notes|questions|prepare|undo)[^`]*)`", section)
    shown += re.findall(r"^\$ reflect (.*)$", section, re.MULTILINE)
    assert len(shown) >= 9
    text = f"reflect reply 1\nshare: {FILE}\nmentorship: {home.name}\nfrom: D\n\n@ whole note\nx\n@ end\n"
    number = iter("34")
    for command in shown:
        typed = command.replace("from-daniel.reflect", file).replace("FILE", file)
        if typed.startswith(("notes accept", "notes decline")):
            typed = typed[:-1] + next(number)
        ran = run(*typed.split(), stdin=text)
        assert ran.code == 0, f"{typed}\n{ran.err}"
