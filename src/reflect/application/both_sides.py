"""What both of the two take on, and whether the work and the person both have their share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from reflect.mentorship.item import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reflect.application.carried import Carried
    from reflect.mentorship.item import Item
    from reflect.mentorship.relation import Relation
    from reflect.transcripts.store import Store

QUARTER = 90
GOALS_READ = 50
"""Among how many of the newest goals it is looked for what has been left alone."""

Side = Literal["personal", "professional"]

_THEIRS = "mentorship = :mentorship AND kind = 'action' AND owner IN ('mentor', 'both')"
KEPT = (
    f"SELECT (SELECT COUNT(*) FROM m_items WHERE {_THEIRS} AND open = 0 AND state = 'kept'),"
    f" (SELECT COUNT(*) FROM m_items WHERE {_THEIRS} AND open = 0 AND state = 'dropped'),"
    f" (SELECT COUNT(*) FROM m_items WHERE {_THEIRS} AND open = 1)"
)
"""Of what the person opposite has a part in: how many were kept, let go, and are open."""
_OWNERS = (
    "SELECT owner, COUNT(*) FROM m_items WHERE mentorship = ? AND kind = 'action'"
    " AND open = {} GROUP BY owner"
)
_SERVED = "SELECT DISTINCT goal FROM m_sessions WHERE mentorship = ? AND goal <> '' AND day >= ?"
_GOALS = (
    "SELECT settled FROM m_items WHERE mentorship = ? AND kind = 'goal' ORDER BY id DESC LIMIT ?"
)


class TakenOn(NamedTuple):
    """How many actions each took on, kept and let go ones among them; those of others are nobody's here."""

    own: int
    theirs: int
    both: int


class Balance(NamedTuple):
    """How often feedback spoke of a strength, of something to improve, and of neither."""

    strengths: int
    improvements: int
    unsaid: int


def taken_on(store: Store, mentorship: str) -> TakenOn:
    """Who took on how much."""
    found: dict[str, int] = {}
    for is_open in (0, 1):
        for owner, count in store.rows(_OWNERS.format(is_open), (mentorship,)):
            found[str(owner)] = found.get(str(owner), 0) + int(count)
    own = sum(found.get(owner, 0) for owner in ("me", "none", "unclear"))
    return TakenOn(own, found.get("mentor", 0), found.get("both", 0))


def left_alone(store: Store, relation: Relation, today: date) -> Side | None:
    """The side of life that no goal has been for in a quarter; None where nobody said what goals are for."""
    since = (today - timedelta(QUARTER)).isoformat()
    rows = store.rows(_GOALS, (relation.id, GOALS_READ))
    goals = [goal for (settled,) in rows if (goal := decoded(settled)).kind_of]
    if not goals or relation.began > since:
        return None
    served = {str(goal) for (goal,) in store.rows(_SERVED, (relation.id, since))}
    seen = {_side(goal) for goal in goals if goal.day >= since or goal.id in served}
    sides: tuple[Side, ...] = ("personal", "professional")
    return next((side for side in sides if side not in seen), None)


def _side(goal: Item) -> Side:
    return "personal" if goal.kind_of == "personal" else "professional"


def balance(feedback: Iterable[Carried]) -> Balance:
    """What the feedback was about."""
    about = [one.about for one in feedback]
    return Balance(*(about.count(one) for one in ("strength", "improvement", "")))
