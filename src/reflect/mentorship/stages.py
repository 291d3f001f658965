"""Moving from one lifecycle state to the next by what a session answered."""

from __future__ import annotations

from reflect.dialogue.machine import Dialogue
from reflect.script import Lifecycle


def moved_to(dialogue: Dialogue) -> Lifecycle | None:
    """The state that the last visible yes to a "moves to" question leads to; None without one."""
    states = [
        question.moves_to
        for question, given in dialogue.walk.readings.values()
        if question.moves_to and given.value is True
    ]
    return states[-1] if states else None
