"""Locked stores: nothing readable on the disk, everything still there, and what is wrong told apart."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import StoreError
from reflect.transcripts import database, faults, keys, locking, migrations
from reflect.transcripts.connection import beside, connect
from reflect.transcripts.keys import Key, Lock
from reflect.transcripts.recovery import code_of, secret_in
from reflect.transcripts.store import Store
from tests.transcripts.conftest import AT, DIGEST, SCRIPT, Counting, journey_of, session_of

WORD = "windowsill"
SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))
OTHER = Key(SECRET[::-1], keys.header_of(SECRET[::-1], b"9876543210"))


def opener(lock: Lock) -> Key:
    """Knows the one key."""
    key = lock.opened_by(SECRET)
    if key is None:
        raise faults.wrong_passphrase(lock.path)
    return key


def fill(path: Path, sessions: int = 6) -> None:
    with Store.open(path, Counting()) as store:
        store.put_script(DIGEST, SCRIPT)
        journey_of(store)
        for number in range(sessions):
            session_of(store, f"the {WORD} of day {number}", "and more " * 50)
        session_of(store, "under way", finish=False)


@pytest.fixture
def plain(path: Path) -> Path:
    fill(path)
    return path


@pytest.fixture
def locked(plain: Path) -> Path:
    locking.convert(plain, None, KEY)
    locking.confirm(plain, locked=True)
    return plain


def rows(path: Path, key: Key | None) -> bytes:
    db = connect(path, read_only=True, key=key)
    try:
        return locking.fingerprint(db)
    finally:
        db.close()


def holding(folder: Path) -> set[str]:
    """The files in which the word stands."""
    return {file.name for file in folder.iterdir() if WORD.encode() in file.read_bytes()}


def code(path: Path) -> str:
    """What opening it and reading all of it says."""
    try:
        with Store.open(path, Counting(), opener=opener) as store:
            found = store.check()
            return found[0].code if found else "fine"
    except StoreError as error:
        assert WORD not in str(error)
        return error.code


# --- there and back ----------------------------------------------------------------


def test_everything_is_there_and_nothing_can_be_read(plain: Path) -> None:
    before = rows(plain, None)
    assert holding(plain.parent) == {"reflect.db"}
    locking.convert(plain, None, KEY)
    assert rows(plain, KEY) == before
    assert holding(plain.parent) == {"reflect.db.before-lock"}
    assert locking.confirm(plain, locked=True) == 1
    assert sorted(file.name for file in plain.parent.iterdir()) == ["reflect.db"]
    locking.convert(plain, KEY, None)
    assert rows(plain, None) == before
    locking.confirm(plain, locked=False)
    assert sorted(file.name for file in plain.parent.iterdir()) == ["reflect.db"]


def test_what_is_written_then_cannot_be_read_either(locked: Path) -> None:
    with Store.open(locked, Counting(), opener=opener) as store:
        session_of(store, f"another {WORD} altogether", finish=False)
        stream = store.sessions()[0].id
        store.save_draft(stream, "q9", f"half a {WORD}")
        assert len(store.search(WORD)) == 7
        assert beside(locked, "-wal").stat().st_size > 0
        assert holding(locked.parent) == set()
        store.rebuild()
        assert store.check() == []
    assert holding(locked.parent) == set()


def test_a_second_key_takes_the_place_of_the_first(locked: Path) -> None:
    locking.convert(locked, KEY, OTHER)
    assert code(locked) == "wrong-passphrase"
    assert rows(locked, OTHER)
    assert keys.look(locked) == Lock(locked, OTHER.header)


def test_older_copies_go_when_it_is_confirmed(plain: Path) -> None:
    copy = plain.with_name("reflect.db.before-0002")
    copy.write_bytes(plain.read_bytes())
    locking.convert(plain, None, KEY)
    assert locking.confirm(plain, locked=True) == 2
    assert not copy.exists()


def test_files_are_for_their_owner_only(plain: Path) -> None:
    before = os.umask(0)
    try:
        locking.convert(plain, None, KEY)
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in plain.parent.iterdir()} == {0o600}


# --- what goes wrong on the way ----------------------------------------------------


def test_while_another_window_is_open_nothing_happens(plain: Path) -> None:
    with Store.open(plain, Counting()), pytest.raises(StoreError) as caught:
        locking.convert(plain, None, KEY, patience_ms=20)
    assert caught.value.code == "store-locked"
    assert [file.name for file in plain.parent.iterdir()] == ["reflect.db"]
    assert code(plain) == "fine" and keys.look(plain) is None


def test_a_copy_that_differs_is_not_taken(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = locking._write

    def loses_a_row(source: apsw.Connection, part: Path, new: Key | None) -> None:
        taken(source, part, new)
        db = connect(part, key=new)
        db.execute("UPDATE events SET body = json_set(body, '$.at', 'never') WHERE number = 3")
        db.pragma("journal_mode", "delete")
        db.close()

    monkeypatch.setattr(locking, "_write", loses_a_row)
    with pytest.raises(StoreError, match="damaged"):
        locking.convert(plain, None, KEY)
    assert code(plain) == "fine" and keys.look(plain) is None
    assert [file.name for file in plain.parent.iterdir()] == ["reflect.db"]


def test_what_was_kept_is_not_replaced(plain: Path) -> None:
    locking.convert(plain, None, KEY)
    with pytest.raises(StoreError) as caught:
        locking.convert(plain, KEY, None)
    assert caught.value.code == "copy-still-kept"
    assert code(plain) == "fine" and keys.look(plain)


def test_a_disk_that_knows_no_second_names(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(self: Path, target: Path) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuses)
    before = rows(plain, None)
    locking.convert(plain, None, KEY)
    kept = locking.kept(plain)
    assert kept is not None and rows(kept, None) == before == rows(plain, KEY)


def test_such_a_disk_keeps_what_was_locked_under_its_key(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(self: Path, target: Path) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuses)
    before = rows(locked, KEY)
    locking.convert(locked, KEY, None)
    kept = locking.kept(locked)
    assert kept is not None and keys.look(kept) == Lock(kept, KEY.header)
    assert rows(kept, KEY) == before == rows(locked, None)
    assert WORD.encode() not in kept.read_bytes()


def test_ended_before_the_new_file_took_its_place(plain: Path) -> None:
    plain.with_name("reflect.db.before-lock").hardlink_to(plain)
    part = plain.with_name(".reflect.db.locking-0123.part")
    part.write_bytes(WORD.encode())
    assert locking.kept(plain) is None
    locking.convert(plain, None, KEY)
    assert holding(plain.parent) == {"reflect.db.before-lock"}
    assert not part.exists() and code(plain) == "fine"


def test_a_half_written_plain_file_goes_when_a_locked_store_is_opened(locked: Path) -> None:
    locked.with_name(".reflect.db.locking-0123.part").write_bytes(WORD.encode())
    assert code(locked) == "fine"
    assert holding(locked.parent) == set()


def test_who_waited_for_the_old_file_is_told(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(path: Path, **options: object) -> apsw.Connection:
        opened = apsw.Connection(str(path))
        locking.convert(plain, None, KEY)
        return opened

    monkeypatch.setattr(database, "connect", slow)
    with pytest.raises(StoreError) as caught:
        database.Database(plain)
    assert caught.value.code == "store-replaced"


def test_a_written_over_file_is_not_the_one_in_use(plain: Path) -> None:
    whole = plain.read_bytes()
    second = plain.with_name("reflect.db.before-0002")
    second.hardlink_to(plain)
    locking.confirm(plain, locked=True)
    assert plain.read_bytes() == whole and not second.exists()


# --- which of the four it is -------------------------------------------------------


@pytest.mark.parametrize("place", range(16))
def test_a_damaged_head_is_not_a_wrong_passphrase(locked: Path, place: int) -> None:
    data = bytearray(locked.read_bytes())
    data[place] ^= 8
    locked.write_bytes(data)
    assert code(locked) == "store-damaged"
    assert locked.read_bytes() == data


@pytest.mark.parametrize("place", [16, 18, 20, 23, 24, 100, 4095, 3 * 4096 + 7, -1, -2000])
def test_a_damaged_page_is_not_a_wrong_passphrase(locked: Path, place: int) -> None:
    data = bytearray(locked.read_bytes())
    data[place] ^= 8
    locked.write_bytes(data)
    assert code(locked) == "store-damaged"


@pytest.mark.parametrize("size", [17, 24, 100, 4095, 4096, 4097, 5 * 4096, -4096, -1])
def test_a_cut_file_is_told_from_a_damaged_one(locked: Path, size: int) -> None:
    data = locked.read_bytes()[:size]
    locked.write_bytes(data)
    assert code(locked) == "store-truncated"
    assert locked.read_bytes() == data


def test_a_newer_one_is_told_from_a_damaged_one(locked: Path) -> None:
    data = locked.read_bytes()
    newer = keys.header_of(SECRET, b"0123456789", version=keys.VERSION + 1)
    locked.write_bytes(newer + data[16:])
    assert code(locked) == "store-too-new"


def test_newer_inside_and_locked(locked: Path) -> None:
    db = connect(locked, key=KEY)
    db.pragma("user_version", migrations.LATEST + 1)
    db.close()
    assert code(locked) == "store-too-new"


def test_a_wrong_key_changes_nothing(locked: Path) -> None:
    data = locked.read_bytes()
    lock = keys.look(locked)
    assert lock is not None and lock.opened_by(OTHER.secret) is None
    with pytest.raises(StoreError) as caught:
        Store.open(locked, None)
    assert caught.value.code == "store-is-locked"
    assert locked.read_bytes() == data


def test_a_passphrase_makes_the_key_however_it_is_typed(tmp_path: Path) -> None:
    key = keys.new_key("Größe und Maß")
    lock = Lock(tmp_path, key.header)
    assert lock.opened_with("Gro\u0308ße und Maß") == key
    assert lock.opened_with("Grosse und Mass") is None
    assert keys.new_key("Größe und Maß") != key
    assert key.secret.hex() not in repr(key) and "Key" in repr(key)


@given(st.binary(min_size=32, max_size=32))
def test_the_code_on_paper_is_the_key(secret: bytes) -> None:
    groups = code_of(secret)
    assert len(groups) == 14
    assert secret_in("-".join(groups).lower().replace("0", "o").replace("1", "l")) == secret


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.integers(1, 31))
def test_a_mistyped_code_is_no_key(secret: bytes, place: int, turn: int) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = list("".join(code_of(secret)))
    code[place] = letters[(letters.index(code[place]) + turn) % 32]
    assert secret_in("".join(code)) is None


@pytest.mark.parametrize("text", ["", "correct horse", "U" * 56, "é" * 56, "0" * 55])
def test_what_is_no_code(text: str) -> None:
    assert secret_in(text) is None


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\0" * 99, b"Dear diary", b"x"])
def test_what_is_not_locked(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert keys.look(path) is None
    assert keys.look(path.with_name("nothing")) is None


# --- copies ------------------------------------------------------------------------


def test_a_backup_is_locked_as_well(locked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    with Store.open(locked, Counting(), opener=opener) as store:
        store.backup(copy)
    assert holding(copy.parent) == set() and code(copy) == "fine"
    assert rows(copy, KEY) == rows(locked, KEY)


def test_a_locked_backup_is_merged_with_its_own_key(locked: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "new" / "reflect.db", Counting()) as store:
        with pytest.raises(StoreError) as caught:
            store.merge(locked)
        assert caught.value.code == "store-is-locked"
        assert store.merge(locked, opener=opener).added == 8
        assert len(store.search(WORD)) == 6


def test_a_store_opens_its_own_backup_without_asking(locked: Path, tmp_path: Path) -> None:
    def never(lock: Lock) -> Key:
        raise AssertionError("asked")

    with Store.open(locked, Counting(), opener=opener) as store:
        store.backup(tmp_path / "copy.db")
        assert not store.merge(tmp_path / "copy.db", opener=never).changed


def test_a_new_store_is_locked_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "new" / "reflect.db"
    with Store.open(path, Counting(), key=KEY) as store:
        session_of(store, f"the {WORD}")
        assert holding(path.parent) == set()
    assert code(path) == "fine" and keys.look(path) == Lock(path, KEY.header)


def test_an_update_of_a_locked_store_leaves_no_plain_copy(locked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    folder.mkdir()
    (folder / f"{migrations.LATEST + 1:04}.sql").write_text("ALTER TABLE meta ADD COLUMN more TEXT")
    db = connect(locked, key=KEY)
    migrations.bring_up_to_date(db, locked, folder, migrations.LATEST + 1, key=KEY)
    db.close()
    (copy,) = migrations.copies(locked)
    assert holding(locked.parent) == set() and code(copy) == "fine"


def test_a_backup_from_before_an_update_is_read_in_memory(locked: Path) -> None:
    db = connect(locked, read_only=True, key=KEY)
    copy = migrations.rehearse(db, locked)
    assert locking.fingerprint(copy) == locking.fingerprint(db)
    copy.execute("DELETE FROM drafts; CREATE TABLE more (a)")


# --- forgetting --------------------------------------------------------------------


def test_forgetting_says_that_nothing_can_be_searched(locked: Path) -> None:
    with Store.open(locked, Counting(), opener=opener) as store:
        report = store.forget_session(store.sessions()[-1].id, AT)
        assert (report.encrypted, report.removed, report.files) == (True, True, 0)
        assert len(store.search(WORD)) == 5
        assert store.check() == []


def test_forgetting_takes_the_kept_copy_along(plain: Path) -> None:
    locking.convert(plain, None, KEY)
    with Store.open(plain, Counting(), opener=opener) as store:
        report = store.forget_session(store.sessions()[-1].id, AT)
    assert report.dropped == 1 and holding(plain.parent) == set()


def test_a_store_whose_copy_cannot_be_written_stays_as_it_is(tmp_path: Path) -> None:
    plain = tmp_path / ("s" * 235 + ".db")
    fill(plain, 1)
    before = rows(plain, None)
    with pytest.raises(StoreError) as caught:
        locking.convert(plain, None, KEY)
    assert plain.name in caught.value.message and not keys.is_locked(plain)
    assert rows(plain, None) == before
