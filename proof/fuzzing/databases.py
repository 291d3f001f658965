"""The record, changed on the disk, and the commands of the program on it.

What a fuzzer would waste its time with is left out: `data` is no file but a list of changes to a good
one. The first byte says which command is typed, then four bytes make a change each.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import apsw

from proof.fuzzing.commands import typed
from proof.fuzzing.holding import Fault, in_time
from proof.fuzzing.materials import good, scratch

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("history",),
    ("show",),
    ("show", "--json"),
    ("journey",),
    ("actions",),
    ("goals",),
    ("doctor",),
    ("search", "round"),
    ("search", "card", "--json"),
    ("export", "--format", "json"),
    ("export", "--format", "markdown"),
    ("next",),
    ("notes",),
    ("prepare",),
    ("settings",),
    ("key",),
    ("questions",),
    ("wins",),
    ("mentorship", "list"),
    ("stage",),
    (),
)
STRANGE: tuple[object, ...] = (
    None,
    "",
    "x",
    "\u202e\x1b[31m",
    "{}",
    "[]",
    "0",
    "9999-99-99",
    b"",
    b"\xc1",
    b"\x80",
    b"\xff" * 16,
    0,
    -1,
    2**63 - 1,
    1.5,
)
_MOST_CHANGES = 8
_MOST_MS = 1_500
"""For a whole command with all that it imports and opens."""
_WRONG = 3
_PAGE = 4096


class Cell(NamedTuple):
    """A value in the record."""

    table: str
    column: str
    row: int


def seeds() -> tuple[bytes, ...]:
    """Every command on the record as it is, and with one change of each kind."""
    plain = (bytes((number,)) for number in range(len(COMMANDS)))
    changed = (
        bytes((number, kind, 0, 64 * kind + number, 255 - number))
        for number in range(len(COMMANDS))
        for kind in range(4)
    )
    return (*plain, *changed)


def target(data: bytes) -> str:
    """Changes the record and types a command: it ends with 0, 1 or 2, and its reason."""
    home = _home()
    _put(home / "reflect.db", data[1:])
    command = COMMANDS[(data[0] if data else 0) % len(COMMANDS)]
    ran = in_time(lambda: typed(home, command), _MOST_MS)
    if ran.code >= _WRONG or "Traceback" in ran.err:
        raise Fault(f"{command} ended with {ran.code}: {ran.why}")
    if ran.code and not (ran.err + ran.out).strip():
        raise Fault(f"{command} ended with {ran.code} and no word")
    return "read" if ran.code == 0 else "refused"


def mutant(data: bytes, chance: Random) -> bytes:
    """`data` with another command, or with one change more, less or other than before."""
    command, changes = data[:1] or b"\0", list(_changes(data[1:]))
    at = chance.randrange(len(changes) + 1)
    way = chance.randrange(4)
    if way == 0:
        command = bytes((chance.randrange(len(COMMANDS)),))
    else:
        changes[at : at + (way != 1)] = [] if way == 2 else [_change(chance)]
    return command + b"".join(changes)


def _change(chance: Random) -> bytes:
    """A change of each kind alike, but most of values: a record that ends early is seldom read far."""
    return bytes((chance.choice((0, 0, 0, 0, 1, 1, 2, 3)), *chance.randbytes(3)))


def _put(place: Path, changes: bytes) -> None:
    """The record with `changes` in it, in the place of what was there."""
    for left in place.parent.glob("reflect.db*"):
        left.unlink()
    whole = bytearray(_record())
    cells = []
    for change in list(_changes(changes))[:_MOST_CHANGES]:
        kind, at, value = change[0] % 4, int.from_bytes(change[1:3], "big"), change[3]
        if kind == 0:
            cells.append((_cells()[at % len(_cells())], STRANGE[value % len(STRANGE)]))
        elif kind == 1:
            whole[(at * 256 + value) % len(whole)] ^= 1 << (value % 8)
        elif kind == 2:
            page, other = (one % (len(whole) // _PAGE) * _PAGE for one in (at, value))
            whole[page : page + _PAGE] = whole[other : other + _PAGE]
        else:
            del whole[(at * 256 + value) % len(whole) :]
            break
    place.write_bytes(whole)
    place.chmod(0o600)
    if cells:
        _write(place, cells)


def _changes(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 4] for at in range(0, len(data) - 3, 4))


def _write(place: Path, cells: list[tuple[Cell, object]]) -> None:
    """Other values in the cells, as far as SQLite lets them in."""
    try:
        db = apsw.Connection(str(place))
    except apsw.Error:
        return
    try:
        db.execute("PRAGMA ignore_check_constraints = 1; PRAGMA journal_mode = off")
        for cell, value in cells:
            _set(db, cell, value)
    except apsw.Error:
        return
    finally:
        db.close()


def _set(db: apsw.Connection, cell: Cell, value: object) -> None:
    try:
        rows = db.execute(f'SELECT count(*) FROM "{cell.table}"').get
        first = db.execute(
            f'SELECT * FROM "{cell.table}" LIMIT 1 OFFSET ?', (cell.row % max(rows, 1),)
        )
        names = [name for name, _ in first.getdescription()]
        row = first.get
        where = " AND ".join(f'"{name}" IS ?' for name in names)
        db.execute(
            f'UPDATE "{cell.table}" SET "{cell.column}" = ? WHERE {where}',
            (value, *(row if isinstance(row, tuple) else (row,))),
        )
    except (apsw.Error, UnicodeDecodeError):
        return


@cache
def _record() -> bytes:
    return (good().amina / "reflect.db").read_bytes()


@cache
def _home() -> Path:
    home = scratch() / "fuzzed" / "reflect"
    shutil.copytree(good().amina, home)
    return home


@cache
def _cells() -> tuple[Cell, ...]:
    """Each column of each table with some of its rows."""
    place = scratch() / "cells.db"
    place.write_bytes(_record())
    db = apsw.Connection(str(place))
    tables = [
        str(name)
        for (name,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        )
        if not str(name).startswith(("sqlite_", "answers", "words"))
    ]
    found = [
        Cell(table, str(column[1]), row)
        for table in tables
        for column in db.execute(f'PRAGMA table_info("{table}")')
        for row in range(min(4, int(db.execute(f'SELECT count(*) FROM "{table}"').get)))
    ]
    db.close()
    return tuple(found)
