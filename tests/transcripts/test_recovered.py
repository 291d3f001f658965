"""What is recovered of a damaged record, compared as a whole with what it should be."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.errors import StoreError
from reflect.events import Event, MentorshipBegan, SessionStarted
from reflect.transcripts import faults, keys, repairing
from reflect.transcripts.codec import checksum, digest
from reflect.transcripts.connection import beside, give_key
from reflect.transcripts.keys import Key
from reflect.transcripts.pages import Pages
from reflect.transcripts.repairing import Recovered, recover
from reflect.transcripts.store import Altered, Store, Stream

from .conftest import AT, DIGEST, FINISHED, SCRIPT, Counting, answered, started

SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))
BACKUP = "Restore a backup with `reflect restore`; it adds what is missing and overwrites nothing."
PUT_BACK = "A backup may hold it: reflect restore FILE, once this one is in place."
JOURNEY = Stream("journey", "01KA0000000000000000000000", "01KA0000000000000000000000")
ONE = Stream("session", "01KB0000000000000000000001", JOURNEY.id)
TWO = Stream("session", "01KB0000000000000000000002", JOURNEY.id)
REVIEW = Stream("review", "review:x", "review:x")
BEGAN = MentorshipBegan(at=AT, mentee="Amina", mentor="Daniel")
SAID: dict[str, tuple[Event, ...]] = {
    JOURNEY.id: (BEGAN,),
    ONE.id: (started(JOURNEY.id), answered("q0", "word one"), answered("q1", "é" * 9000), FINISHED),
    TWO.id: (started(JOURNEY.id), answered("q0", "word two")),
    REVIEW.id: (BEGAN,),
}
STREAMS = {stream.id: stream for stream in (JOURNEY, ONE, TWO, REVIEW)}


class Plain(Counting):
    """Tables without numbers of their own, as those of the program are."""

    tables = Counting.tables + " WITHOUT ROWID"


def write(path: Path, key: Key | None = None) -> Path:
    """A record with everything in it that a record can hold."""
    with Store.open(path, Plain(), key=key) as store:
        store.put_script(DIGEST, SCRIPT)
        store.put_script(digest(b"other"), b"other")
        for name, events in SAID.items():
            store.append(STREAMS[name], 0, events)
        store.save_draft(TWO.id, "q1", "half a word")
        store.save_draft(REVIEW.id, "n", "half a note")
        store.save_draft("nobody", "q1", "nobody's")
        store.keep_secret("key", "value")
        store.keep_secret("key:b", "another")
        store.put_mark("mark", "of the file")
    return path


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    return write(tmp_path / "home" / "reflect.db")


def altered(path: Path, *statements: str, key: Key | None = None) -> None:
    db = apsw.Connection(str(path))
    give_key(db, key)
    db.pragma("foreign_keys", False)
    for statement in statements:
        db.execute(statement)
    db.close()


def mended(path: Path, key: Key | None = None) -> tuple[Recovered, Store]:
    target = path.with_name("mended.db")
    report = recover(path, target, Counting(), key)
    return report, Store.open(target, Counting(), key=key)


def error(path: Path, code: str, said: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Place(str(path.with_name("mended.db"))), said, hint)


def lost(path: Path, kind: str, name: str, *numbers: int) -> tuple[Diagnostic, ...]:
    said = f"of {kind} {name} is not what was stored."
    return tuple(error(path, "answer-altered", f"Event {one} {said}", BACKUP) for one in numbers)


@pytest.mark.parametrize("key", [None, KEY])
def test_a_sound_record_comes_back_whole(tmp_path: Path, key: Key | None) -> None:
    path = write(tmp_path / "home" / "reflect.db", key)
    path.chmod(0o640)
    before = path.read_bytes()
    report, store = mended(path, key)
    assert report == Recovered(path.with_name("mended.db"), 2, 8, ())
    with store:
        assert {
            name: store.events(name) for (name,) in store.rows("SELECT id FROM streams")
        } == SAID
        rows = store.rows("SELECT id, kind, mentorship, length FROM streams ORDER BY id")
        assert {row[0]: (Stream(row[1], row[0], row[2]), row[3]) for row in rows} == {
            name: (STREAMS[name], len(events)) for name, events in SAID.items()
        }
        assert store.draft(TWO.id) == ("q1", "half a word")
        assert store.draft(REVIEW.id) == ("n", "half a note")
        assert store.draft("nobody") is None and store.draft(ONE.id) is None
        assert (
            store.secrets("") == {"key": "value", "key:b": "another"} and store.mark("mark") == ""
        )
        assert (store.script(DIGEST), store.script(digest(b"other"))) == (SCRIPT, b"other")
        assert [(row.id, row.state, row.answers) for row in store.sessions()] == [
            (TWO.id, "open", 1),
            (ONE.id, "completed", 2),
        ]
        assert [hit.text for hit in store.search("word")] == ["word two", "word one"]
        assert store.check() == []
    assert path.read_bytes() == before and stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(report.file.stat().st_mode) == 0o600
    assert (keys.look(report.file) is None) is (key is None)
    log = {"reflect.db-wal", "reflect.db-shm"} if key else set()
    assert {one.name for one in path.parent.iterdir()} - log == {"mended.db", "reflect.db"}


def test_what_stands_in_the_log_alone_is_recovered_too(tmp_path: Path) -> None:
    path = tmp_path / "home" / "reflect.db"
    with Store.open(path, Counting()) as store:
        store.put_script(DIGEST, SCRIPT)
        store.append(ONE, 0, SAID[ONE.id])
        assert beside(path, "-wal").stat().st_size > 1 << 16
        report, other = mended(path)
    with other:
        assert (report.sessions, report.events, report.findings) == (1, 4, ())
        assert other.events(ONE.id) == SAID[ONE.id]


def test_a_stream_without_any_event_keeps_its_places(damaged: Path) -> None:
    altered(damaged, "DELETE FROM events WHERE stream = 2")
    report, store = mended(damaged)
    with store:
        assert report == Recovered(store.path, 1, 4, lost(damaged, "session", ONE.id, 0, 1, 2, 3))
        nothing = tuple(Altered(ONE.id, place) for place in range(4))
        assert store.events(ONE.id, damaged="skip") == ((), nothing)
        assert store.events(TWO.id) == SAID[TWO.id]
        store.merge(write(damaged.with_name("backup.db")))
        assert store.events(ONE.id) == SAID[ONE.id] and store.check() == []


def test_what_was_altered_does_not_come_back_as_good(damaged: Path) -> None:
    altered(damaged, "UPDATE events SET body = replace(body, 'one', 'two') WHERE stream = 2")
    altered(damaged, "UPDATE streams SET length = 2 WHERE number = 2")
    report, store = mended(damaged)
    with store:
        assert report == Recovered(store.path, 2, 7, lost(damaged, "session", ONE.id, 1))
        found = store.events(ONE.id, damaged="skip")
        assert found == ((*SAID[ONE.id][:1], *SAID[ONE.id][2:]), (Altered(ONE.id, 1),))


def without_table(path: Path, table: str) -> None:
    """The file after a fault that took the first page of a table, and nothing of its indexes."""
    db = apsw.Connection(str(path))
    found = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    db.close()
    assert found is not None and isinstance(found[0], int)
    page = found[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(data)


def test_rows_that_are_gone_are_made_from_what_is_left(damaged: Path) -> None:
    without_table(damaged, "streams")
    report, store = mended(damaged)
    with store:
        assert report == Recovered(store.path, 2, 8, ())
        rows = store.rows("SELECT kind, id, mentorship FROM streams")
        assert {row[1]: Stream(*row) for row in rows} == STREAMS
        assert {name: store.events(name) for name in SAID} == SAID
        assert store.draft(TWO.id) == ("q1", "half a word") and store.check() == []


def test_without_rows_and_beginnings_a_stream_is_one_of_its_own(damaged: Path) -> None:
    altered(damaged, "UPDATE events SET body = '{}' WHERE stream = 3 AND seq = 0")
    altered(damaged, "UPDATE events SET body = '{}' WHERE stream = 4")
    without_table(damaged, "streams")
    report, store = mended(damaged)
    said = "1 events belong to something whose name is gone; they were left out."
    with store:
        assert report == Recovered(
            store.path,
            1,
            6,
            (
                *lost(damaged, "journey", TWO.id, 0),
                error(damaged, "events-left-out", said, PUT_BACK),
            ),
        )
        assert store.events(TWO.id, damaged="skip") == (SAID[TWO.id][1:], (Altered(TWO.id, 0),))
        assert store.rows("SELECT kind, mentorship FROM streams WHERE id = ?", (TWO.id,)) == [
            ("journey", TWO.id)
        ]


def test_an_event_of_a_kind_unknown_here_is_told_with_its_stream(damaged: Path) -> None:
    body = b'{"type":"dreamt"}'
    db = apsw.Connection(str(damaged))
    mark = checksum(b"0" * 16, TWO.id, 0, body)
    row = (body.decode(), b"0" * 16, mark)
    db.execute("UPDATE events SET body=?, salt=?, checksum=? WHERE stream = 3 AND seq = 0", row)
    db.close()
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            mended(damaged)
        assert (caught.value.code, caught.value.message) == (
            "answer-unreadable",
            f"Event 0 of {TWO.id} is whole, but this version of reflect does not know its kind.",
        )
        without_table(damaged, "streams")
    assert not damaged.with_name("mended.db").exists()


def test_what_belongs_to_nobody_is_counted_and_left_out(damaged: Path) -> None:
    altered(damaged, "UPDATE events SET stream = 77 WHERE stream = 2 AND seq IN (1, 2)")
    altered(damaged, "UPDATE events SET stream = 78 WHERE stream = 3 AND seq = 1")
    report, store = mended(damaged)
    said = "3 events belong to something whose name is gone; they were left out."
    with store:
        assert report == Recovered(
            store.path,
            2,
            5,
            (
                *lost(damaged, "session", ONE.id, 1, 2),
                *lost(damaged, "session", TWO.id, 1),
                error(damaged, "events-left-out", said, PUT_BACK),
            ),
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE streams SET length = -1 WHERE number = 2",
        "UPDATE streams SET length = 1000000 WHERE number = 2",
        "UPDATE streams SET length = 99999999999 WHERE number = 2",
    ],
)
def test_a_length_that_cannot_be_is_made_from_the_events(damaged: Path, statement: str) -> None:
    altered(damaged, statement)
    report, store = mended(damaged)
    with store:
        assert report == Recovered(store.path, 2, 8, ())
        assert store.events(ONE.id) == SAID[ONE.id]


def test_scripts_that_do_not_fit_are_lost_and_made_anew(damaged: Path) -> None:
    altered(damaged, "UPDATE scripts SET data = CAST('x' AS BLOB)")
    said = "The questions of session {} are lost, so its answers cannot be shown."
    missing = tuple(
        error(damaged, "script-missing", said.format(name), PUT_BACK) for name in (ONE.id, TWO.id)
    )
    report, store = mended(damaged)
    with store:
        assert report == Recovered(store.path, 2, 8, missing) and store.script(DIGEST) is None
    asked: list[SessionStarted] = []

    def anew(begun: SessionStarted) -> bytes:
        asked.append(begun)
        return SCRIPT

    again = recover(damaged, damaged.with_name("again.db"), Counting(), script=anew)
    assert (again.findings, asked) == ((), [started(JOURNEY.id)])
    with Store.open(again.file, Counting()) as store:
        assert store.script(DIGEST) == SCRIPT


class Looking(Counting):
    """Sees where the file is while it is being made."""

    def __init__(self) -> None:
        self.seen: list[Path] = []

    def project_all(self, db: apsw.Connection, *given: Any) -> None:
        self.seen.append(Path(db.db_filename("main")))
        super().project_all(db, *given)


def test_what_is_half_made_lies_hidden_on_the_same_disk(damaged: Path) -> None:
    looking = Looking()
    recover(damaged, damaged.with_name("mended.db"), looking)
    assert looking.seen
    for seen in looking.seen:
        assert seen.name == "mended.db" and seen.parent.parent == damaged.parent
        assert seen.parent.name.startswith(".recovering-") and not seen.parent.exists()


# --- disks -----------------------------------------------------------------------------


class Sectors:
    """A file on a disk some sectors of which give nothing."""

    def __init__(self, file: apsw.VFSFile, bad: Callable[[int], bool]) -> None:
        self._file, self._bad = file, bad
        self.asked: list[tuple[int, int]] = []

    def xRead(self, amount: int, offset: int) -> bytes:
        self.asked.append((offset, amount))
        if self._bad(offset):
            raise apsw.IOError
        return self._file.xRead(amount, offset)

    def xClose(self) -> None:
        self._file.xClose()


def test_a_sector_that_gives_nothing_is_stepped_over(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(damaged, None) as store:
        for number in range(40):
            more = Stream("session", f"01KC00000000000000000000{number:02}", JOURNEY.id)
            store.append(more, 0, [started(JOURNEY.id), answered("q0", "long " * 2000)])
    size = damaged.stat().st_size
    last = (size - 1) >> 16 << 16
    read: list[bytes] = []
    files: list[Sectors] = []
    real = keys.raw_file

    def raw(path: Path) -> Sectors:
        files.append(Sectors(real(path), lambda offset: offset in (1 << 17, last)))
        return files[-1]

    def pages(data: bytes, log: bytes = b"") -> Pages:
        read.append(data)
        return Pages(data, log)

    monkeypatch.setattr(repairing, "raw_file", raw)
    monkeypatch.setattr(repairing, "Pages", pages)
    report, store = mended(damaged)
    store.close()
    step = 1 << 16
    assert files[0].asked == [(at, min(step, size - at)) for at in range(0, size, step)]
    whole = damaged.read_bytes()
    left = whole[: 2 * step] + bytes(step) + whole[3 * step : last] + bytes(size - last)
    assert read[:1] == [left] and 0 < size - last < step
    assert report.sessions > 20 and report.findings


def test_a_file_that_cannot_be_opened_is_told(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path) -> None:
        raise apsw.CantOpenError("something that was said")

    monkeypatch.setattr(repairing, "raw_file", refuses)
    with pytest.raises(StoreError) as caught:
        mended(damaged)
    assert (caught.value.code, caught.value.message) == (
        "disk-error",
        f"The disk of {damaged} reported an error (SQLite 0).",
    )
    assert isinstance(faults.no_store(damaged), StoreError)


def test_a_page_of_a_locked_file_that_does_not_open_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "home" / "reflect.db", KEY)
    data = bytearray(path.read_bytes())
    places = range(4096 * 3, len(data) - 4096, 4096 * 4)
    for place in places:
        data[place + 100] ^= 1
    path.write_bytes(data)
    target = path.with_name("mended.db")
    try:
        report = recover(path, target, Counting(), KEY, lambda begun: SCRIPT)
    except StoreError as refused:
        assert refused.code in ("nothing-recovered", "store-damaged")
    else:
        assert report.file == target and report.events <= 8
    assert path.read_bytes() == data
