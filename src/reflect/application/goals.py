"""A goal with everything that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.application.carried import Carried, carried
from reflect.application.item_history import Became, history

if TYPE_CHECKING:
    from reflect.transcripts.store import Store


class Sitting(NamedTuple):
    """A session that served a goal."""

    session: str
    day: str
    stage: str


class Goal(NamedTuple):
    """`became` is its history; the sessions that served it, oldest first; what was made in them."""

    item: Carried
    became: tuple[Became, ...]
    sessions: tuple[Sitting, ...]
    actions: tuple[Carried, ...]
    wins: tuple[Carried, ...]


def goal(store: Store, mentorship: str, item: Carried) -> Goal:
    """`item`, a goal of `mentorship`, with all of it."""
    query = "SELECT session, day, stage FROM m_sessions WHERE mentorship = ? AND goal = ? ORDER BY session"
    return Goal(
        item,
        history(store, mentorship, item.id),
        tuple(Sitting(*map(str, row)) for row in store.rows(query, (mentorship, item.id))),
        carried(store, mentorship, "action", closed=True, goal=item.id),
        carried(store, mentorship, "win", closed=True, goal=item.id),
    )


def served(store: Store, mentorship: str) -> dict[str, int]:
    """How many sessions served each goal, by its id."""
    query = (
        "SELECT goal, COUNT(*) FROM m_sessions WHERE mentorship = ? AND goal <> '' GROUP BY goal"
    )
    return {str(item): int(count) for item, count in store.rows(query, (mentorship,))}
