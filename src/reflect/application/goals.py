"""A goal with everything that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reflect.application.carried import Carried, carried
from reflect.events import Answered

if TYPE_CHECKING:
    from reflect.application.item_history import Became
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
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
    from reflect.application.item_history import history

    query = "SELECT session, day, stage FROM m_sessions WHERE mentorship = ? AND goal = ? ORDER BY session"
    return Goal(
        item,
        history(store, mentorship, item.id),
        tuple(Sitting(*map(str, row)) for row in store.rows(query, (mentorship, item.id))),
        carried(store, mentorship, "action", closed=True, goal=item.id),
        carried(store, mentorship, "win", closed=True, goal=item.id),
    )


Lacking = tuple[Literal["measure", "day"], ...]
"""What cannot be heard in a goal: an amount or something anybody can check, and by when."""


def lacking(app: Application, relation: Relation, item: Carried) -> Lacking:
    """What two people would miss in `item`, a goal, to see together that it is reached.

    What was said about it in its session counts as well as its words.
    """
    from reflect.events import Expectation

    parts = app.ear(relation.language).hear(item.text, Expectation(wants="goal"), app.now()).parts
    is_measured = "m" in parts.letters or _was_measured(app.reading_store, item)
    is_dated = "t" in parts.letters or bool(item.due or item.due_words)
    missing: list[Literal["measure", "day"]] = [] if is_measured else ["measure"]
    return tuple(missing if is_dated else [*missing, "day"])


def _was_measured(store: Store, item: Carried) -> bool:
    """Whether its session was told how one will see that it is reached."""
    key = f"{item.id.partition(':')[2]}/measurable"
    events = store.events(item.session, damaged="skip")[0] if item.session else ()
    said = [one for one in events if isinstance(one, Answered) and one.key == key]
    return bool(said) and said[-1].status == "answered" and bool(said[-1].text)


def served(store: Store, mentorship: str) -> dict[str, int]:
    """How many sessions served each goal, by its id."""
    query = (
        "SELECT goal, COUNT(*) FROM m_sessions WHERE mentorship = ? AND goal <> '' GROUP BY goal"
    )
    return {str(item): int(count) for item, count in store.rows(query, (mentorship,))}
