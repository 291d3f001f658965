"""What forgetting reports, as a whole, what it looks for in the files, and what it has made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import apsw
import msgspec
import pytest

from reflect.errors import StoreError
from reflect.events import (
    AnswerForgotten,
    Event,
    ItemChanged,
    ItemNoted,
    Kept,
    Parts,
    SessionForgotten,
    ShareChanged,
)
from reflect.transcripts import keys, meta, scrubbing
from reflect.transcripts.database import Database
from reflect.transcripts.keys import Key
from reflect.transcripts.store import Report, Store, Stream

from .conftest import AT, FINISHED, Counting, answered, journey_of, session_of, started

CANARY = "Xylophonquarz kanariengelb verschwindet"
SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))
LATER = "2026-03-09T18:00:00+01:00"


class Seeing(Counting):
    """Notes which streams it is asked to make its rows of, and with how many events."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []

    def project(
        self,
        db: apsw.Connection,
        stream: Stream,
        events: tuple[Event, ...],
        script: Callable[[str], bytes | None],
    ) -> None:
        self.seen.append((stream.id, len(events)))
        super().project(db, stream, events, script)


def reading(store: Store) -> apsw.Connection:
    """Somebody who reads the store, and goes on."""
    reader = apsw.Connection(str(store.path))
    reader.execute("BEGIN; SELECT count(*) FROM events").fetchall()
    return reader


def stray(store: Store, text: str) -> None:
    """`text` where it has no right to be."""
    with store._database.writing() as db:
        db.execute("CREATE TABLE IF NOT EXISTS stray (a)")
        db.execute("INSERT INTO stray VALUES (?)", (text,))


# --- the report ----------------------------------------------------------------------


def test_what_was_erased_and_is_nowhere_else(store: Store) -> None:
    one, two = session_of(store, CANARY, "x"), session_of(store, CANARY * 2)
    store.save_draft(two.id, "q1", CANARY)
    store.backup(store.path.with_name("reflect.db.before-0002"))
    store.backup(store.path.with_name("reflect.db.before-lock"))
    gone = Report(removed=True, pending=False, files=2, elsewhere=(two.id,), dropped=2)
    assert store.forget_answer(one.id, "q0", AT) == gone
    assert store.forget_session(two.id, AT) == Report(removed=True, pending=False, files=2)
    store.checkpoint()
    assert (meta.SCRUB,) not in store.rows("SELECT key FROM meta")


def test_a_draft_holds_words_by_right_too(store: Store) -> None:
    gone, other, third = (session_of(store, text) for text in (CANARY, "x", f"{CANARY}!"))
    store.save_draft(other.id, "q1", f"so {CANARY}")
    report = store.forget_session(gone.id, AT)
    assert report == Report(removed=True, pending=False, files=2, elsewhere=(other.id, third.id))


def test_who_reads_delays_it(store: Store) -> None:
    stream = session_of(store, CANARY)
    reader = reading(store)
    assert store.forget_session(stream.id, AT) == Report(removed=False, pending=True)
    assert (meta.SCRUB, "") in store.rows("SELECT key, value FROM meta")
    reader.close()
    Store.open(store.path, None).close()
    assert (meta.SCRUB, "") not in store.rows("SELECT key, value FROM meta")


@pytest.mark.parametrize("free", [(True, False), (True, True)])
def test_how_long_is_waited_and_what_is_told_of_a_reader_who_comes_late(
    store: Store, monkeypatch: pytest.MonkeyPatch, free: tuple[bool, bool]
) -> None:
    asked: list[int] = []
    real = Database.empty_log

    def empty_log(database: Database, patience_ms: int) -> bool:
        asked.append(patience_ms)
        return real(database, patience_ms) and free[len(asked) - 1]

    def waits_for_nobody(database: Database, patience_ms: int) -> bool:
        asked.append(patience_ms)
        return False

    stream = session_of(store, CANARY)
    stray(store, CANARY)
    store.backup(store.path.with_name("reflect.db.before-0002"))
    monkeypatch.setattr(Database, "empty_log", empty_log)
    report = store.forget_session(stream.id, AT)
    late = Report(removed=False, pending=True, dropped=1)
    done = Report(removed=False, pending=False, files=2, dropped=1)
    assert (report, asked) == (done if free[1] else late, [50, 50])
    # What is asked for at the next opening waits for nobody.
    monkeypatch.setattr(Database, "empty_log", waits_for_nobody)
    Store.open(store.path, None).close()
    assert asked[2:] == [0]


