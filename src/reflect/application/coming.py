"""What comes next for a mentorship, from its record and the day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.mentorships import usual_pack
from reflect.errors import ReflectError
from reflect.mentorship.cadence import Facts, Step, coming

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.script import Role
    from reflect.transcripts.store import Store

DEBRIEF = "debrief"
PULSE = "pulse"
CONCLUDE = "conclude"
_NOTICED = "silence"

_DUE = (
    "SELECT id, due FROM m_items WHERE mentorship = ? AND kind = 'action' AND open = 1"
    " AND owner IN ('me', 'both', 'none', 'unclear') AND due <> '' AND due <= ?"
    " ORDER BY due, id LIMIT 1"
)


_NOTES = "SELECT COUNT(*) FROM m_notes WHERE mentorship = ? AND opened = 0"


class Coming(NamedTuple):
    """The next step; `promise` is the id of the item that it is about, "" for none.

    `notes` counts what was written back and has opened no session yet.
    """

    step: Step
    promise: str = ""
    notes: int = 0


def looking_back(role: Role) -> str:
    """The pack that looks back on a meeting: a mentor does it with the one they are always asked from."""
    return DEBRIEF if role == "mentee" else usual_pack(role)


def next_step(app: Application, relation: Relation) -> Coming:
    """What comes next for `relation`, today. That a silence was noticed is remembered, so that it is said once."""
    store = app.reading_store
    today = app.now().date()
    last = _day(store, relation.id)
    due = store.rows(_DUE, (relation.id, today.isoformat()))
    said = f"{last or relation.began}"
    notes = int(store.rows(_NOTES, (relation.id,))[0][0])
    facts = Facts(
        today=today,
        began=date.fromisoformat(relation.began),
        state=relation.state,
        meeting=_date(relation.meeting_from(today.isoformat())),
        unnoted=_unnoted(relation, today),
        met=_date(relation.met),
        last=last,
        debriefed=_day(store, relation.id, looking_back(relation.role)),
        pulsed=_day(store, relation.id, PULSE),
        due=_date(due[0][1]) if due else None,
        under_way=store.open_session(relation.id) is not None,
        noticed=store.mark(f"{_NOTICED} {relation.id}") == said,
        notes=notes,
    )
    step = coming(facts)
    if step.kind == "silence":
        # Where nothing can be written it is said again; there is no harm in that.
        with suppress(ReflectError):
            app.store.put_mark(f"{_NOTICED} {relation.id}", said)
    return Coming(step, str(due[0][0]) if due and step.kind == "promise" else "", notes)


def _unnoted(relation: Relation, today: date) -> date | None:
    """The day of a meeting that was set, is over, and was not noted as held."""
    day = _date(relation.check_in)
    return day if day is not None and day < today else None


def _day(store: Store, mentorship: str, pack: str | None = None) -> date | None:
    """The day of the latest session that has ended, of `pack` if one is named."""
    where = "mentorship = ?" + ("" if pack is None else " AND pack = ?")
    query = f"SELECT MAX(day) FROM m_sessions WHERE {where}"
    rows = store.rows(query, (mentorship,) if pack is None else (mentorship, pack))
    return _date(rows[0][0])


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
