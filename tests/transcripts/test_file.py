"""The file itself: who may read it, what disk and system may do to it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import apsw
import pytest

from reflect.errors import StoreError
from reflect.transcripts import connection
from reflect.transcripts.store import Store

from .conftest import FINISHED, answered, session_of, started


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `code` in a process of its own, where the helpers of these tests can be imported."""
    folder = Path(__file__).parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": f"{folder}:{folder / 'src'}"}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_under_any_umask(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with Store.open(path, None) as store:
            session_of(store, "a")
            store.backup(path.parent / "copy.db")
            files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert files == dict.fromkeys(
        ("reflect.db", "reflect.db-wal", "reflect.db-shm", "copy.db"), 0o600
    )
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    Store.open(path, None).close()
    path.chmod(0o644)
    Store.open(path, None).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.usefixtures("durable")
def test_pragmas_are_what_durability_rests_on(path: Path) -> None:
    db = connection.connect(path)
    names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "wal_autocheckpoint")
    more = (
        "trusted_schema",
        "cell_size_check",
        "temp_store",
        "busy_timeout",
        "checkpoint_fullfsync",
    )
    assert [db.pragma(name) for name in names] == ["wal", 2, 1, 1, 0]
    assert [db.pragma(name) for name in more] == [0, 1, 2, 5000, 1]


