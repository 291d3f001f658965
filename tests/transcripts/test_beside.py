"""What a store keeps beside the record: marks, secrets, names, leases, a digest of its tables."""

from __future__ import annotations

import os
import time
from pathlib import Path

import apsw
import pytest

from reflect.events import MentorshipBegan
from reflect.transcripts import keys, leases, ulid
from reflect.transcripts.keys import Key, Lock
from reflect.transcripts.store import LeaseTaken, Store, Stream
from reflect.transcripts.values import REVIEW

from .conftest import (
    AT,
    DIGEST,
    FINISHED,
    SCRIPT,
    Counting,
    answered,
    journey_of,
    session_of,
    started,
)

ONE = Stream("session", "01KB0000000000000000000000", "M")


def test_a_mark_is_what_was_put_last(store: Store) -> None:
    assert store.mark("seen") == ""
    store.put_mark("seen", "once")
    store.put_mark("other", "x")
    store.put_mark("seen", "twice")
    assert (store.mark("seen"), store.mark("other"), store.mark("see")) == ("twice", "x", "")


def test_a_secret_is_no_mark_and_can_be_taken_away(store: Store) -> None:
    assert store.secret("key") == "" and store.secrets("") == {}
    for name, value in (("key", "one"), ("key:b", "two"), ("address", "three"), ("key", "four")):
        store.keep_secret(name, value)
    assert store.secret("key") == "four" and store.secret("ke") == ""
    assert store.secrets("key") == {"key": "four", "key:b": "two"}
    assert store.mark("secret:key") == "" == store.mark("key")
    store.keep_secret("key:b", "")
    assert store.secrets("") == {"key": "four", "address": "three"}
    store.put_mark("address", "another")
    assert store.secret("address") == "three"


def test_a_merge_brings_secrets_that_have_no_name_here_and_no_mark(
    store: Store, tmp_path: Path
) -> None:
    store.keep_secret("both", "ours")
    store.keep_secret("gone", "ours")
    store.keep_secret("gone", "")
    with Store.open(tmp_path / "there" / "reflect.db", Counting()) as other:
        for name in ("both", "gone", "new"):
            other.keep_secret(name, "theirs")
        other.put_mark("seen", "once")
        journey_of(other)
        store.merge(other.path, only="N")
        assert store.secrets("") == {"both": "ours"}
        store.merge(other.path)
    assert store.secrets("") == {"both": "ours", "new": "theirs"}
    assert store.mark("seen") == ""


def test_reviews_and_mentorships_are_told_apart(store: Store) -> None:
    for name in ("N", "M"):
        journey_of(store, name)
        session_of(store, "x", mentorship=name)
        began = MentorshipBegan(AT, "Noor", "Daniel")
        store.append(Stream("review", REVIEW + name, REVIEW + name), 0, [began])
    assert store.mentorships() == ["M", "N"]
    assert store.reviews() == ["review:M", "review:N"]
    assert store.new_id() < REVIEW


def test_an_id_right_after_another_sorts_before_the_next_millisecond(store: Store) -> None:
    first = ulid.fresh(1_000)
    after = [store.id_after(first) for _ in range(20)]
    assert all(first < one < ulid.fresh(1_002) for one in after) and len(set(after)) == 20
    assert {len(one) for one in after} == {26}
    numbers = [ulid.decode(one) or 0 for one in after]
    begun = ulid.decode(first) or 0
    assert {number - begun < 1 << 65 for number in numbers} == {True}
    assert max(numbers) - begun > 1 << 56
    zero = ulid.encode(0)
    assert 0 < (ulid.decode(store.id_after(zero)) or 0) <= 1 << 64


def test_an_id_that_is_none_counts_as_the_smallest(store: Store) -> None:
    assert 0 < (ulid.decode(store.id_after("M")) or 0) <= 1 << 64


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0" * 26, 0),
        ("0" * 25 + "Z", 31),
        ("7" + "Z" * 25, 2**128 - 1),
        ("8" + "0" * 25, None),
        ("0" * 25, None),
        ("0" * 27, None),
        ("0" * 25 + "I", None),
        ("", None),
    ],
)
def test_what_a_ulid_stands_for(text: str, number: int | None) -> None:
    assert ulid.decode(text) == number
    assert number is None or ulid.encode(number) == text


def test_the_next_id_is_one_more_where_the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reflect.transcripts.ulid.time.time_ns", lambda: 5_000_000)
    last = ulid.fresh(9)
    assert ulid.following(last) == ulid.encode((ulid.decode(last) or 0) + 1)
    for earlier in ("", "no id", ulid.fresh(4)):
        number = ulid.decode(ulid.following(earlier))
        assert number is not None and number >> 80 == 5


# --- leases ------------------------------------------------------------------------


def test_a_lease_tells_who_writes_and_since_when(store: Store) -> None:
    before = time.time()
    lease = store.take_lease(ONE.id)
    ((stream, token, pid, boot, host, beat),) = store.rows("SELECT * FROM leases")
    assert (stream, token) == (lease.stream, lease.token) == (ONE.id, token)
    assert len(bytes.fromhex(token)) == 16
    assert (pid, boot, host) == (os.getpid(), leases._boot(), os.uname().nodename)
    assert before <= beat <= time.time()
    if leases._BOOT.exists():
        assert boot == leases._BOOT.read_text().strip() != ""


