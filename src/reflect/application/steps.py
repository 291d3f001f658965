"""The steps of a goal: its actions in the order they are to be taken, and how that order came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.carried import Carried, carried
from reflect.application.noting import note
from reflect.events import ItemChanged, ItemNoted
from reflect.mentorship.standing import standing

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.transcripts.store import Store

ENOUGH = 3
"""A plan with so many steps stands by itself; where there are fewer, it offers beginnings."""
BEGINNINGS = (
    ("reading", "Something to read or to learn:"),
    ("meeting", "Somebody to talk to, or to watch:"),
    ("practice", "Something to try out, small:"),
)
"""What a step may be, by its kind."""


class Reordered(NamedTuple):
    """On the local date `day`, the step with those words came to another place; `was` is 0 for none."""

    day: str
    text: str
    was: int
    now: int
    reason: str
    because: str


def steps(store: Store, mentorship: str, goal: str) -> tuple[Carried, ...]:
    """The actions that serve `goal`, in their order; those without a place behind, the earliest day first."""
    found = carried(store, mentorship, "action", closed=True, goal=goal)
    return in_order(one for one in found if one.state != "dropped")


def in_order(actions: Iterable[Carried]) -> tuple[Carried, ...]:
    """`actions` by their places; those without one stay behind, as they were."""
    return tuple(sorted(actions, key=lambda one: (one.place == 0, one.place)))


def beginnings(known: Sequence[Carried]) -> tuple[str, ...]:
    """What could be further steps of a plan that has those: of kinds that it has none of."""
    kinds = {one.kind_of for one in known}
    free = [text for kind, text in BEGINNINGS if kind not in kinds]
    return tuple(free[: max(0, ENOUGH - len(known))])


def move(
    app: Application,
    relation: Relation,
    item: Carried,
    to: int,
    reason: str = "",
    because: str = "",
) -> tuple[Carried, ...]:
    """Put `item` at place `to` among the steps of its goal; all of it is taken back together. Gives the steps."""
    known = steps(app.store, relation.id, item.goal)
    others = [one for one in known if one.id != item.id]
    before = max(0, min(to - 1, len(others)))
    wanted = [*others[:before], item, *others[before:]]
    places = {one.id: place for place, one in enumerate(wanted, 1) if one.place != place}
    # The step that was moved stands first, with the reason: the others only make room.
    first = [item.id] if item.id in places else []
    order = [*first, *(one for one in places if one != item.id)]
    at = app.now().isoformat(timespec="milliseconds")
    events = [
        ItemChanged(at, one, "place", str(places[one]), *((reason, because) if not number else ()))
        for number, one in enumerate(order)
    ]
    if events:
        note(app, relation.id, *events)
    return steps(app.store, relation.id, item.goal)


def reordered(store: Store, mentorship: str, known: Sequence[Carried]) -> tuple[Reordered, ...]:
    """How the order of `known` was changed by hand, oldest first: the step that was moved, each time."""
    words = {one.id: one.text for one in known}
    journey = standing(store.events(mentorship, damaged="skip")[0])
    noted = {(event.at, event.item) for event in journey if isinstance(event, ItemNoted)}
    places: dict[str, int] = {}
    found, last = [], ""
    for event in journey:
        if not isinstance(event, ItemChanged) or event.field != "place" or event.item not in words:
            continue
        was, now = places.get(event.item, 0), int(event.value or 0)
        places[event.item] = now
        if event.at != last and (event.at, event.item) not in noted:
            told = (event.at[:10], words[event.item], was, now, event.reason, event.because)
            found.append(Reordered(*told))
        last = event.at
    return tuple(found)
