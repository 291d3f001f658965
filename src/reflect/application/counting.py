"""A mentorship in counts, for a programme that asks for no more: no words, no names, no days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.application.investing import invested
from reflect.mentorship.item import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation

Counts = dict[str, int]
_ITEMS = "SELECT kind, state, COUNT(*) FROM m_items WHERE mentorship = ? GROUP BY kind, state ORDER BY 1, 2"


def counts(app: Application, relations: Iterable[Relation]) -> Counts:
    """How much there was of what in all of `relations` together, by a plain name. Raises `StoreError`."""
    found: Counts = {"mentorships": 0, "sessions": 0, "meetings": 0, "months": 0}
    today = app.now().date()
    for relation in relations:
        took = invested(app, relation)
        year, month = int(relation.began[:4]), int(relation.began[5:7])
        _add(found, "mentorships", 1)
        _add(found, "sessions", took.sessions)
        _add(found, "meetings", took.meetings)
        _add(found, "months", (today.year - year) * 12 + today.month - month)
        for kind, state, count in app.reading_store.rows(_ITEMS, (relation.id,)):
            _add(found, f"{kind}s" if kind != "feedback" else kind, int(count))
            if len(STATES[kind]) > 2:
                _add(found, f"{kind}s {state}", int(count))
    return found


def _add(found: Counts, name: str, count: int) -> None:
    found[name] = found.get(name, 0) + count