def test_a_lease_holds_until_another_has_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = store.take_lease(ONE.id), store.take_lease("another")
    ((before,),) = store.rows("SELECT heartbeat FROM leases WHERE stream = ?", (ONE.id,))
    assert store.holds(mine) and store.holds(other)
    assert store.rows("SELECT heartbeat FROM leases WHERE stream = ?", (ONE.id,)) == [(before,)]
    monkeypatch.setattr("reflect.transcripts.leases.time.time", lambda: before + 7)
    store.renew(mine)
    beats = dict(store.rows("SELECT stream, heartbeat FROM leases"))
    assert beats[ONE.id] == before + 7 != beats["another"]
    theirs = store.take_lease(ONE.id, over=True)
    assert not store.holds(mine) and store.holds(theirs) and store.holds(other)
    store.release(mine)
    assert store.holds(theirs)
    store.release(theirs)
    assert not store.holds(theirs) and store.holds(other)


@pytest.mark.parametrize(("later", "held"), [(30.0, True), (30.5, False), (-30.0, True)])
def test_a_lease_lapses_after_half_a_minute(
    store: Store, monkeypatch: pytest.MonkeyPatch, later: float, held: bool
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("reflect.transcripts.leases.time.time", lambda: clock[0])
    store.take_lease(ONE.id)
    clock[0] += later
    assert taken(store) is not held


def taken(store: Store) -> bool:
    try:
        store.take_lease(ONE.id)
    except LeaseTaken:
        return False
    return True


def test_a_process_of_somebody_else_counts_as_alive(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def refuses(pid: int, signal: int) -> None:
        asked.append((pid, signal))
        raise PermissionError

    store.take_lease(ONE.id)
    monkeypatch.setattr(os, "kill", refuses)
    assert not taken(store) and asked == [(os.getpid(), 0)]


def test_where_nobody_tells_of_processes_a_heartbeat_has_to_do(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(leases, "_BOOT", tmp_path / "nothing")
    monkeypatch.setenv("COMPUTERNAME", "WARD-4")
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(os, "kill", None)
        store.take_lease(ONE.id)
        row = store.rows("SELECT boot, host FROM leases")
        held = not taken(store)
        windows.delenv("COMPUTERNAME")
        store.take_lease(ONE.id, over=True)
        nameless = store.rows("SELECT boot, host FROM leases")
    assert row == [("", "WARD-4")] and held and nameless == [("", "")]


# --- the projector's tables ----------------------------------------------------------


class Two(Counting):
    """Two tables, the second of them empty."""

    version = "two"
    tables = Counting.tables + "; CREATE TABLE m_none (a)"
    names: tuple[str, ...] = ("m_counts", "m_none")  # type: ignore[assignment]


def test_the_digest_of_the_tables_is_the_same_for_the_same_rows(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", Two()) as store:
        empty = store.projected()
        store.put_script(DIGEST, SCRIPT)
        store.append(ONE, 0, [started(), answered("q0", "x"), FINISHED])
        one = store.projected()
        store.rebuild()
        assert store.projected() == one
        with store._database.writing() as db:
            db.execute("UPDATE m_counts SET answers = 'y'")
        altered = store.projected()
        store.project_anew()
        assert store.projected() == one
    assert len({empty, one, altered}) == 3
    assert one == "d2a2e5db6767e07ed3f413bb93d2aee8f405b9d9"
    assert empty == "aff29e4dcecf2dc479eb0f8352212190acb0edb0"
    with Store.open(tmp_path / "a.db", None) as bare:
        bare.project_anew()
        assert bare.projected() == ""


def test_more_rows_than_are_taken_together_are_all_in_the_digest(store: Store) -> None:
    with store._database.writing() as db:
        for number in range(1_001):
            db.execute("INSERT INTO m_counts VALUES (?, '', '', 0)", (f"{number:04}",))
    before = store.projected()
    with store._database.writing() as db:
        db.execute("UPDATE m_counts SET script = 1 WHERE stream = '1000'")
    assert store.projected() != before


def test_a_journey_of_which_nothing_is_sound_is_folded_from_nothing(store: Store) -> None:
    journey_of(store)
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = '{}'")
    store.rebuild()
    assert store.rows("SELECT * FROM m_counts") == []


def test_looking_the_tables_over_leaves_the_connection_as_it_was(store: Store) -> None:
    session_of(store, "x")
    names = ("query_only", "cache_size")
    with store._database.reading() as db:
        before = [db.pragma(name) for name in names]
        store.check()
        store.rebuild()
        assert [db.pragma(name) for name in names] == before
        temporary = db.execute("SELECT name FROM sqlite_temp_schema").fetchall()
    assert temporary == []
    with Store.open(store.path, Counting(), read_only=True) as reading:
        assert reading.check() == []
        with reading._database.reading() as db, pytest.raises(apsw.ReadOnlyError):
            db.execute("DELETE FROM streams")


# --- keys ---------------------------------------------------------------------------


def test_the_first_bytes_of_a_locked_file_are_told_byte_by_byte() -> None:
    secret = bytes(range(32))
    header = keys.header_of(secret, b"0123456789")
    assert header.hex() == "0130313233343536373839aa95de533a"
    assert repr(Key(secret, header)) == "<Key>" and Key(secret, header).__rich_repr__() == []
    lock = Lock(Path("a.db"), header)
    assert lock.opened_by(secret) == Key(secret, header) and lock.opened_by(b"x" * 32) is None


def test_a_passphrase_always_makes_the_same_key(tmp_path: Path) -> None:
    """What was locked once must open for ever: the figures of scrypt may not change."""
    lock = Lock(tmp_path, bytes.fromhex("013031323334353637383965358f075c"))
    secret = bytes.fromhex("fd63b6b29e3a77fe2c161e4570fb775cb41feb2c3b6c1b70037648f8d279ceb3")
    assert lock.opened_with("Größe und Maß") == Key(secret, lock.header)
