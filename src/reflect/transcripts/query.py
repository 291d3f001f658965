"""Reading rows: SQLite decides their types, so that every caller states what it expects."""

from __future__ import annotations

from typing import Any

import apsw

Bindings = tuple[Any, ...] | dict[str, Any]


def fetch_all(db: apsw.Connection, sql: str, bindings: Bindings = ()) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    return db.execute(sql, bindings).fetchall()


def fetch_one(db: apsw.Connection, sql: str, bindings: Bindings = ()) -> tuple[Any, ...] | None:
    """The first row of a statement, if there is one."""
    return db.execute(sql, bindings).fetchone()
