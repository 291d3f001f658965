"""The journey so far, gathered for one screen: everything but how it is laid out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from reflect.application.both_sides import KEPT, Side, TakenOn, left_alone, taken_on
from reflect.application.carried import Carried, Some, listed, newest
from reflect.events import NotesReceived
from reflect.mentorship.item import STATES, decoded
from reflect.mentorship.staying import Stay, stays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reflect.application.wiring import Application
    from reflect.events import Event
    from reflect.mentorship.notes import KnownNote
    from reflect.mentorship.relation import Relation
    from reflect.script import Keep
    from reflect.transcripts.store import Store

AHEAD = 7
"""Days ahead that count as due."""
WINS = 3

Pillar = Literal["goals and expectations", "check-ins and feedback", "active learning", "network"]
PILLARS: dict[Pillar, tuple[str, ...]] = {
    "goals and expectations": ("goal", "agreement"),
    "check-ins and feedback": ("session", "feedback", "question"),
    "active learning": ("lesson", "kept", "win"),
    "network": ("contact",),
}
"""What speaks for each of the four pillars: kinds of items, sessions, and promises kept."""

ENOUGH = 2
"""So many signs cover a pillar; fewer are thin."""


class Kept(NamedTuple):
    """What became of one's own promises, by number."""

    kept: int
    dropped: int
    open: int


class JourneySoFar(msgspec.Struct, frozen=True):
    """`stays` are where the mentorship was; `due` one's own, within a week; `owed` what the mentor has to do.

    `theirs` is what became of what the person opposite has a part in, `taken_on` who took on how much;
    `left_alone` is the side of life that no goal has been for in a quarter.
    `contacts` and `agreements` count those that are open by their state.
    `sessions` counts those that ended, `last` is the local date of the latest; `note` is what the
    person opposite wrote last.
    """

    relation: Relation
    stays: tuple[Stay, ...]
    goals: Some
    reached: int
    kept: Kept
    theirs: Kept
    taken_on: TakenOn
    wins: tuple[Carried, ...]
    due: Some
    owed: Some
    contacts: dict[str, int]
    agreements: dict[str, int]
    sessions: int
    last: str | None
    left_alone: Side | None = None
    note: KnownNote | None = None


class PillarView(msgspec.Struct, frozen=True):
    """One pillar: how often each sign of it was seen."""

    pillar: Pillar
    seen: dict[str, int]

    @property
    def how(self) -> Literal["covered", "thin", "missing"]:
        """Whether it is covered."""
        total = sum(self.seen.values())
        return "covered" if total >= ENOUGH else "thin" if total else "missing"


def journey(app: Application, relation: Relation, most: int | None = None) -> JourneySoFar:
    """All of it, as it stands today, with at most so many goals and actions. Raises `StoreError`."""
    store, mentorship = app.reading_store, relation.id
    until = (app.now().date() + timedelta(days=AHEAD)).isoformat()
    events = store.events(mentorship, damaged="skip")[0]
    ((sessions, last),) = store.rows(_SESSIONS, {"mentorship": mentorship})
    return JourneySoFar(
        relation=relation,
        stays=stays(events),
        goals=listed(store, mentorship, "goal", most=most),
        reached=_count(store, mentorship, "goal", "reached"),
        kept=_kept(store, mentorship, _KEPT),
        theirs=_kept(store, mentorship, KEPT),
        taken_on=taken_on(store, mentorship),
        left_alone=left_alone(store, relation, app.now().date()),
        wins=newest(store, mentorship, "win", WINS),
        due=listed(store, mentorship, "action", whose="own", until=until, most=most),
        owed=listed(store, mentorship, "action", whose="mentor", most=most),
        contacts=_states(store, mentorship, "contact"),
        agreements=_states(store, mentorship, "agreement"),
        sessions=int(sessions),
        last=str(last) if last else None,
        note=_newest_note(mentorship, events),
    )


def _newest_note(mentorship: str, events: Sequence[Event]) -> KnownNote | None:
    """The latest note with words that was not taken back."""
    if not any(isinstance(event, NotesReceived) for event in events):
        return None
    from reflect.mentorship.notes import known_notes, newest_first

    notes = newest_first(known_notes(mentorship, events))
    return next((one for one in notes if one.note.text and not one.note.withdrawn), None)


def _kept(store: Store, mentorship: str, query: str) -> Kept:
    ((kept, dropped, still_open),) = store.rows(query, {"mentorship": mentorship})
    return Kept(int(kept), int(dropped), int(still_open))


_SESSIONS = (
    "SELECT (SELECT COUNT(*) FROM m_sessions WHERE mentorship = :mentorship),"
    " (SELECT MAX(day) FROM m_sessions WHERE mentorship = :mentorship)"
)
_OWN = "mentorship = :mentorship AND kind = 'action' AND owner NOT IN ('mentor', 'other')"
_KEPT = (
    f"SELECT (SELECT COUNT(*) FROM m_items WHERE {_OWN} AND open = 0 AND state = 'kept'),"
    f" (SELECT COUNT(*) FROM m_items WHERE {_OWN} AND open = 0 AND state = 'dropped'),"
    f" (SELECT COUNT(*) FROM m_items WHERE {_OWN} AND open = 1)"
)


def _count(store: Store, mentorship: str, kind: str, state: str) -> int:
    query = (
        "SELECT COUNT(*) FROM m_items WHERE mentorship = ? AND kind = ? AND open = 0 AND state = ?"
    )
    return int(store.rows(query, (mentorship, kind, state))[0][0])


def _states(store: Store, mentorship: str, kind: Keep) -> dict[str, int]:
    """How many open items of a kind there are in each state, in the order of the states."""
    query = "SELECT state, COUNT(*) FROM m_items WHERE mentorship = ? AND kind = ? AND open = 1 GROUP BY 1"
    found = {str(state): int(count) for state, count in store.rows(query, (mentorship, kind))}
    return {state: found[state] for state in STATES[kind] if state in found}


def pillars(app: Application, relation: Relation, since: str = "") -> tuple[PillarView, ...]:
    """The four pillars, from the ISO date `since` on."""
    seen = _seen(app.reading_store, relation.id, since)
    return tuple(
        PillarView(pillar, {sign: seen[sign] for sign in signs if seen.get(sign)})
        for pillar, signs in PILLARS.items()
    )


def _seen(store: Store, mentorship: str, since: str) -> dict[str, int]:
    """How many items of each kind, sessions and promises kept there are since a day."""
    query = (
        "SELECT i.kind, i.state = 'kept', COUNT(*) FROM m_items i JOIN m_sessions s"
        " ON s.session = i.session WHERE i.mentorship = ? AND s.day >= ? GROUP BY 1, 2"
    )
    seen: dict[str, int] = {}
    for kind, is_kept, count in store.rows(query, (mentorship, since)):
        name = "kept" if is_kept else str(kind)
        seen[name] = seen.get(name, 0) + int(count)
    noted = "SELECT kind, state = 'kept', made FROM m_items WHERE mentorship = ?1 AND session = ?1"
    for kind, is_kept, made in store.rows(noted, (mentorship,)):
        name = "kept" if is_kept else str(kind)
        seen[name] = seen.get(name, 0) + (decoded(made).day >= since)
    sessions = store.rows(
        "SELECT COUNT(*) FROM m_sessions WHERE mentorship = ? AND day >= ?", (mentorship, since)
    )
    return {**seen, "session": int(sessions[0][0])}
