"""What a proposal may rest on: a few questions to the record, each asked only when a rule comes to it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from reflect.application.coming import next_step
from reflect.events import Answered
from reflect.mentorship.item import CLOSED, decoded
from reflect.mentorship.settling import Step as Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reflect.application.wiring import Application
    from reflect.mentorship.cadence import Step
    from reflect.mentorship.relation import Relation

_OWN = "('me', 'both', 'none', 'unclear')"
_PACK = "SELECT MAX(day) FROM m_sessions WHERE mentorship = ? AND pack = ?"
_ANY = "SELECT MAX(day) FROM m_sessions WHERE mentorship = ?"
_WAITING = (
    "SELECT settled FROM m_items INDEXED BY m_items_open"
    " WHERE mentorship = ? AND kind = 'action' AND open = 1"
    f" AND owner IN {_OWN} AND (due IS NULL OR due <= ?) ORDER BY id LIMIT 1"
)
_SETTLED = (
    "SELECT 1 FROM m_sessions s CROSS JOIN m_checks c ON c.session = s.session"
    " CROSS JOIN m_items i ON i.id = c.item"
    " WHERE s.mentorship = ? AND s.day >= ? AND i.kind = 'action' AND i.open = 0 LIMIT 1"
)
_BY_HAND = (
    "SELECT c.step FROM m_changes c JOIN m_items i ON i.id = c.item"
    " WHERE c.mentorship = ? AND i.kind = ? AND i.open = 0 ORDER BY c.seq DESC"
)
_TASK = (
    "SELECT MIN(i.due) FROM m_sessions s CROSS JOIN m_items i ON i.session = s.session"
    " WHERE s.mentorship = ? AND i.kind = 'action' AND i.open = 1 AND i.due < ? AND s.pack = ?"
)
_A_GOAL = "SELECT 1 FROM m_items WHERE mentorship = ? AND kind = 'goal' AND open = "
_OPEN_GOAL = f"{_A_GOAL}1 LIMIT 1"
_REACHED = f"{_A_GOAL}0 AND state = 'reached' LIMIT 1"
_CONTACTS = "SELECT settled FROM m_items WHERE mentorship = ? AND kind = 'contact' LIMIT 100"


class Grounds:
    """The record of one mentorship, as it stands today."""

    def __init__(self, app: Application, relation: Relation) -> None:
        self._app = app
        self.relation = relation
        self.today = app.now().date()

    @cached_property
    def step(self) -> Step:
        """What comes next."""
        return next_step(self._app, self.relation).step

    @property
    def is_under_way(self) -> bool:
        """Whether the two are at work: neither looking for one another nor done."""
        return self.relation.state in ("rapport", "goals", "work", "review")

    @property
    def age(self) -> int:
        """Days since the record begins."""
        return self._days(self.relation.began)

    @cached_property
    def quiet(self) -> int:
        """Days without a session or a meeting."""
        return self._days(max(self.relation.began, self.relation.met or "", self._one(_ANY) or ""))

    def since(self, pack: str) -> int:
        """Days since the latest session of `pack`, or since the beginning when there was none."""
        return self._days(self._one(_PACK, pack) or self.relation.began)

    def had(self, pack: str, on: str) -> bool:
        """Whether there was a session of `pack` on the ISO date `on` or later."""
        return (self._one(_PACK, pack) or "") >= on

    def settled_within(self, days: int) -> bool:
        """Whether a promise was kept or let go in so many days."""
        since = (self.today - timedelta(days)).isoformat()
        heard = self._rows(_SETTLED, since)
        return bool(heard) or any(one.at[:10] >= since for one in self._closings("action"))

    @cached_property
    def waiting(self) -> int:
        """For how many days the oldest of one's own promises that may be due has been open; 0 for none."""
        rows = self._rows(_WAITING, self.today.isoformat())
        return self._days(decoded(rows[0][0]).day) if rows else 0

    @property
    def last_goal_reached(self) -> str:
        """The day on which the last goal was reached; "" while one is open, or none was."""
        if self._rows(_OPEN_GOAL) or not self._rows(_REACHED):
            return ""
        return max((one.at[:10] for one in self._closings("goal")), default="")

    def task_over(self, pack: str) -> str:
        """The earliest day, now over, of an open action that was made in `pack`; "" for none."""
        return self._one(_TASK, self.today.isoformat(), pack) or ""

    @property
    def contacts(self) -> tuple[str, ...]:
        """Of what kind each of the people on the list is, those who were thanked among them; "" for unknown."""
        return tuple(decoded(settled).kind_of for (settled,) in self._rows(_CONTACTS))

    @property
    def sounded_low(self) -> bool:
        """Whether the last session held something low, and nothing glad."""
        store = self._app.store
        rows = store.sessions(mentorship=self.relation.id, limit=1)
        events = store.events(rows[0].id) if rows else ()
        moods = {event.parts.mood for event in events if isinstance(event, Answered)}
        return "low" in moods and "glad" not in moods

    def _closings(self, kind: str) -> Iterator[Change]:
        """What was closed by hand, the latest first."""
        for (found,) in self._rows(_BY_HAND, kind):
            step = msgspec.msgpack.decode(found, type=Change)
            if step.field == "state" and step.value in CLOSED:
                yield step

    def _days(self, day: str) -> int:
        return (self.today - date.fromisoformat(day[:10])).days

    def _one(self, query: str, *values: str) -> str | None:
        found = self._rows(query, *values)[0][0]
        return str(found) if found else None

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return self._app.reading_store.rows(query, (self.relation.id, *values))
