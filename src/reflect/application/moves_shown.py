"""Since when a mentorship was where, as far as the person opposite may know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reflect.dialogue.keys import MOVE
from reflect.errors import ReflectError
from reflect.events import Event, MentorshipBegan, StageMoved

if TYPE_CHECKING:
    from reflect.application.openness import Openness
    from reflect.script import Keep, Lifecycle
    from reflect.sharing.closure import Sitting

_READ_THE_JOURNEY: tuple[Keep, ...] = ("goal", "action")
"""Kinds of items that the engine's own offers count, all but that of getting to know each other."""
_AT_EASE = MOVE + "at-ease"


def moves_shown(journey: Iterable[Event], openness: Openness) -> list[tuple[str, Lifecycle]]:
    """Each local ISO date and the state that was entered on it, oldest first; at least one.

    Of several moves on one day only the last is told. A move by an answer counts when
    that answer may leave; one that the engine offered, when nothing it looked at is private.
    """
    found: dict[str, Lifecycle] = {}
    for day, state in _moves(journey, openness):
        found.pop(day, None)
        found[day] = state
    told: list[tuple[str, Lifecycle]] = []
    for day, state in found.items():
        if not told or told[-1][1] != state:
            told.append((day, state))
    return told


def _moves(journey: Iterable[Event], openness: Openness) -> Iterator[tuple[str, Lifecycle]]:
    for event in journey:
        if isinstance(event, MentorshipBegan):
            yield event.at[:10], "rapport"
        elif isinstance(event, StageMoved):
            state = _by_an_answer(event, openness) if event.session else event.state
            if state is not None:
                yield event.at[:10], state


def _by_an_answer(event: StageMoved, openness: Openness) -> Lifecycle | None:
    """Where the session of `event` moved to by what of it may leave."""
    try:
        sitting = openness.sitting(event.session)
    except ReflectError:
        return None
    asked = [one for one in sitting.dialogue.walk.readings.values() if one[0].moves_to]
    for question, given in reversed(asked):
        if given.value is True and sitting.open.get(given.key) == "yes":
            return question.moves_to
    return event.state if not asked and _was_offered_openly(sitting, openness) else None


def _was_offered_openly(sitting: Sitting, openness: Openness) -> bool:
    """Whether the engine's offer tells nothing that is withheld."""
    offers = [one.key for one in sitting.entries if one.role == "move"]
    if not offers:
        return False
    if offers[-1] == _AT_EASE:
        # It does not look at promises, so it tells nothing of one that is private.
        return not sitting.hides_any(earlier=False)
    return not sitting.hides_any() and all(
        openness.holding(kind, sitting.id) == "yes" for kind in _READ_THE_JOURNEY
    )