def test_of_a_locked_store_nothing_is_searched(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home" / "reflect.db", Counting(), key=KEY) as store:
        stream = session_of(store, CANARY, "x")
        store.backup(store.path.with_name("reflect.db.before-lock"))
        gone = Report(removed=True, pending=False, dropped=1, encrypted=True)
        assert store.forget_answer(stream.id, "q0", AT) == gone
        assert store.forget_session(stream.id, AT) == msgspec.structs.replace(gone, dropped=0)
        assert store.rows("SELECT key FROM meta WHERE key = ?", (meta.SCRUB,)) == []


# --- what is looked for -----------------------------------------------------------------


def looked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch, forget: Callable[[], object]
) -> set[bytes]:
    """The pieces of text that the files are searched for."""
    found: set[bytes] = set()

    def inside(file: Path, slices: set[bytes]) -> set[bytes]:
        found.update(slices)
        return set()

    monkeypatch.setattr(scrubbing, "_inside", inside)
    forget()
    return found


def test_pieces_of_every_text_are_looked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = session_of(store, "twelve bytes", "eleven byte", 'a "quoted"\nword', finish=False)
    store.save_draft(stream.id, "q3", "a draft here")
    found = looked_for(store, monkeypatch, lambda: store.forget_session(stream.id, AT))
    assert found > {b"twelve bytes", b"a draft here"} and {len(one) for one in found} == {12}
    rest = found - {b"twelve bytes", b"a draft here"}
    forms = (b'a "quoted"\nword', b'a \\"quoted\\"\\nword')
    assert rest and all(any(one in form for form in forms) for one in rest)
    assert any(one not in forms[0] for one in rest) and any(one not in forms[1] for one in rest)


def test_a_long_text_is_looked_for_in_three_places(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"{number:06}" for number in range(2_000))
    stream = session_of(store, text)
    found = looked_for(store, monkeypatch, lambda: store.forget_answer(stream.id, "q0", AT))
    assert 2 <= len(found) <= 3 and {len(one) for one in found} == {12}
    assert all(one.decode() in text for one in found)
    assert max(text.index(one.decode()) for one in found) > 100


def test_a_draft_of_what_is_forgotten_goes_and_another_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = session_of(store, "one", "two", finish=False)
    store.save_draft(stream.id, "q1", "a draft here")
    assert looked_for(store, monkeypatch, lambda: store.forget_answer(stream.id, "q0", AT)) == set()
    assert store.draft(stream.id) == ("q1", "a draft here")
    found = looked_for(store, monkeypatch, lambda: store.forget_answer(stream.id, "q1", AT))
    assert found == {b"a draft here"} and store.draft(stream.id) is None


@pytest.mark.parametrize("where", ["answer", "draft"])
def test_words_that_stay_without_reason_are_no_success(store: Store, where: str) -> None:
    stream = session_of(store, CANARY if where == "answer" else "x", finish=False)
    if where == "draft":
        store.save_draft(stream.id, "q1", CANARY)
    stray(store, CANARY)
    report = store.forget_session(stream.id, AT)
    assert report == Report(removed=False, pending=False, files=2)


def test_a_piece_is_found_wherever_it_lies_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "_BLOCK", 32)
    piece = b"twelve bytes"
    for place in range(90):
        file = tmp_path / "file"
        file.write_bytes(b"." * place + piece + b"." * (90 - place))
        assert scrubbing._inside(file, {piece, b"nowhere here"}) == {piece}
    assert scrubbing._inside(file, set()) == set()


# --- what is left in the record -----------------------------------------------------------


