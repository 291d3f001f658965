"""How a database file is opened, what is asked of it, and what comes of a disk that refuses."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from reflect.errors import StoreError
from reflect.transcripts import connection, database, faults, keys
from reflect.transcripts.connection import beside, connect
from reflect.transcripts.keys import Key
from reflect.transcripts.store import Store

from .conftest import FINISHED, Counting, answered, session_of

SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))
BOTH = {
    "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "temp_store": 2,
}  # fmt: skip
WRITING = {
    **BOTH, "journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1,
    "secure_delete": 1, "wal_autocheckpoint": 0, "journal_size_limit": 1 << 20, "query_only": 0,
}  # fmt: skip


def pragmas(db: apsw.Connection, names: Mapping[str, object]) -> dict[str, object]:
    return {name: db.pragma(name) or 0 for name in names}


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def refused(store: Store, stream: str) -> StoreError:
    with pytest.raises(StoreError) as caught:
        store.save_draft(stream, "q", "canary " * 4000)
    return caught.value


# --- opening ------------------------------------------------------------------------


@pytest.mark.usefixtures("durable")
@pytest.mark.parametrize("key", [None, KEY])
def test_every_connection_has_its_pragmas_and_its_limit(path: Path, key: Key | None) -> None:
    db = connect(path, key=key)
    assert pragmas(db, WRITING) == WRITING
    reading = connect(path, read_only=True, patience_ms=7, key=key)
    wanted = {**BOTH, "query_only": 1, "busy_timeout": 7}
    assert pragmas(reading, wanted) == wanted and reading.readonly("main")
    assert not db.readonly("main") and db.pragma("busy_timeout") == 5000
    for one in (db, reading):
        assert one.limit(apsw.SQLITE_LIMIT_LENGTH) == 8 << 20
        one.close()


def test_a_store_waits_as_long_as_it_was_told(path: Path) -> None:
    for read_only in (False, True):
        with Store.open(path, None, read_only=read_only) as usual:
            assert usual.rows("PRAGMA busy_timeout") == [(5000,)]
        with Store.open(path, None, read_only=read_only, patience_ms=70) as store:
            assert store.rows("PRAGMA busy_timeout") == [(70,)]
            assert (store.path, store.read_only, store.key) == (path, read_only, None)
    as_usual = database.Database(path)
    with as_usual.reading() as db:
        assert db.pragma("busy_timeout") == 5000
    as_usual.close()


def test_an_answer_of_eight_megabytes_is_refused_and_a_smaller_one_kept(store: Store) -> None:
    stream = session_of(store, finish=False)
    with pytest.raises(StoreError) as caught:
        store.append(stream, 1, [answered("q0", "x" * (8 << 20))])
    assert caught.value.code == "answer-too-long" and len(store.events(stream.id)) == 1
    assert store.append(stream, 1, [answered("q0", "x" * (1 << 20))]) == 2


@pytest.mark.parametrize("name", ["a b.db", "50%20?mode=rw#x.db", "ü'ö.db"])
def test_a_path_may_hold_what_a_name_may_hold(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("home") / name
    with Store.open(path, Counting()) as store:
        stream = session_of(store, "one")
    assert [file.name for file in (tmp_path / "home").iterdir()] == [name]
    with Store.open(path, Counting(), read_only=True) as reading:
        assert len(reading.events(stream.id)) == 3


def test_what_others_could_read_beside_it_is_closed_to_them_too(path: Path) -> None:
    with Store.open(path, None):
        files = [path, beside(path, "-wal"), beside(path, "-shm")]
        for file, open_to in zip(files, (0o604, 0o640, 0o601), strict=True):
            file.chmod(open_to)
        Store.open(path, None).close()
        assert [mode(file) for file in files] == [0o600] * 3
        for file in files:
            file.chmod(0o400)
        connection._tighten(path)
        assert [mode(file) for file in files] == [0o400] * 3


def test_a_folder_that_is_made_is_for_its_owner(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Store.open(tmp_path / "home" / "reflect.db", None).close()
    finally:
        os.umask(before)
    assert mode(tmp_path / "home") == 0o700


def test_what_cannot_be_made_is_told_even_where_the_system_has_no_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(made: Path) -> None:
        raise OSError

    monkeypatch.setattr(connection, "create_private", refuses)
    with pytest.raises(StoreError, match=r"reflect\.db cannot be made: the system refused"):
        Store.open(path, None)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_may_not_be_written_is_not_opened_to_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    Store.open(path, None).close()
    closed = path if kind == "file" else path.parent
    monkeypatch.setattr(os, "access", lambda place, how: (place, how) != (closed, os.W_OK))
    with pytest.raises(StoreError) as caught:
        Store.open(path, None)
    assert (caught.value.code, caught.value.message) == (
        "store-read-only",
        f"{path} is on a read-only disk or may not be written by you.",
    )


# --- reading where nothing can be written ---------------------------------------------


@pytest.mark.parametrize("key", [None, KEY])
def test_a_store_in_good_order_is_read_where_no_log_can_be_made(
    path: Path, key: Key | None
) -> None:
    with Store.open(path, Counting(), key=key) as store:
        stream = session_of(store, "a word")
    # In the place of what SQLite would make there.
    beside(path, "-shm").mkdir()
    with Store.open(
        path, Counting(), read_only=True, key=key, opener=lambda lock: KEY, patience_ms=7
    ) as reading:
        assert len(reading.events(stream.id)) == 3 and len(reading.search("word")) == 1
        assert reading.rows("PRAGMA busy_timeout") == [(7,)]


def test_a_log_that_cannot_be_read_is_not_left_out(path: Path) -> None:
    Store.open(path, None).close()
    beside(path, "-shm").mkdir()
    beside(path, "-wal").mkdir()
    (beside(path, "-wal") / "something").touch()
    with pytest.raises(StoreError) as caught:
        Store.open(path, None, read_only=True)
    assert caught.value.code == "disk-error" and str(path) in caught.value.message
    (beside(path, "-wal") / "something").unlink()
    beside(path, "-wal").rmdir()
    Store.open(path, None, read_only=True).close()


# --- a disk that gives out --------------------------------------------------------------


@contextmanager
def small_disk(path: Path) -> Iterator[None]:
    """No file of this process may grow further than the log of the store is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beside(path, "-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def held(path: Path) -> int:
    """How often this process has a file of the store open."""
    fds = Path("/proc/self/fd")
    names = [str(one.resolve()) for one in fds.iterdir() if one.exists()]
    return sum(name.startswith(str(path)) for name in names)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_after_a_full_disk_the_store_goes_on_with_a_fresh_file(store: Store) -> None:
    stream = session_of(store, finish=False)
    before, files = store._database._db, held(store.path)
    with small_disk(store.path):
        error = refused(store, stream.id)
    assert (error.code, error.message) == (
        "disk-full",
        f"There is no room left on the disk of {store.path}; what was being written is not saved.",
    )
    assert store._database._db is not before and held(store.path) == files
    assert store.draft(stream.id) is None
    assert store.append(stream, 1, [answered("q0", "x"), FINISHED]) == 3
    assert store.rows("PRAGMA busy_timeout") == [(50,)]


def test_where_it_cannot_be_opened_again_the_first_trouble_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = session_of(store, finish=False)

    def refuses(path: Path, **options: object) -> apsw.Connection:
        raise faults.locked(path)

    monkeypatch.setattr(database, "connect", refuses)
    with small_disk(store.path):
        error = refused(store, stream.id)
    assert error.code == "disk-full"


def test_a_disk_error_is_told_with_its_file_and_number(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(db: apsw.Connection, *given: object) -> None:
        error = apsw.IOError("something that was said")
        error.extendedresult = apsw.SQLITE_IOERR_READ  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr("reflect.transcripts.drafts.save", breaks)
    error = refused(store, "S")
    assert (error.code, error.message) == (
        "disk-error",
        f"The disk of {store.path} reported an error (SQLite SQLITE_IOERR_READ).",
    )
    assert error.__cause__ is None and error.__suppress_context__


def test_a_mistake_of_ours_is_passed_on_as_it_is(store: Store) -> None:
    with pytest.raises(apsw.SQLError), store._database.reading() as db:
        db.execute("SELECT nothing FROM nowhere")
    with pytest.raises(apsw.SQLError), store._database.writing() as db:
        db.execute("INSERT INTO meta VALUES ('a', 'b'); SELECT nothing FROM nowhere")
    assert store.mark("a") == ""
    with pytest.raises(KeyError), store._database.writing() as db:
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise KeyError
    assert store.mark("a") == ""


def test_emptying_the_log_waits_as_long_as_it_is_told_and_no_longer(store: Store) -> None:
    session_of(store, "x")
    reader = apsw.Connection(str(store.path))
    reader.execute("BEGIN; SELECT count(*) FROM events").fetchall()
    session_of(store, "y")
    assert store._database.empty_log(5) is False
    assert store.rows("PRAGMA busy_timeout") == [(50,)]
    reader.close()
    assert store._database.empty_log(5) is True
    assert store.rows("PRAGMA busy_timeout") == [(50,)]
    assert beside(store.path, "-wal").stat().st_size == 0


@pytest.mark.parametrize(
    ("blocks", "files", "code"),
    [((0, 9), 9, "disk-full"), ((9, 9), 0, "disk-full"), ((9, 0), 0, "disk-error")],
)
def test_a_disk_without_room_is_full_whatever_it_reports(
    monkeypatch: pytest.MonkeyPatch, blocks: tuple[int, int], files: int, code: str
) -> None:
    asked: list[Path] = []

    def room(place: Path) -> os.statvfs_result:
        asked.append(place)
        return os.statvfs_result((0, 0, 0, 9, blocks[0], blocks[1], files, 9, 0, 0))

    monkeypatch.setattr(os, "statvfs", room)
    found = faults.fault(apsw.IOError("x"), Path("/home/amina/reflect.db"))
    assert found is not None and found.code == code and asked == [Path("/home/amina")]
    monkeypatch.setattr(os, "statvfs", lambda place: [][1])
    with pytest.raises(IndexError):
        faults.fault(apsw.IOError("x"), Path("a"))
    monkeypatch.delattr(os, "statvfs")
    unknown = faults.fault(apsw.IOError("x"), Path("a"))
    assert unknown is not None and unknown.code == "disk-error"
