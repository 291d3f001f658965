"""A window that is killed at any moment: what was acknowledged is kept, and nothing is asked twice."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.faults.person import Person, Said
from tests.faults.program import Window, begin, reflect
from tests.faults.record import asked_twice, lost, texts, trouble

pytestmark = pytest.mark.terminal


def kill_loop(place: Path, kills: int, seed: int) -> Person:
    """One home, `kills` windows one after the other, each killed while somebody talks."""
    random = Random(seed)
    person = Person(random)
    begin(place)
    for number in range(kills):
        with Window(place) as window:
            person.talk(window, random.uniform(0.1, 1.3))
            if random.random() < 0.7 and window.process.poll() is None:
                person.send_off(window)
            if window.process.poll() is None:
                window.kill()
            person.settle(window)
        if number % 10 == 9:
            assert trouble(place) == []
        wrong = lost(texts(place), person.journal)
        if wrong:
            pytest.fail(f"after kill {number} of seed {seed}: {wrong}")
    return person


def acknowledged(person: Person) -> int:
    return sum(said.acknowledged for said in person.journal)


def assert_sound(place: Path, person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    seen = acknowledged(person)
    assert trouble(place) == []
    assert asked_twice(place) == []
    shown = reflect(place, "export", "--all", "--format", "json")
    assert shown.code == 0
    for said in person.journal:
        assert not said.acknowledged or said.text in shown.out
    sent, kept = len(person.journal), len(texts(place))
    with capsys.disabled():
        print(f"\n  {sent} answers sent, {seen} seen, {kept} kept, 0 lost", end=" ")


def test_killed_while_it_stores_no_seen_answer_is_lost(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = Person(Random(1))
    begin(place)
    for seen in (2, 4):
        with Window(place) as window:
            window.until(partial(talked, person, window, seen), f"{seen} answers to be seen")
            person.send_off(window)
            window.kill()
            person.settle(window)
        assert lost(texts(place), person.journal) == ""
    assert_sound(place, person, capsys)


def talked(person: Person, window: Window, seen: int) -> bool:
    person.talk(window, 0.1)
    return acknowledged(person) >= seen


@pytest.mark.slow
def test_killed_very_often(place: Path, kills: int, capsys: pytest.CaptureFixture[str]) -> None:
    person = kill_loop(place, kills, seed=Random().randrange(1 << 30))
    assert_sound(place, person, capsys)


def test_the_journal_would_notice_a_lost_answer() -> None:
    journal = [Said("a", True), Said("1"), Said("1", True), Said("b", True)]
    assert lost(["a", "1", "b"], journal) == ""
    assert lost(["a", "1", "1", "b"], journal) == ""
    assert lost(["a", "b"], journal) != ""
    assert lost(["1", "b"], journal) != ""
    assert lost(["a", "1", "1", "b", "b"], journal) != ""


def test_a_lost_answer_in_a_real_record_is_noticed(place: Path) -> None:
    import apsw

    said = ("I wrote them on a card", "and I read them out")
    begin(place, *said)
    journal = [Said(text, acknowledged=True) for text in said]
    assert lost(texts(place), journal) == ""
    db = apsw.Connection(str(place / "reflect.db"))
    number = db.execute("SELECT min(number) FROM events WHERE key IS NOT NULL").fetchall()[0][0]
    db.execute("DELETE FROM events WHERE number = ?", (number,))
    db.close()
    assert trouble(place) != []
    assert lost(list(said[1:]), journal) != ""
