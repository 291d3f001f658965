"""What counts as a mutant that is no fault, and how the score is counted without it."""

from __future__ import annotations

from collections import Counter

import pytest
from proof.alike import is_the_same
from proof.mutation import Room, counted


def difference(before: str, after: str) -> str:
    """One line changed, as it is shown."""
    return (
        "--- src/reflect/transcripts/streams.py\n+++ src/reflect/transcripts/streams.py\n"
        f"@@ -1,3 +1,3 @@\n def read(db):\n-    {before}\n+    {after}\n     return row"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('" UNION SELECT number FROM streams WHERE id = ?1",', None),
        ('db.execute("DELETE FROM leases WHERE stream = ?", (known.stream.id,))', None),
        ('db, "SELECT number, length FROM streams WHERE id = ?", (stream_id,)', None),
        (
            '"INSERT INTO streams (number, id) VALUES (?, ?)",',
            '"INSERT INTO STREAMS (NUMBER, ID) VALUES (?, ?)",',
        ),
        ('"CREATE TEMP TABLE turns (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);"', None),
        ('for one in fetch_all(db, "PRAGMA foreign_key_check"):', None),
        ('"day >= ?": since,', '"DAY >= ?": since,'),
    ],
)
def test_sql_in_other_letters_is_the_same(before: str, after: str | None) -> None:
    start, end = before.index('"'), before.rindex('"')
    small = before[:start] + before[start:end].lower() + before[end:]
    assert is_the_same(difference(before, after or small))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"Update reflect; nothing was changed.",', '"update reflect; nothing was changed.",'),
        ('"See `reflect show`."', '"SEE `REFLECT SHOW`."'),
        ("\"SELECT 1 WHERE kind = 'review'\",", "\"select 1 where kind = 'review'\","),
        ("\"SELECT 1 WHERE kind = 'review'\",", "\"SELECT 1 WHERE KIND = 'REVIEW'\","),
        ("'SELECT name FROM \"Streams\"'", "'select name from \"streams\"'"),
        (
            '"SELECT 1 FROM answers WHERE pack = :pack"',
            '"SELECT 1 FROM ANSWERS WHERE PACK = :PACK"',
        ),
        ('"CREATE TABLE counts (a)"', '"CREATE TABLE COUNTS (A)"'),
        ('if sql.startswith("CREATE VIRTUAL"):', 'if sql.startswith("create virtual"):'),
        ('"DELETE FROM leases WHERE stream = ?"', '"XXDELETE FROM leases WHERE stream = ?XX"'),
        ('"DELETE FROM leases WHERE stream = ?"', '"DELETE FROM leases WHERE stream <> ?"'),
        ('execute("SELECT id FROM t", a)', 'execute("select id from t", b)'),
        ('execute("SELECT id FROM t", a)', 'execute("select id from t")'),
        ('execute(f"SELECT {NAMES} FROM t")', 'execute(f"select {names} from t")'),
        ("return text.lower()", "return text.LOWER()"),
        ('return "wal"', 'return "WAL"'),
        ("same = 1", "same = 1"),
    ],
)
def test_nothing_else_is_the_same(before: str, after: str) -> None:
    assert not is_the_same(difference(before, after))


def test_two_changed_lines_are_more_than_case() -> None:
    one = difference('"SELECT 1 FROM t",', '"select 1 from t",')
    assert is_the_same(one)
    assert not is_the_same(one + "\n-    name,\n+    None,") and not is_the_same("")


def test_what_is_no_fault_counts_neither_way() -> None:
    ended = {"a": "found", "b": "endless", "c": "survived", "d": "the same", "elsewhere": "found"}
    room = counted("transcripts", ["a", "b", "c", "d", "e"], ended)
    assert (room.sampled, room.same, room.found) == (4, 1, 2)
    assert room.score == pytest.approx(2 / 3) and 0 < room.error < 1
    assert (
        Room("sharing", 9, Counter(found=3)).score == 1
        and Room("dialogue", 0, Counter()).score == 0
    )
