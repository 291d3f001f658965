"""`reflect compare-expectations`, in a mentee's home and in a mentor's."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_reading import document
from tests.conftest import Ran, Run
from tests.sharing.two_homes import AMINA, DANIEL, Person

At = Callable[..., Ran]


@pytest.fixture
def homes(tmp_path: Path) -> dict[str, Person]:
    amina = Person(tmp_path / "amina", "mentee")
    daniel = Person(tmp_path / "daniel", "mentor")
    one = amina.shares(amina.answers(AMINA))
    two = daniel.shares(daniel.answers(DANIEL))
    amina.opens(two)
    daniel.opens(one)
    return {"amina": amina, "daniel": daniel}


@pytest.fixture
def at(homes: dict[str, Person], run: Run, monkeypatch: pytest.MonkeyPatch) -> At:
    """Runs a command in one of the two homes."""
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")

    def running(name: str, *arguments: str, **more: object) -> Ran:
        monkeypatch.setenv("REFLECT_HOME", str(homes[name].root))
        return run(*arguments, **more)

    return running


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets standard input pass for a terminal at which this is typed."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def typing(text: str) -> None:
        monkeypatch.setattr("reflect.cli.compare_expectations.sys", _Sys(Terminal(text)))

    return typing


class _Sys:
    def __init__(self, stdin: io.StringIO) -> None:
        self.stdin = stdin

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)


def test_a_pipe_shows_it_and_keeps_nothing(at: At) -> None:
    shown = at("amina", "compare-expectations")
    assert shown.code == 0, shown.err
    assert shown.out.startswith(
        "What we expect of each other\nAmina, Saturday 21 November · Daniel"
    )
    assert "    Amina: every two weeks\n    Daniel: once a month\n" in shown.out
    assert "--agenda" in shown.err and "--agreements" in shown.err
    assert document(at("amina", "questions", "--json"))["questions"] == []


def test_a_wide_screen_has_them_side_by_side(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = at("daniel", "compare-expectations").out.split("\n")
    assert max(map(len, lines)) <= 100
    assert any("once a month" in line and "every two weeks" in line for line in lines)


def test_the_agenda_is_taken_once(at: At) -> None:
    for _ in range(2):
        assert at("amina", "compare-expectations", "Daniel", "--agenda", "--agreements").code == 0
    questions = document(at("amina", "questions", "--json"))["questions"]
    assert len(questions) == 3 and all("Talk about: " in one["text"] for one in questions)
    terms = document(at("amina", "agreements", "--json"))["agreements"]
    assert len(terms) == 7 and {one["state"] for one in terms} == {"agreed"}


def test_the_mentors_points_go_with_the_reply(at: At) -> None:
    done = at("daniel", "compare-expectations", "amina", "--agenda")
    assert done.code == 0 and "3 points" in done.err and "reply" in done.err
    found = document(at("daniel", "compare-expectations", "--json"))
    assert [one["kept"] for one in found["agenda"]] == [True] * 3
    assert [one["kept"] for one in found["agreements"]] == [False] * 7


def test_a_terminal_is_asked_about_each_once(at: At, typed: Callable[[str], None]) -> None:
    typed("yes\nno\n\n" + "no\n" * 6 + "yes\n")
    asked = at("amina", "compare-expectations")
    assert asked.err.count("Put it on the agenda") == 3
    assert asked.err.count("Keep it as agreed") == 7
    assert len(document(at("amina", "questions", "--json"))["questions"]) == 1
    assert len(document(at("amina", "agreements", "--json"))["agreements"]) == 1
    typed("yes\n" * 20)
    again = at("amina", "compare-expectations")
    assert "(yes/no)" not in again.err
    assert len(document(at("amina", "questions", "--json"))["questions"]) == 1


def test_it_is_written_as_markdown_for_its_owner_only(at: At, tmp_path: Path) -> None:
    file = tmp_path / "both.md"
    done = at("amina", "compare-expectations", "-o", str(file))
    assert done.code == 0 and done.out == ""
    text = file.read_text()
    assert text.startswith("# What we expect of each other\n")
    assert "- Daniel: once a month" in text
    assert file.stat().st_mode & 0o777 == 0o600
    again = at("amina", "compare-expectations", "-o", str(file))
    assert (again.code, again.err.split(":")[0]) == (1, "file-exists")


def test_before_both_have_shared_it_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = run("compare-expectations")
    assert (nobody.code, nobody.err.split(":")[0]) == (1, "nothing-kept")
    person = Person(tmp_path / "reflect", "mentee")
    session = person.answers(AMINA)
    early = run("compare-expectations")
    assert (early.code, early.err.split(":")[0]) == (1, "own-sheet-not-shared")
    person.shares(session)
    waiting = run("compare-expectations", "--json")
    assert (waiting.code, waiting.out, waiting.err.split(":")[0]) == (1, "", "no-other-sheet")
    other = run("compare-expectations", "--pack", "pulse")
    assert other.err.startswith("no-own-sheet") and "--pack pulse" in other.err
    assert run("compare-expectations", "Zoe").code == 2


def test_what_came_is_told_of_and_not_shown_before_one_has_shared(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = Person(tmp_path / "amina", "mentee")
    file = tmp_path / "from-amina.reflect"
    file.write_bytes(amina.shares(amina.answers(AMINA)))
    said = (AMINA["stop"], "every two weeks", "mistakes and doubts")
    opened = run("review", str(file))
    assert opened.code == 0 and "mentorship new --as mentor --pack expectations" in opened.err
    daniel = Person(tmp_path / "reflect", "mentor")
    for line in (("show", "--transcript"), ("show", "--json"), ("search", "doubts"), ("list",)):
        shown = run("review", *line)
        assert shown.code == 0 and not [one for one in said if one in shown.out + shown.err]
    session = daniel.answers(DANIEL)
    assert "reflect share" in run("review", "show").err
    daniel.shares(session)
    shown = run("review", "show", "--transcript")
    assert all(one in shown.out for one in said) and "fills in alone" not in shown.err


HERS = (
    "Amina\nDaniel\n2\n2\n2\n1\n1\n2,4\n1, 4\n1\n1\n1\nIf we cancel three times\n1\nI am shy\n2\n"
)
HIS = "Daniel\nAmina\n2\n1\n3\n2\n1\n2, the night rota\n2\n"


def test_two_homes_from_the_first_question_to_the_agenda(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")

    def at(name: str, *arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setenv("REFLECT_HOME", str(tmp_path / name))
        ran = run(*arguments, stdin=stdin)
        assert ran.code == 0, ran.err
        return ran

    files = {name: str(tmp_path / f"{name}.reflect") for name in ("amina", "daniel")}
    at("amina", "--pack", "expectations", "--long", stdin=HERS)
    at("amina", "share", "--unencrypted", "--yes", "-o", files["amina"])
    opened = at("daniel", "review", files["amina"])
    assert "If we cancel" not in opened.out + opened.err
    at("daniel", "mentorship", "new", "--as", "mentor", "--pack", "expectations", stdin=HIS)
    at("daniel", "share", "--unencrypted", "--yes", "-o", files["daniel"])
    at("amina", "receive", files["daniel"])
    hers, his = (at(name, "compare-expectations").out for name in ("amina", "daniel"))
    for shown in (hers, his):
        assert "every two weeks" in shown and "once a month" in shown
        assert "only Daniel: the night rota" in shown
        assert "If we cancel three times" in shown and "I am shy" not in shown
    at("amina", "compare-expectations", "--agenda", "--agreements")
    assert "how often we meet" in at("amina", "questions").out
    at("daniel", "compare-expectations", "--agenda")
    assert "how often we meet" in at("daniel", "review", "notes").out
