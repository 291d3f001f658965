"""Forgetting: what is left of the words in the files, and of the answer in the record."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from reflect.errors import ReflectError
from reflect.events import (
    Answered,
    AnswerForgotten,
    Event,
    ItemChanged,
    LastAnswer,
    Parts,
    Promise,
    Ref,
    Reopened,
    SessionForgotten,
    SessionStarted,
    ShareChanged,
    Span,
)
from reflect.transcripts import meta, scrubbing
from reflect.transcripts.store import Store, Stream

from .conftest import AT, FINISHED, Counting, answered, journey_of, session_of, started

CANARY = "Xylophonquarz kanariengelb verschwindet"
OTHERS = ["something else was said here " * 4, "stays"]


def left_over(store: Store, text: str = CANARY) -> list[str]:
    """Words of `text`, or their endings, that are in any file of the store's folder."""
    raw = b"".join(file.read_bytes() for file in store.path.parent.iterdir()).lower()
    words = text.lower().split()
    return [word for word in words if word[-8:].encode() in raw or word[:8].encode() in raw]


def test_the_look_for_words_finds_them(store: Store) -> None:
    session_of(store, CANARY)
    assert len(left_over(store)) == 3


@pytest.mark.parametrize("checkpointed", [False, True])
def test_nothing_of_a_forgotten_session_is_left(store: Store, checkpointed: bool) -> None:
    kept = [session_of(store, *OTHERS) for _ in range(30)]
    stream = session_of(store, CANARY, "x", CANARY * 300, finish=False)
    store.append(stream, 4, [Reopened(key="q1"), answered("q1", CANARY.upper()), FINISHED])
    store.save_draft(stream.id, "q9", CANARY)
    kept += [session_of(store, *OTHERS) for _ in range(30)]
    journey_of(store)
    if checkpointed:
        store.checkpoint()
    report = store.forget_session(stream.id, AT)
    assert report.removed and not report.pending and report.files == 2 and not report.elsewhere
    assert left_over(store) == []
    assert store.events(stream.id) == () and store.draft(stream.id) is None
    assert stream.id not in [row.id for row in store.sessions()]
    assert store.search("kanariengelb") == []
    assert store.events("M")[-1] == SessionForgotten(at=AT, session=stream.id)
    assert len(store.sessions()) == len(kept) and store.check() == []
    assert store.rows("SELECT 1 FROM m_counts WHERE stream = ?", (stream.id,)) == []


def test_an_answer_is_blanked_in_its_place_with_all_that_was_said_about_it(store: Store) -> None:
    stream = Stream("session", store.new_id(), "M")
    full = Answered(
        key="q0",
        at=AT,
        text=CANARY,
        value="2026-03-05",
        heard={1: (Span(0, 3),)},
        parts=Parts(quote=Span(0, 4)),
        fills={"quote": Ref("", 9)},
    )
    probe, other = answered("q0/?why", CANARY), answered("q01", "stays")
    store.append(stream, 0, [started(), full, probe, other, Reopened(key="q0"), full, FINISHED])
    report = store.forget_answer(stream.id, "q0", AT)
    assert report.removed and left_over(store) == []
    blanked = Answered(key="q0", at=AT, fills={"quote": Ref("", 9)})
    events = store.events(stream.id)
    assert events[1] == events[5] == blanked
    assert events[2] == answered("q0/?why", "") and events[3] == other
    assert store.events("M") == (AnswerForgotten(at=AT, session=stream.id, key="q0"),)
    assert store.rows("SELECT answers FROM m_counts WHERE stream = ?", (stream.id,)) == [
        ("||stays|",)
    ]
    assert store.check() == []


def test_the_mentees_own_shorter_version_goes_with_the_answer(store: Store) -> None:
    stream = Stream("session", store.new_id(), "M")
    words = answered("core.share@q0/words", "the short canary version")
    store.append(stream, 0, [started(), answered("q0", "the long canary text"), words, FINISHED])
    assert store.forget_answer(stream.id, "q0", AT).removed
    assert store.search("canary") == []


def test_later_sessions_and_the_journey_forget_too(store: Store) -> None:
    first = session_of(store, CANARY, "fine")
    later = Stream("session", store.new_id(), "M")
    gone, stays = Ref(first.id, 1), Ref(first.id, 2)
    begun = SessionStarted(
        mentorship="M",
        digest="d",
        pack="p",
        stage="s",
        language="en",
        length="short",
        at=AT,
        promises=(Promise("i", gone, due="2026-01-01"), Promise("j", stays, due="2026-01-02")),
        last={
            "q0": LastAnswer(gone, value="time", heard={1: None}),
            "q1": LastAnswer(stays, value="money"),
        },
    )
    store.append(later, 0, [begun])
    journey: list[Event] = [
        ShareChanged(at=AT, session=first.id, key="q0", share="yes", words=CANARY),
        ItemChanged(at=AT, item=f"{first.id}:q0", field="text", value=CANARY),
        ItemChanged(at=AT, item=f"{first.id}:q1", field="text", value="kept"),
    ]
    store.append(Stream("journey", "M", "M"), 0, journey)
    assert store.forget_answer(first.id, "q0", AT).removed and left_over(store) == []
    (event,) = store.events(later.id)
    assert isinstance(event, SessionStarted)
    assert [promise.due for promise in event.promises] == [None, "2026-01-02"]
    assert event.last == {"q0": LastAnswer(gone), "q1": LastAnswer(stays, value="money")}
    assert store.events("M")[2] == journey[2] and store.check() == []