def test_a_pragma_that_does_not_take_stops_everything(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_WRITING", (*connection._WRITING, ("page_count", 7)))
    with pytest.raises(StoreError) as caught:
        Store.open(path, None)
    assert caught.value.code == "store-unsafe"


@pytest.mark.parametrize("content", [b"Dear diary, " * 400, b"SQLite format 3\0" + b"\xff" * 8192])
def test_a_file_that_is_no_store_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(StoreError) as caught:
            Store.open(path, None, read_only=read_only)
        assert caught.value.code == "store-damaged" and "diary" not in str(caught.value)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE theirs (a)")
    with pytest.raises(StoreError) as caught:
        Store.open(path, None)
    assert caught.value.code == "store-damaged"
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


def test_a_newer_store_is_not_touched(path: Path) -> None:
    Store.open(path, None).close()
    db = apsw.Connection(str(path))
    db.pragma("user_version", 99)
    db.close()
    for read_only in (False, True):
        with pytest.raises(StoreError) as caught:
            Store.open(path, None, read_only=read_only)
        assert caught.value.code == "store-too-new"


def test_a_locked_store_says_so_and_works_again(store: Store) -> None:
    stream = session_of(store, finish=False)
    other = apsw.Connection(str(store.path))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as caught:
        store.append(stream, 1, [answered("q0", "canary")])
    assert caught.value.code == "store-locked"
    assert len(store.events(stream.id)) == 1
    other.execute("ROLLBACK")
    assert store.append(stream, 1, [answered("q0", "canary")]) == 2


def test_a_replaced_file_is_noticed_before_anything_is_called_saved(store: Store) -> None:
    stream = session_of(store, finish=False)
    shutil.copy(store.path, store.path.with_name("new"))
    store.path.with_name("new").replace(store.path)
    with pytest.raises(StoreError) as caught:
        store.append(stream, 1, [answered("q0", "a")])
    assert caught.value.code == "store-replaced"
    store.path.unlink()
    with pytest.raises(StoreError) as deleted:
        store.save_draft(stream.id, "q0", "a")
    assert deleted.value.code == "store-replaced"


FULL = """
import resource, sys
from pathlib import Path
from reflect.errors import StoreError
from reflect.transcripts.store import Store
from tests.transcripts.conftest import answered, session_of
path = Path(sys.argv[1])
store = Store.open(path, None)
stream = session_of(store, finish=False)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (Path(str(path) + "-wal").stat().st_size + 9000, hard))
stored = 1
try:
    for number in range(99):
        stored = store.append(stream, stored, [answered(f"q{number}", "canary " * 300)])
except StoreError as error:
    assert "canary" not in str(error)
    print(error.code)
assert len(store.events(stream.id)) == stored < 99
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
assert store.append(stream, stored, [answered("again", "canary")]) == stored + 1
store.close()
with Store.open(path, None) as after:
    assert len(after.events(stream.id)) == stored + 1 and after.check() == []
"""


def test_a_full_disk_loses_nothing_that_was_saved(path: Path) -> None:
    done = run(FULL, path)
    assert (done.stdout, done.stderr) == ("disk-full\n", "")


READ_ONLY = """
import os, sys
from pathlib import Path
from reflect.errors import StoreError
from reflect.transcripts.store import Store
from tests.transcripts.conftest import Counting, FINISHED
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
try:
    Store.open(path, Counting())
except StoreError as error:
    print(error.code)
with Store.open(path, Counting(), read_only=True) as store:
    (row,) = store.sessions()
    print(len(store.events(row.id)), len(store.search("word")), store.rows("SELECT count(*) FROM m_counts"))
    print(store.check())
    try:
        store.save_draft(row.id, "q", "t")
    except StoreError as error:
        print(error.code)
"""


def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    import tempfile

    # Not below tmp_path: its parents are closed to other users.
    home = Path(tempfile.mkdtemp(prefix="reflect-test-"))
    try:
        path = home / "reflect.db"
        with Store.open(path, None) as store:
            session_of(store, "a word")
        path.chmod(0o444)
        home.chmod(0o555)
        done = run(READ_ONLY, path)
    finally:
        home.chmod(0o700)
        shutil.rmtree(home)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["store-read-only", "3 1 [(1,)]", "[]", "store-read-only"]


def test_an_empty_file_is_not_filled_by_a_reader(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreError):
        Store.open(path, None, read_only=True)
    assert path.read_bytes() == b"" and len(list(path.parent.glob("*before*"))) == 0


def test_reading_what_is_not_there_makes_nothing(path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(path, None, read_only=True)
    assert caught.value.code == "no-store" and not path.parent.exists()


SYNCS = """
import sys
from pathlib import Path
from reflect.transcripts.store import Store
from tests.transcripts.conftest import Counting, answered, session_of
with Store.open(Path(sys.argv[1]), Counting()) as store:
    stream = session_of(store, finish=False)
    lease = store.take_lease(stream.id)
    store.save_draft(stream.id, "q0", "half")
    Path("/dev/null/begin").exists()
    for number in range(20):
        store.append(stream, number + 1, [answered(f"q{number}", "x" * 200)], lease=lease)
    Path("/dev/null/end").exists()
"""


STRACE = ("strace", "-f", "-e", "trace=fsync,fdatasync,stat,newfstatat,statx", "-o")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_an_answer_costs_exactly_one_sync(path: Path) -> None:
    folder = Path(__file__).parent.parent.parent
    trace = path.parent.parent / "trace"
    subprocess.run(
        [*STRACE, str(trace), sys.executable, "-c", SYNCS, str(path)],
        env={**os.environ, "PYTHONPATH": f"{folder}:{folder / 'src'}"},
        check=True,
        timeout=60,
    )
    text = trace.read_text()
    between = text[text.index("/dev/null/begin") : text.index("/dev/null/end")]
    calls = Counter(
        line.split("(")[0].split()[-1] for line in between.splitlines() if "sync(" in line
    )
    assert sum(calls.values()) == 20


def test_importing_the_store_loads_little() -> None:
    code = "import sys; import reflect.transcripts.store; print('\\n'.join(sys.modules))"
    loaded = set(run(code).stdout.split())
    assert "apsw" in loaded
    heavy = {"yaml", "prompt_toolkit", "click", "rapidfuzz", "importlib.metadata", "socket"}
    heavy |= {"hashlib", "sqlite3", "asyncio", "tempfile", "subprocess"}
    assert not loaded & heavy
    late = ("search", "scrubbing", "forgetting", "merging", "checking")
    assert not loaded & {f"reflect.transcripts.{name}" for name in late}


def test_a_long_log_is_moved_at_a_checkpoint(store: Store) -> None:
    stream = session_of(store, finish=False)
    store.append(stream, 1, [answered("q0", "canary"), FINISHED])
    assert b"canary" not in store.path.read_bytes()
    store.checkpoint()
    assert b"canary" in store.path.read_bytes()
    assert store.events(stream.id)[0] == started()
