"""Rows read from the pages themselves are those that SQL gives, whatever their size, with and without a log."""

from __future__ import annotations

from pathlib import Path
from random import Random

import apsw
import pytest

from reflect.transcripts.pages import Pages, Value


def made(path: Path, log: bool) -> apsw.Connection:
    db = apsw.Connection(str(path))
    db.pragma("journal_mode", "wal" if log else "delete")
    db.pragma("wal_autocheckpoint", 0)
    db.pragma("synchronous", 0)
    db.pragma("secure_delete", 1)
    db.execute(
        "CREATE TABLE t (number INTEGER PRIMARY KEY, a, b TEXT, c BLOB) STRICT".replace(
            " a,", " a ANY,"
        )
    )
    db.execute("CREATE TABLE w (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    return db


def filled(db: apsw.Connection, seed: int) -> None:
    random = Random(seed)
    numbers: list[Value] = [0, 1, -1, 127, 128, -129, 1 << 20, -(1 << 40), (1 << 62), 0.25, None]
    for _ in range(150):
        size = random.choice((0, 3, 40, 500, 4000, 9000, 70_000))
        row = (random.choice(numbers), "ü" * (size // 2), random.randbytes(size))
        db.execute("INSERT INTO t (a, b, c) VALUES (?, ?, ?)", row)
        db.execute("REPLACE INTO w VALUES (?, ?)", (f"n{random.random()}", "x" * (size // 3)))
    db.execute("DELETE FROM t WHERE number % 3 = 0")
    db.execute("DELETE FROM w WHERE length(value) = 13")


def rows(path: Path) -> tuple[set[object], set[object]]:
    log = path.with_name(path.name + "-wal")
    pages = Pages(path.read_bytes(), log.read_bytes() if log.exists() else b"")
    found = list(pages.rows())
    return (
        {(row.number, *row.values[1:]) for row in found if row.number and len(row.values) == 4},
        {row.values for row in found if row.number is None and len(row.values) == 2},
    )


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_row_is_found_and_none_that_was_deleted(tmp_path: Path, log: bool, seed: int) -> None:
    db = made(tmp_path / "file.db", log)
    filled(db, seed)
    expected = (
        set(db.execute("SELECT * FROM t").fetchall()),
        set(db.execute("SELECT * FROM w").fetchall()),
    )
    assert rows(tmp_path / "file.db") == expected
    db.close()


def test_what_was_not_committed_is_no_row(tmp_path: Path) -> None:
    db = made(tmp_path / "file.db", log=True)
    db.execute("INSERT INTO w VALUES ('kept', 'x')")
    db.pragma("cache_size", 2)
    db.execute("BEGIN")
    db.execute("DELETE FROM w")
    filled(db, 4)
    assert rows(tmp_path / "file.db") == (set(), {("kept", "x")})
    db.execute("ROLLBACK")
    db.close()


def test_noise_is_stepped_over(tmp_path: Path) -> None:
    db = made(tmp_path / "file.db", log=False)
    filled(db, 5)
    db.close()
    data = bytearray((tmp_path / "file.db").read_bytes())
    random = Random(6)
    for _ in range(60):
        for _ in range(200):
            data[random.randrange(100, len(data))] = random.randrange(256)
        for row in Pages(bytes(data)).rows():
            assert isinstance(row.values, tuple)
    assert list(Pages(random.randbytes(100_000)).rows()) is not None
    assert list(Pages(b"").rows()) == []