def test_what_was_noted_by_hand_goes_with_its_changes(path: Path) -> None:
    seeing = Seeing()
    with Store.open(path, seeing) as store:
        ended, going = session_of(store, "x"), session_of(store, "y", finish=False)
        journey = journey_of(store)
        other = session_of(store, "z")
        item = "M:01KB"
        store.append(
            journey,
            1,
            [
                ItemNoted(AT, item, "action", CANARY, Parts(due="2026-01-01")),
                ItemChanged(AT, item, "text", CANARY, CANARY),
                ItemNoted(AT, "M:02", "action", "stays"),
                ItemChanged(AT, "M:02", "text", "stays"),
                ShareChanged(AT, ended.id, "q0", "yes", "stays"),
            ],
        )
        before = {one.id: store.events(one.id) for one in (ended, going, other)}
        seeing.seen.clear()
        report = store.forget_noted(item, LATER)
        assert report == Report(removed=True, pending=False, files=2)
        assert store.events("M")[1:] == (
            ItemNoted(AT, item, "action", ""),
            ItemChanged(AT, item, "text", ""),
            ItemNoted(AT, "M:02", "action", "stays"),
            ItemChanged(AT, "M:02", "text", "stays"),
            ShareChanged(AT, ended.id, "q0", "yes", "stays"),
            AnswerForgotten(LATER, "M", "01KB"),
        )
        assert seeing.seen == [("M", 6), ("M", 7)]
        assert {name: store.events(name) for name in before} == before
        assert store.check() == []


def test_only_what_was_changed_and_has_ended_is_made_anew(path: Path) -> None:
    seeing = Seeing()
    with Store.open(path, seeing) as store:
        one = session_of(store, CANARY, "x")
        begun = started()
        named = msgspec.structs.replace(begun, mentee=one.id)
        mentions, going = (Stream("session", store.new_id(), "M") for _ in range(2))
        store.append(mentions, 0, [named, FINISHED])
        store.append(going, 0, [named])
        journey = journey_of(store)
        store.append(journey, 1, [ShareChanged(AT, one.id, "q0", "yes", CANARY)])
        seeing.seen.clear()
        store.forget_answer(one.id, "q0", LATER)
        assert seeing.seen == [("M", 2), (one.id, 4), ("M", 3)]
        assert store.rows("SELECT answers FROM m_counts WHERE stream = ?", (one.id,)) == [("|x",)]
        seeing.seen.clear()
        store.forget_session(one.id, LATER)
        assert seeing.seen == [(one.id, 0), ("M", 4)]
        assert store.events("M")[1:] == (
            ShareChanged(AT, one.id, "q0", "yes"),
            AnswerForgotten(LATER, one.id, "q0"),
            SessionForgotten(LATER, one.id),
        )
        tables = ("events", "streams", "sessions", "drafts", "leases")
        for table in tables:
            names = store.rows(f"SELECT * FROM {table}")
            assert not any(one.id in row for row in names), table


def test_with_a_session_its_draft_and_its_lease_go(store: Store) -> None:
    one, other = session_of(store, "x", finish=False), session_of(store, "y", finish=False)
    for stream in (one, other):
        store.save_draft(stream.id, "q1", "half")
        store.take_lease(stream.id)
    store.forget_session(one.id, AT)
    assert store.rows("SELECT stream FROM leases") == [(other.id,)]
    assert store.rows("SELECT stream FROM drafts") == [(other.id,)]
    assert store.events("M") == (SessionForgotten(AT, one.id),)


def test_an_answer_that_was_kept_twice_is_forgotten_in_both_places(store: Store) -> None:
    stream = Stream("session", store.new_id(), "M")
    said = [started(), answered("q0", CANARY), Kept(key="q0"), answered("q0", f"{CANARY} again")]
    store.append(stream, 0, said)
    store.forget_answer(stream.id, "q0", AT)
    blank = answered("q0", "")
    assert store.events(stream.id) == (started(), blank, Kept(key="q0"), blank)
    assert store.search("kanariengelb") == []


def test_a_store_open_to_be_read_forgets_nothing(store: Store) -> None:
    stream = session_of(store, CANARY)
    with Store.open(store.path, Counting(), read_only=True) as other:
        forgets: Iterable[Callable[[], object]] = (
            lambda: other.forget_session(stream.id, AT),
            lambda: other.forget_answer(stream.id, "q0", AT),
        )
        for forget in forgets:
            with pytest.raises(StoreError) as caught:
                forget()
            assert caught.value.code == "store-read-only"
    assert len(store.events(stream.id)) == 3
