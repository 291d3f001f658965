"""What was erased is in no file any more, also when the program was killed while it erased."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path

import apsw
import pytest

from reflect.transcripts.database import Database
from tests.conftest import Run
from tests.faults.program import FIRST, Window, begin, reflect
from tests.faults.record import database, holding, texts, trouble
from tests.faults.tracing import FEWER, Point, every, killed_at, needs_strace, points, trials

OTHER = "zephyrs quietly judge my vexing box of words"
SHORTEST = 8
"""Letters of the shortest end of a word that is looked for: an index leaves out how words begin."""


def canary() -> str:
    return "".join(random.SystemRandom().choices(string.ascii_lowercase, k=24))


def ends(word: str) -> list[bytes]:
    return [word[start:].encode() for start in range(len(word) - SHORTEST + 1)]


def with_two_sessions(home: Path, word: str) -> None:
    """A home whose newest session holds `word` in every answer, and whose older one does not."""
    begin(home, OTHER, "/new", "1", *(f"{word} and the card {n}, I said so" for n in range(30)))
    assert holding(home, [word.encode()])


def assert_gone(home: Path, word: str) -> None:
    assert holding(home, ends(word)) == {}
    assert texts(home) == [OTHER]
    assert trouble(home) == []


def test_nothing_is_left_of_an_erased_session(place: Path) -> None:
    word = canary()
    with_two_sessions(place, word)
    ran = reflect(place, "delete", "last", "--yes")
    assert ran.code == 0
    assert word not in ran.out + ran.err
    assert_gone(place, word)


def test_nothing_is_left_of_one_erased_answer(place: Path, run: Run) -> None:
    word = canary()
    begin(place, OTHER, f"{word} stood on the card because I wrote it")
    turns = json.loads(run("show", "--json").out)["turns"]
    number = next(n for n, turn in enumerate(turns, 1) if word in turn["answer"])
    assert run("delete", "last", "--answer", str(number), "--yes").code == 0
    assert holding(place, ends(word)) == {}
    assert texts(place)[0] == OTHER


@pytest.mark.terminal
def test_a_draft_goes_with_its_session(place: Path, run: Run) -> None:
    word = canary()
    begin(place, OTHER)
    with Window(place) as window:
        window.until_ready()
        window.type(f"{word} half typed")
        window.until(lambda: word in window.edit_line(), "the typed words")
        window.type("\x03")
        assert window.ended() == 130
    assert holding(place, [word.encode()])
    assert run("delete", "last", "--yes").code == 0
    assert holding(place, ends(word)) == {}


def test_with_a_reader_the_traces_go_at_the_next_start(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    word, empty_log = canary(), Database.empty_log
    monkeypatch.setattr(Database, "empty_log", lambda self, _: empty_log(self, patience_ms=50))
    with_two_sessions(place, word)
    reader = apsw.Connection(str(database(place)))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchall()
    ran = run("delete", "last", "--yes")
    assert ran.code == 0
    assert "next" in ran.err
    assert holding(place, ends(word)), "nothing is left for the next start"
    reader.execute("ROLLBACK")
    reader.close()
    assert run().code == 0
    assert_gone(place, word)


def killed_while_erasing(tmp_path: Path, nth: int) -> tuple[int, int]:
    """Kill at points of an erasure; gives how many, and after how many the session was gone."""
    word = canary()
    base, whole = tmp_path / "base" / "reflect", tmp_path / "whole" / "reflect"
    for home in (base, whole):
        home.parent.mkdir()
        with_two_sessions(home, word)
    all_points, _ = points(whole, "delete", "last", "--yes")
    assert_gone(whole, word)
    before = texts(base)
    gone: list[Point] = []
    survived: list[Point] = []

    def trial(home: Path, point: Point) -> str:
        if killed_at(home, point, "delete", "last", "--yes").code == 0:
            survived.append(point)
        # Whoever starts the program next finishes what was begun.
        if reflect(home).code != 0:
            return "it does not start"
        found, kept = holding(home, ends(word)), texts(home)
        if trouble(home):
            return f"the record is damaged: {trouble(home)}"
        if kept == before:
            return ""
        gone.append(point)
        return f"traces in {found}" if found or kept != [OTHER] else ""

    chosen = every(all_points, nth)
    assert list(trials(base, tmp_path / "trials", chosen, trial)) == []
    assert len(survived) <= FEWER
    return len(chosen), len(gone)


@needs_strace
def test_killed_while_it_erases(tmp_path: Path) -> None:
    number, gone = killed_while_erasing(tmp_path, 26)
    assert 0 < gone < number


@needs_strace
@pytest.mark.slow
def test_killed_at_every_call_while_it_erases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number, gone = killed_while_erasing(tmp_path, 1)
    with capsys.disabled():
        print(f"\n  {number} points, finished at the next start after {gone} of them", end=" ")


def test_traces_would_be_found(tmp_path: Path) -> None:
    word = canary()
    (tmp_path / "file").write_bytes(b"\0" * 5000 + word[10:].upper().encode() + b"\0")
    assert holding(tmp_path, ends(word)) != {}
    assert FIRST
