"""What an offer to move on depends on, and what a greeting may tell: a few rows of the projection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from reflect.events import Ref, Whereabouts
from reflect.mentorship.item import decoded
from reflect.mentorship.relation import Relation

Rows = Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]
"""Answers a SELECT over the projection's tables."""

COUNTED = 3
"""Up to so many are counted: no rule asks for more."""


class Lately(NamedTuple):
    """The promise that the last session heard was kept, and the newest open goal; None where there is none."""

    kept: Ref | None = None
    goal: Ref | None = None


def whereabouts(rows: Rows, relation: Relation, stage: str) -> Whereabouts:
    """Where `relation` is, for a session of the pack's stage `stage`."""
    return Whereabouts(
        state=relation.state,
        sessions=_sessions(rows, relation, stage),
        kept=_kept(rows, relation),
        reached=_reached(rows, relation),
        asked=_asked(rows, relation),
    )


def _sessions(rows: Rows, relation: Relation, stage: str) -> int:
    query = (
        "SELECT 1 FROM m_sessions WHERE mentorship = ? AND stage = ? AND how = 'completed'"
        " AND day >= ? LIMIT ?"
    )
    return len(rows(query, (relation.id, stage, relation.since, COUNTED)))


def _kept(rows: Rows, relation: Relation) -> int:
    """Kept actions that were made since the state was entered."""
    query = (
        "SELECT 1 FROM m_items WHERE mentorship = ? AND kind = 'action' AND open = 0"
        " AND state = 'kept' AND id >= (SELECT session FROM m_sessions"
        " WHERE mentorship = ? AND day >= ? ORDER BY day, session LIMIT 1) LIMIT ?"
    )
    return len(rows(query, (relation.id, relation.id, relation.since, COUNTED)))


def _reached(rows: Rows, relation: Relation) -> int:
    query = (
        "SELECT 1 FROM m_items WHERE mentorship = ? AND kind = 'goal' AND open = 0"
        " AND state = 'reached' LIMIT ?"
    )
    return len(rows(query, (relation.id, COUNTED)))


def _asked(rows: Rows, relation: Relation) -> str | None:
    """The day of the latest session that offered to move."""
    query = (
        "SELECT day FROM m_sessions WHERE session = (SELECT MAX(session) FROM m_used"
        " WHERE mentorship = ? AND pack = 'core' AND text = 'core.move')"
    )
    found = rows(query, (relation.id,))
    return str(found[0][0]) if found else None


def lately(rows: Rows, mentorship: str) -> Lately:
    """What the greeting of `mentorship` may tell."""
    kept = (
        "SELECT settled FROM m_items WHERE state = 'kept' AND id IN (SELECT item FROM m_checks"
        " WHERE session = (SELECT MAX(session) FROM m_sessions WHERE mentorship = ?)) LIMIT 1"
    )
    goal = (
        "SELECT settled FROM m_items WHERE mentorship = ? AND kind = 'goal' AND open = 1"
        " ORDER BY id DESC LIMIT 1"
    )
    return Lately(_text(rows(kept, (mentorship,))), _text(rows(goal, (mentorship,))))


def _text(found: list[tuple[Any, ...]]) -> Ref | None:
    return decoded(found[0][0]).text if found else None
