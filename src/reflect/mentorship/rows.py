"""Rows of a query, with columns that their reader knows the types of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import apsw


def rows(db: apsw.Connection, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows of `query`."""
    found: list[tuple[Any, ...]] = db.execute(query, values).fetchall()
    return found


def first(
    db: apsw.Connection, query: str, values: tuple[object, ...] = ()
) -> tuple[Any, ...] | None:
    """The first row of `query`, or None."""
    found = rows(db, query, values)
    return found[0] if found else None
