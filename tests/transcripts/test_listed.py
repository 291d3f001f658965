"""The list of sessions and what a search finds, whole rows of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reflect.events import Answered, Event, Reopened, SessionFinished, SessionStarted, Span
from reflect.transcripts import keys, migrations
from reflect.transcripts.keys import Key
from reflect.transcripts.store import Altered, Hit, SessionRow, Store, Stream

from .conftest import (
    AT,
    DIGEST,
    FINISHED,
    answered,
    session_of,
    started,
)

SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))
LATER = "2026-04-01T00:30:00+02:00"
ONE = Stream("session", "01KB0000000000000000000001", "M")
TWO = Stream("session", "01KB0000000000000000000002", "N")
THREE = Stream("session", "01KC0000000000000000000003", "M")


def begun(**fields: Any) -> SessionStarted:
    """The beginning of a session."""
    usual = {"mentorship": "M", "digest": DIGEST, "pack": "p", "stage": "work", "at": AT}
    return SessionStarted(**{**usual, "language": "en", "length": "short", **fields})


@pytest.fixture
def three(store: Store) -> Store:
    """Three sessions that differ in everything."""
    store.append(ONE, 0, [begun(), answered("q0", "a word, and a WORD"), FINISHED])
    other = begun(
        mentorship="N", pack="other", stage="find", language="de", length="long", at=LATER
    )
    store.append(TWO, 0, [other, answered("q0", "Wörter"), answered("q1", "word two")])
    store.append(THREE, 0, [begun(at="2026-03-31T23:59:00+02:00"), answered("q7", "word three")])
    store.append(THREE, 2, [SessionFinished(at=LATER, how="abandoned")])
    return store


def row(stream: Stream, **fields: Any) -> SessionRow:
    usual: dict[str, Any] = {"pack": "p", "stage": "work", "language": "en", "length": "short"}
    usual |= {"started": AT, "day": AT[:10], "state": "completed", "answers": 1, "updated": AT}
    return SessionRow(**{"id": stream.id, "mentorship": stream.mentorship, **usual, **fields})


ROWS = {
    ONE: row(ONE),
    TWO: row(
        TWO, pack="other", stage="find", language="de", length="long", started=LATER,
        day="2026-04-01", state="open", answers=2, updated=AT,
    ),
    THREE: row(
        THREE, started="2026-03-31T23:59:00+02:00", day="2026-03-31", state="abandoned", updated=LATER
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "listed"),
    [
        ({}, [THREE, TWO, ONE]),
        ({"mentorship": "M"}, [THREE, ONE]),
        ({"stage": "find"}, [TWO]),
        ({"pack": "other"}, [TWO]),
        ({"since": "2026-03-31"}, [THREE, TWO]),
        ({"until": "2026-03-31"}, [THREE, ONE]),
        ({"since": "2026-03-03", "until": "2026-03-31"}, [THREE]),
        ({"state": "open"}, [TWO]),
        ({"state": "abandoned"}, [THREE]),
        ({"limit": 2}, [THREE, TWO]),
        ({"limit": 0}, []),
        ({"mentorship": "M", "stage": "find"}, []),
    ],
)
def test_sessions_are_listed_by_every_filter(
    three: Store, filters: dict[str, Any], listed: list[Stream]
) -> None:
    assert three.sessions(**filters) == [ROWS[one] for one in listed]
    three.rebuild()
    assert three.sessions(**filters) == [ROWS[one] for one in listed]


def test_one_session_is_found_by_its_beginning(three: Store) -> None:
    assert three.session("01kc") == ROWS[THREE] and three.session(TWO.id) == ROWS[TWO]
    assert three.open_session("N") == ROWS[TWO] and three.open_session("M") is None
    later = Stream("session", "01KD0000000000000000000009", "N")
    three.append(later, 0, [begun(mentorship="N")])
    newest = three.open_session("N")
    assert newest is not None and newest.id == later.id
    assert three.places([ONE.id, THREE.id, later.id]) == {later.id: 1, THREE.id: 2, ONE.id: 4}
    assert three.places([TWO.id, TWO.id]) == {TWO.id: 3}


@pytest.mark.parametrize(
    ("events", "answers"),
    [
        ([answered("core.mood", "fine"), answered("q0", "x")], 1),
        ([answered("q0/?why", "x")], 1),
        ([Answered("q0", AT, "skipped"), Answered("q1", AT, "declined")], 0),
        ([Answered("q0", AT, "skipped"), Reopened("q0"), answered("q0", "x")], 1),
        ([answered("q0", "x"), Reopened("q0"), Answered("q0", AT, "skipped")], 0),
        ([answered("q0", "x"), Reopened("q0"), answered("q0", "y")], 1),
        ([answered("q0", "x"), answered("q1", "y"), Answered("q0", AT, "removed")], 1),
        ([answered("core.x", "x"), Answered("core.x", AT, "skipped"), answered("q1", "y")], 1),
    ],
)
def test_answers_are_counted_by_what_stands_now(
    store: Store, events: list[Event], answers: int
) -> None:
    store.append(ONE, 0, [begun()])
    for place, event in enumerate(events, 1):
        store.append(ONE, place, [event])
    assert store.sessions() == [row(ONE, state="open", answers=answers)]
    store.append(ONE, len(events) + 1, [answered("q9", "x", LATER)])
    assert store.session(ONE.id).updated == LATER
    store.rebuild()
    assert store.sessions() == [row(ONE, state="open", answers=answers + 1, updated=LATER)]


# --- search ------------------------------------------------------------------------------


def hit(stream: Stream, seq: int, key: str, text: str, *spans: Span, day: str = AT[:10]) -> Hit:
    found = ROWS[stream]
    return Hit(stream.id, seq, key, day, found.stage, found.pack, text, spans)


def test_a_hit_tells_where_it_stands(three: Store) -> None:
    first = hit(ONE, 1, "q0", "a word, and a WORD", Span(2, 6), Span(14, 18))
    second = hit(TWO, 2, "q1", "word two", Span(0, 4))
    third = hit(THREE, 1, "q7", "word three", Span(0, 4))
    assert three.search("word") == [third, second, first]
    assert three.search("word", limit=2) == [third, second]
    assert three.search("word two") == [
        hit(TWO, 2, "q1", "word two", Span(0, 4), Span(5, 8)),
    ]
    found = three.search("word", order="relevance")
    assert set(found) == {first, second, third}
    for filters, hits in (
        ({"stage": "find"}, [second]),
        ({"stage": "work"}, [third, first]),
        ({"pack": "other"}, [second]),
        ({"mentorship": "M"}, [third, first]),
        ({"since": "2026-03-31"}, [third, second]),
        ({"until": "2026-03-31"}, [third, first]),
    ):
        assert three.search("word", **filters) == hits  # type: ignore[arg-type]
        relevant = three.search("word", order="relevance", **filters)  # type: ignore[arg-type]
        assert set(relevant) == set(hits)


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("wor*", [(0, 4), (5, 11)]),
        ("wor", [(0, 4), (5, 11)]),
        ("word*", [(0, 4)]),
        ("WORTER", [(5, 11)]),
        ("wort", [(5, 11)]),
        ("*word", [(0, 4)]),
        ("**word**", [(0, 4)]),
        ('"word"', [(0, 4)]),
        ("word-worter", [(0, 4), (5, 11)]),
        ("three-four", [(12, 17), (18, 22)]),
        ("three-fo*", [(12, 17), (18, 22)]),
        ("thre-four", None),
        ("ord", None),
        ("four three", [(12, 17), (18, 22)]),
    ],
)
def test_which_words_are_marked(
    store: Store, words: str, spans: list[tuple[int, int]] | None
) -> None:
    session_of(store, "word Wörter three-four 🙂")
    found = [[tuple(one) for one in hit.spans] for hit in store.search(words)]
    assert found == ([spans] if spans else [])


def test_a_surrogate_or_a_nought_only_parts_words(store: Store) -> None:
    session_of(store, "one two")
    for words in ("one\0two", "o\ud800ne two", "one \ud800 two"):
        assert [hit.text for hit in store.search(words)] == ["one two"]


def test_fifty_hits_are_shown_where_nothing_is_said(store: Store) -> None:
    session_of(store, *(f"word {number}" for number in range(60)))
    assert len(store.search("word")) == 50 == len(store.search("word", order="relevance"))
    assert len(store.search("word", limit=55)) == 55


# --- streams ------------------------------------------------------------------------------


def test_lost_events_are_named_up_to_a_thousand(store: Store) -> None:
    stream = session_of(store, "a")
    with store._database.writing() as db:
        db.execute("UPDATE streams SET length = 2000")
    assert store.events(stream.id, damaged="skip")[1] == tuple(
        Altered(stream.id, place) for place in range(3, 1003)
    )
    with store._database.writing() as db:
        db.execute("UPDATE streams SET length = 2; DELETE FROM events WHERE seq = 1")
    events, lost = store.events(stream.id, damaged="skip")
    assert (events, lost) == ((started(), FINISHED), ())
    with store._database.writing() as db:
        db.execute("UPDATE streams SET length = 1")
    assert store.events(stream.id, damaged="skip")[1] == (Altered(stream.id, 2),)


@pytest.mark.parametrize(
    "change",
    [
        "salt = x'00'",
        "salt = zeroblob(16)",
        "checksum = x''",
        "seq = 9",
        "body = body || ' '",
        "stream = 2",
    ],
)
def test_whatever_is_changed_in_a_row_is_noticed(store: Store, change: str) -> None:
    stream, _ = session_of(store, "a"), session_of(store)
    with store._database.writing() as db:
        db.execute(f"UPDATE events SET {change}, number = 99 WHERE stream = 1 AND seq = 2")
    assert store.events(stream.id, damaged="skip")[1] == (Altered(stream.id, 2),)
    assert store.events_at([(stream.id, 2), (stream.id, 1)]) == {
        (stream.id, 1): answered("q0", "a")
    }


def test_a_new_file_may_be_opened_as_it_is(path: Path) -> None:
    Store.open(path, None, current=True).close()
    with Store.open(path, None, current=True) as store:
        assert store.rows("PRAGMA user_version") == [(migrations.LATEST,)]
        assert store.rows("PRAGMA application_id") == [(1380271692,)]
