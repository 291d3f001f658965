"""A record locked, unlocked and copied: what is left over, and what is not taken for a copy."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import apsw
import pytest

from reflect.errors import Misuse, StoreError
from reflect.events import Answered, Span
from reflect.transcripts import codec, keys, locking, snapshot
from reflect.transcripts.connection import connect
from reflect.transcripts.keys import Key
from reflect.transcripts.recovery import code_of, secret_in
from reflect.transcripts.store import Store

from .conftest import (
    AT,
    DIGEST,
    SCRIPT,
    Counting,
    journey_of,
    session_of,
)

SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))


def test_a_store_is_locked_and_unlocked_with_nothing_left_over(path: Path) -> None:
    with Store.open(path, Counting()) as store:
        store.put_script(DIGEST, SCRIPT)
        journey_of(store)
        stream = session_of(store, "a word")
        before = locking.fingerprint(store._database._db)
    path.chmod(0o640)
    part = path.with_name(".reflect.db.locking-0123.part")
    part.write_bytes(b"half")
    locking.convert(path, None, KEY)
    assert sorted(one.name for one in path.parent.iterdir()) == [
        "reflect.db",
        "reflect.db.before-lock",
    ]
    assert locking.kept(path) == path.with_name("reflect.db.before-lock")
    assert keys.look(path) == keys.Lock(path, KEY.header) and keys.is_locked(path)
    assert not keys.is_locked(path.with_name("reflect.db.before-lock"))
    locked = connect(path, read_only=True, key=KEY)
    assert locking.fingerprint(locked) == before
    locked.close()
    assert locking.confirm(path, locked=False) == 1 and locking.kept(path) is None
    assert locking.confirm(path, locked=False) == 0 == locking.confirm(path, locked=True)
    locking.convert(path, KEY, None)
    with Store.open(path, Counting()) as store:
        assert len(store.events(stream.id)) == 3 and store.key is None
    other = path.with_name("reflect.db.before-0002")
    other.write_bytes(b"older")
    assert locking.confirm(path, locked=False) == 1 and other.exists()
    assert locking.confirm(path, locked=True) == 1 and not other.exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meta SET value = 'x'",
        "DELETE FROM streams",
        "CREATE TABLE more (a)",
        "CREATE INDEX more ON events (key)",
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 7",
        "UPDATE events SET key = NULL",
        "UPDATE answers_config SET v = 7 WHERE k = 'automerge'; INSERT INTO answers_config VALUES ('x', 1)",
    ],
)
def test_the_fingerprint_of_a_record_tells_every_change(path: Path, change: str) -> None:
    with Store.open(path, Counting()) as store:
        session_of(store, "a word")
    db = apsw.Connection(str(path))
    before = locking.fingerprint(db)
    assert locking.fingerprint(db) == before and len(before) == 64
    db.pragma("foreign_keys", False)
    db.execute(change)
    assert locking.fingerprint(db) != before
    db.close()


def test_what_is_erased_is_written_over_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = path.with_name("reflect.db.before-0002")
    path.parent.mkdir()
    path.touch()
    file.write_bytes(b"said " * 1000)
    left: list[bytes] = []
    monkeypatch.setattr(locking, "_BLOCK", 1024)
    monkeypatch.setattr(Path, "unlink", lambda self, **_: left.append(self.read_bytes()))
    assert locking.confirm(path, locked=True) == 1
    ((found),) = left
    assert len(found) == 5000 and b"said" not in found and b"\0" * 16 not in found


def test_a_copy_that_is_not_sound_takes_nobodys_place(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_of(store, "a word")
    copy = store.path.with_name("copy.db")
    copy.write_bytes(b"older")
    asked: list[bool] = []

    def sound(db: apsw.Connection) -> bool:
        asked.append(db.readonly("main"))
        return False

    monkeypatch.setattr(snapshot, "is_sound", sound)
    with pytest.raises(StoreError) as caught:
        store.backup(copy)
    assert (caught.value.code, str(store.path) in caught.value.message) == ("store-damaged", True)
    assert copy.read_bytes() == b"older" and asked == [True]
    assert [one.name for one in store.path.parent.glob(".*")] == []


@pytest.mark.parametrize(
    ("error", "told"),
    [(apsw.CorruptError("malformed"), "store-damaged"), (apsw.MisuseError("a bug"), "")],
)
def test_what_stops_a_copy_is_told_as_one_of_ours_or_as_what_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: apsw.Error, told: str
) -> None:
    def stops(*_: object) -> None:
        raise error

    monkeypatch.setattr(snapshot, "_copy", stops)
    with pytest.raises((StoreError, apsw.Error)) as caught:
        store.backup(store.path.with_name("copy.db"))
    assert getattr(caught.value, "code", caught.value) == (told or error)
    assert [one.name for one in store.path.parent.glob("*copy*")] == []


def test_a_copy_is_one_file_that_needs_no_log(store: Store, tmp_path: Path) -> None:
    session_of(store, "a word")
    store.backup(tmp_path / "copy.db")
    data = (tmp_path / "copy.db").read_bytes()
    assert data[18:20] == b"\x01\x01" and len(data) % 4096 == 0
    memory = snapshot.memory_copy(store._database._db)
    assert locking.fingerprint(memory) == locking.fingerprint(store._database._db)
    memory.execute("DELETE FROM events")
    assert len(store.search("word")) == 1


def test_where_pages_or_references_do_not_fit_a_file_is_not_sound(store: Store) -> None:
    session_of(store, "a word")
    for change in ("UPDATE events SET stream = 9 WHERE seq = 1", "PRAGMA writable_schema = 1"):
        copy = snapshot.memory_copy(store._database._db)
        assert snapshot.is_sound(copy)
        copy.execute(change)
        if "schema" in change:
            copy.execute("DELETE FROM sqlite_schema WHERE name = 'journeys'")
            copy = snapshot.memory_copy(copy)
        assert not snapshot.is_sound(copy)


Change = Callable[[str], str]
ON_PAPER = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFT-N5EY"


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("1", "L"),
        lambda code: f" - {code} .\n",
    ],
)
def test_the_code_on_paper_is_read_however_it_is_written(change: Change) -> None:
    code = "-".join(code_of(SECRET))
    assert secret_in(change(code)) == SECRET and code == ON_PAPER
    assert secret_in(code[:-1]) is None and secret_in(code + "0") is None


# --- keys and places ----------------------------------------------------------------


def test_whose_key_a_file_is_opened_with(path: Path) -> None:
    asked: list[keys.Lock] = []

    def opener(lock: keys.Lock) -> Key:
        asked.append(lock)
        return KEY

    other = Key(SECRET[::-1], keys.header_of(SECRET[::-1], b"9876543210"))
    assert keys.key_of(path, None, None) is None and keys.key_of(path, KEY, opener) == KEY
    path.parent.mkdir()
    path.touch()
    assert keys.key_of(path, KEY, opener) == KEY and keys.key_of(path, None, opener) is None
    plain = path.with_name("plain.db")
    Store.open(plain, None).close()
    assert keys.key_of(plain, KEY, opener) is None
    Store.open(path, None, key=KEY).close()
    assert keys.key_of(path, KEY, None) == KEY and asked == []
    assert keys.key_of(path, other, opener) == keys.key_of(path, None, opener) == KEY
    assert asked == [keys.Lock(path, KEY.header)] * 2
    with pytest.raises(StoreError) as caught:
        keys.key_of(path, other, None)
    assert caught.value.code == "store-is-locked"


def test_a_file_whose_log_may_hold_its_end_is_not_called_cut(path: Path) -> None:
    Store.open(path, None, key=KEY).close()
    data = path.read_bytes()
    log = path.with_name("reflect.db-wal")
    for size in (len(data) - 1, 4097, 24, 17):
        path.write_bytes(data[:size])
        with pytest.raises(StoreError) as caught:
            keys.look(path)
        assert caught.value.code == "store-truncated" and keys.is_locked(path)
        log.write_bytes(b"x")
        assert keys.look(path) == keys.Lock(path, KEY.header)
        log.unlink()
    path.write_bytes(data[:16])
    assert keys.is_locked(path)
    path.write_bytes(data[:15])
    assert keys.look(path) is None


def test_which_first_bytes_are_those_of_a_lock(path: Path) -> None:
    path.parent.mkdir()
    page = bytes((0x10, 0x00, 2, 2, 0x20, 0x40, 0x20, 0x20)) + bytes(4072)
    for first in range(256):
        path.write_bytes(keys.header_of(SECRET, b"0123456789", version=first) + page)
        try:
            code = "" if keys.look(path) else "plain"
        except StoreError as error:
            code = error.code
        newer = "store-too-new" if 1 < first < 32 else "store-damaged"
        assert code == ("" if first == 1 else newer), first


def test_who_only_reads_sweeps_nothing_away(path: Path) -> None:
    Store.open(path, None, key=KEY).close()
    part = path.with_name(".reflect.db.locking-0123.part")
    part.write_bytes(b"half")
    Store.open(path, None, read_only=True, key=KEY).close()
    assert part.exists()
    Store.open(path, None, key=KEY).close()
    assert not part.exists()


def test_a_copy_sweeps_away_what_was_left_behind_and_not_what_is_being_made(
    store: Store, tmp_path: Path
) -> None:
    old, new = (tmp_path / f".copy.db.{digits}.part" for digits in ("0" * 12, "1" * 12))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    store.backup(tmp_path / "copy.db")
    assert not old.exists() and new.exists() and (tmp_path / "copy.db").exists()


def test_a_store_is_not_copied_onto_itself_by_another_name_for_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    monkeypatch.chdir(path.parent)
    with Store.open(Path("reflect.db"), None) as store, pytest.raises(Misuse):
        store.backup(path)


# --- what stands in a row -------------------------------------------------------------


def test_events_and_their_checksums_stay_what_they_are_for_ever() -> None:
    """Every record that was ever written has to be read, and to fit."""
    event = Answered("q0", AT, text="é", value="2026-03-05", heard={1: (Span(0, 1),)})
    body = (
        b'{"type":"answered","key":"q0","at":"2026-03-02T18:00:00+01:00","text":"\xc3\xa9",'
        b'"value":"2026-03-05","heard":{"1":[[0,1]]}}'
    )
    assert codec.encode(event) == body and codec.decode(body, "S", 3) == event
    assert codec.decode(body, "S", 3, one_of_many=True) == event
    salt = bytes(range(20))
    place = blake2b(b"S\n3\n" + body, digest_size=16, salt=salt[:16])
    assert codec.checksum(salt, "S", 3, body) == place.digest()
    assert codec.digest(body) == blake2b(body, digest_size=20).hexdigest()
    assert codec.digest_of((body[:9], body[9:])) == codec.digest(body)
    salts = {codec.new_salt() for _ in range(20)}
    assert len(salts) == 20 and {len(one) for one in salts} == {16}


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"type":"dreamt"}', b'{"type":"answered"}']
)
def test_what_is_no_event_is_told_with_its_place(body: bytes) -> None:
    for many in (False, True):
        with pytest.raises(StoreError) as caught:
            codec.decode(body, "S", 3, one_of_many=many)
        assert (caught.value.code, caught.value.hint) == ("answer-unreadable", "Update reflect.")
        assert caught.value.message.startswith("Event 3 of S is whole, but")
