"""An item as it stands: what its session made of it, then every later change in order.

A later session's check and a change by hand count alike: the later one stands. Each of the
two kinds keeps its own order (sessions by id, changes by position); the local times
written beside them say how the two lie with one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from typing import NamedTuple, Protocol, TypeVar

from msgspec.structs import replace

from reflect.events import ItemChanged, Ref
from reflect.mentorship.item import ABOUT, KINDS, STATES, Check, Item

OWNERS = ("me", "mentor", "both", "other")
LINES = ("milestone", "progress")
"""Fields of a goal of which each new value is a further line."""
NAMED = ("due_words", "instead", "giver", "will", "skill")
DAYS = ("happened", "given", "seen")
OTHERS = ("goal", "contact")
"""Fields whose value is another item."""
WORDS = ("text", *NAMED, *LINES)
"""Fields whose value is the mentee's own words."""
FIELDS = ("state", "due", "owner", "kind_of", "about", "place", *OTHERS, *DAYS, *WORDS)


class Step(NamedTuple):
    """One change of one field at local time `at`; `ref` is where the words of it stand."""

    at: str
    field: str
    value: str
    ref: Ref | None = None


def settled(item: Item, steps: Iterable[Step]) -> Item:
    """`item` after `steps`; what is no value of its field changes nothing."""
    return reduce(_after, steps, item)


def in_order(checks: Iterable[Check], by_hand: Iterable[Step]) -> list[Step]:
    """The steps of checks (by session) and of changes (by position) in one order."""
    return merged(_steps(checks), by_hand)


class Dated(Protocol):
    """Something that happened at a local time."""

    @property
    def at(self) -> str:
        """ISO 8601 with offset."""


D = TypeVar("D", bound=Dated)


def merged(heard: Iterable[D], changed: Iterable[D]) -> list[D]:
    """What sessions heard and what was changed by hand, each in its own order, as one sequence."""
    first = [(moment, 0, one) for moment, one in _timed(heard)]
    second = [(moment, 1, one) for moment, one in _timed(changed)]
    return [one for _, _, one in sorted([*first, *second], key=lambda one: one[:2])]


def by_hand(event: ItemChanged, place: Ref) -> Step:
    """The step that `event`, which stands at `place`, is; its words stay where they are."""
    if event.field in WORDS:
        return Step(event.at, event.field, "", place if event.value else None)
    return Step(event.at, event.field, event.value if _is_plain(event) else "")


def _is_plain(event: ItemChanged) -> bool:
    """Whether the value is one of those that are known: what else somebody wrote is not copied."""
    if event.field in ("due", *DAYS):
        return is_day(event.value)
    if event.field in OTHERS:
        return _is_id(event.value)
    if event.field == "place":
        return is_place(event.value)
    values = (*STATES.values(), *KINDS.values(), OWNERS, ABOUT)
    return any(event.value in known for known in values)


def _is_id(value: str) -> bool:
    session, colon, _ = value.partition(":")
    return bool(colon) and session.isalnum()


def _steps(checks: Iterable[Check]) -> Iterable[Step]:
    for check in checks:
        yield Step(check.at, "state", check.outcome)
        if check.text is not None:
            yield Step(check.at, "text", "", check.text)
        if check.due is not None or check.due_words is not None:
            yield Step(check.at, "due", check.due or "")
            yield Step(check.at, "due_words", "", check.due_words)


def _timed(steps: Iterable[D]) -> Iterable[tuple[float, D]]:
    """Each step with a time that never goes back, whatever the clock did."""
    latest = float("-inf")
    for step in steps:
        latest = max(latest, _instant(step.at))
        yield latest, step


def _instant(at: str) -> float:
    try:
        moment = datetime.fromisoformat(at)
        return moment.timestamp() if moment.tzinfo else float("-inf")
    except (ValueError, OverflowError, OSError):
        return float("-inf")


def is_day(value: str) -> bool:
    """Whether `value` is an ISO date."""
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_place(value: str) -> bool:
    """Whether `value` is a place among the steps of a goal: 0 for none, else counted from 1."""
    return value.isascii() and value.isdecimal() and len(value) <= 4


# --- one step --------------------------------------------------------------------------


def _after(item: Item, step: Step) -> Item:
    field, value, ref = step.field, step.value, step.ref
    if field == "state":
        return _moved(item, value)
    if field == "text" and ref is not None:
        return replace(item, text=ref, state=_in_other_words(item))
    if field == "due" and (not value or is_day(value)):
        return replace(item, due=value or None, due_words=None)
    if field in NAMED or (field == "milestone" and item.kind == "feedback"):
        return replace(item, **{field: ref})
    return _marked(item, field, value)


def _marked(item: Item, field: str, value: str) -> Item:
    """`item` with one of the plain values that say more of it."""
    if field == "owner" and value in OWNERS:
        return replace(item, owner=value)
    if field == "goal" and item.kind != "goal":
        return replace(item, goal=value)
    if field == "contact" and item.kind != "contact":
        return replace(item, contact=value)
    if field == "kind_of" and value in KINDS.get(item.kind, ()):
        return replace(item, kind_of=value)
    if field == "about" and value in ABOUT:
        return replace(item, about=value)
    if field == "place" and is_place(value):
        return replace(item, place=int(value))
    if field in DAYS and is_day(value):
        return replace(item, **{field: value})
    return item


def _in_other_words(item: Item) -> str:
    """The state of an item that is put in other words: what both agreed to was not these."""
    if item.state != "agreed":
        return item.state
    return "revised" if item.kind == "goal" else "proposed"


def _moved(item: Item, state: str) -> Item:
    if state == "not-yet":
        return replace(item, state=STATES[item.kind][0], not_yet=item.not_yet + 1)
    if state in (*STATES[item.kind], "open"):
        return replace(item, state=state, not_yet=0)
    return item
