"""Rows are read from pages of any size, and from a file without its head."""

from __future__ import annotations

import ctypes
from pathlib import Path
from random import Random

import apsw
import pytest

from reflect.transcripts import pages
from reflect.transcripts.pages import Pages


def spare(db: apsw.Connection, size: int) -> None:
    """Keep `size` bytes at the end of every page of a new file out of use."""
    wanted = ctypes.c_int(size)
    db.file_control("main", 38, ctypes.addressof(wanted))


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    ("size", "kept"), [(512, 0), (512, 5), (1024, 32), (4096, 0), (4096, 32), (32768, 8)]
)
def test_rows_are_read_from_pages_of_any_size(
    tmp_path: Path, size: int, kept: int, log: bool
) -> None:
    path, random = tmp_path / "file.db", Random(size + kept)
    db = apsw.Connection(str(path))
    db.pragma("page_size", size)
    if kept:
        spare(db, kept)
    db.pragma("journal_mode", "wal" if log else "delete")
    db.pragma("wal_autocheckpoint", 0)
    db.execute(
        "BEGIN; CREATE TABLE t (number INTEGER PRIMARY KEY, a, b); CREATE INDEX i ON t (a, b)"
    )
    db.execute("CREATE TABLE w (name TEXT PRIMARY KEY, value) WITHOUT ROWID")
    for number in range(60):
        long = random.choice((0, 1, size // 9, size // 4, size - 40, size - 36, size, 3 * size))
        row = ("x" * long, random.randbytes(random.randrange(9)))
        db.execute("INSERT INTO t (a, b) VALUES (?, ?)", row)
        db.execute("INSERT INTO w VALUES (?, ?)", (f"n{number}", row[0]))
    db.execute("UPDATE t SET b = 1.5 WHERE number % 7 = 0; UPDATE t SET b = 0 WHERE number % 7 = 1")
    db.execute("COMMIT")
    beside = path.with_name("file.db-wal")
    data, more = path.read_bytes(), beside.read_bytes() if beside.exists() else b""
    found = list(Pages(data, more).rows())
    expected = set(db.execute("SELECT * FROM t").fetchall())
    named = set(db.execute("SELECT * FROM w").fetchall())
    db.close()
    assert (path.read_bytes()[20], bool(more)) == (kept, log)
    read = {(one.number, *one.values[1:]) for one in found if one.number and len(one.values) == 3}
    assert expected == read
    indexed = {one.values for one in found if one.number is None and len(one.values) == 3}
    assert indexed == {(a, b, number) for number, a, b in expected}
    assert named == {one.values for one in found if one.number is None and len(one.values) == 2}


def test_without_its_head_a_file_is_read_as_pages_of_the_usual_size(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE t (a, b, c)")
    rows = [(number, "x" * number * 90, None) for number in range(1, 99)]
    with db:
        db.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    db.close()
    for head in (b"\xff" * 24, b"SQLite format 3\0\x01\x01", b"SQLite format 3\0\0\x01"):
        data = bytearray(path.read_bytes())
        data[: len(head)] = head
        found = {one.values for one in Pages(bytes(data)).rows() if len(one.values) == 3}
        assert found == set(rows)
    cut = Pages(bytes(data[:-5000]))
    assert {one.values for one in cut.rows() if len(one.values) == 3} < set(rows)


def test_numbers_are_read_as_they_were_written(tmp_path: Path) -> None:
    numbers = [
        value
        for bits in (0, 1, 7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 62)
        for value in ((1 << bits) - 1, 1 << bits, -(1 << bits), -(1 << bits) - 1)
    ]
    path = tmp_path / "file.db"
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, a, b, c)")
    db.execute("BEGIN")
    for number in sorted(set(numbers)):
        db.execute("INSERT INTO t VALUES (?, ?, ?, NULL)", (number, number, number / 3))
    db.execute("INSERT INTO t VALUES (5000, x'00ff', CAST(x'ff41' AS TEXT), '')")
    db.execute("COMMIT")
    db.close()
    found = [one for one in Pages(path.read_bytes()).rows() if len(one.values) == 4]
    # A number beyond 63 bits is one below nothing.
    read = {(one.number or 0) - (1 << 64 if (one.number or 0) >> 63 else 0): one for one in found}
    assert read.pop(5000).values == (None, b"\0\xff", b"\xffA", "")
    assert {number: one.values for number, one in read.items()} == {
        number: (None, number, number / 3, None) for number in numbers
    }


@pytest.mark.parametrize(
    ("data", "value", "end"),
    [
        (b"\x00", 0, 1),
        (b"\x7f\xff", 127, 1),
        (b"\x81\x00", 128, 2),
        (b"\xff\x7f", 16383, 2),
        (b"\x81\x80\x00", 16384, 3),
        (b"\xff" * 9, 2**64 - 1, 9),
        (b"\x80" * 8 + b"\x05", 5, 9),
        (b"\xff" * 7 + b"\x7f", 2**56 - 1, 8),
    ],
)
def test_a_number_of_one_to_nine_bytes(data: bytes, value: int, end: int) -> None:
    assert pages._varint(b"." + data, 1) == (value, end + 1)