def test_the_index_lets_go_of_words_at_once(store: Store) -> None:
    assert store.rows("SELECT v FROM answers_config WHERE k = 'secure-delete'") == [(1,)]


def test_what_is_not_there_cannot_be_forgotten(store: Store) -> None:
    stream = session_of(store, "a")
    journey_of(store)
    for session, code in (("nobody", "no-such-session"), ("M", "no-such-session")):
        with pytest.raises(ReflectError) as caught:
            store.forget_session(session, AT)
        assert caught.value.code == code
    with pytest.raises(ReflectError) as answer:
        store.forget_answer(stream.id, "q", AT)
    assert answer.value.code == "no-such-answer"


def test_a_reader_delays_it_and_the_next_opening_finishes(store: Store, path: Path) -> None:
    stream = session_of(store, CANARY)
    store.checkpoint()
    reader = apsw.Connection(str(path))
    reader.execute("BEGIN; SELECT count(*) FROM events").fetchall()
    report = store.forget_session(stream.id, AT)
    assert report.pending and not report.removed and left_over(store)
    Store.open(path, None).close()
    assert left_over(store)
    reader.close()
    Store.open(path, None).close()
    assert left_over(store) == []
    assert meta.SCRUB not in dict(store.rows("SELECT key, value FROM meta"))


def test_the_same_words_elsewhere_are_named_not_taken_for_a_failure(store: Store) -> None:
    one, two = session_of(store, CANARY), session_of(store, CANARY)
    report = store.forget_session(one.id, AT)
    assert report.removed and report.elsewhere == (two.id,)
    assert store.forget_session(two.id, AT).elsewhere == () and left_over(store) == []


def test_phrases_of_a_pack_are_not_taken_for_a_failure_and_stray_bytes_are(store: Store) -> None:
    store.put_script("digest", b"... " + CANARY.encode() + b" ...")
    session_of(store, "KANARIENGELBLICHER ist es", "stays")
    stream = session_of(store, CANARY, "kanariengelblicher", finish=False)
    store.append(stream, 3, [Reopened(key="q0"), answered("q0", f"{CANARY} again"[-30:])])
    store.append(stream, 5, [Reopened(key="q0"), answered("q0", CANARY)])
    assert store.forget_answer(stream.id, "q0", AT).removed
    assert store.forget_answer(stream.id, "q1", AT).removed
    stray = session_of(store, "Unvergesslicherweise hier gestrandet")
    with store._database.writing() as db:
        db.execute("CREATE TABLE stray (a)")
        db.execute("INSERT INTO stray VALUES ('Unvergesslicherweise hier gestrandet')")
    assert not store.forget_session(stray.id, AT).removed


def test_pages_that_still_hold_a_text_are_written_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = session_of(store, CANARY)
    with store._database.writing() as db:
        db.pragma("secure_delete", 0)
        db.execute("CREATE TABLE stray (a)")
        db.execute("INSERT INTO stray VALUES (?)", (CANARY,))
    with store._database.writing() as db:
        db.execute("DROP TABLE stray")
    store.checkpoint()
    assert store.forget_session(stream.id, AT).removed and left_over(store) == []
    monkeypatch.setattr(scrubbing, "_inside", lambda file, slices: slices)
    again = session_of(store, CANARY)
    assert not store.forget_session(again.id, AT).removed


def test_copies_from_before_a_migration_go_too(store: Store, path: Path) -> None:
    stream = session_of(store, CANARY)
    store.backup(path.with_name("reflect.db.before-0002"))
    assert store.forget_session(stream.id, AT).dropped == 1
    assert left_over(store) == []


def test_a_damaged_session_can_be_forgotten(store: Store) -> None:
    stream = session_of(store, CANARY, "other words")
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = replace(body, 'quarz', 'kwarz') WHERE seq = 1")
    store.forget_session(stream.id, AT)
    assert left_over(store) == [] and store.check() == []


def test_a_projector_with_its_own_copy_of_a_text_lets_go_of_it(path: Path) -> None:
    with Store.open(path, Counting()) as store:
        stream = session_of(store, CANARY)
        assert CANARY in store.rows("SELECT answers FROM m_counts")[0][0]
        store.forget_answer(stream.id, "q0", AT)
        assert left_over(store) == []
