"""Moving from one lifecycle state to the next by what a session answered."""

from __future__ import annotations

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.moving import rule_at
from reflect.script import Lifecycle


def moved_to(dialogue: Dialogue) -> Lifecycle | None:
    """The state that the last visible yes to a "moves to" question, or to core's own offer, leads to."""
    states = [
        question.moves_to
        for question, given in dialogue.walk.readings.values()
        if question.moves_to and given.value is True
    ]
    offered = _accepted(dialogue)
    rule = rule_at(offered) if offered else None
    return states[-1] if states else rule.to if rule else None


def moved_because(dialogue: Dialogue) -> str:
    """Why core offered the move that was agreed to, in its words; empty for a pack's own question."""
    offered = _accepted(dialogue)
    return dialogue.reason(offered) if offered else ""


def _accepted(dialogue: Dialogue) -> str:
    """The key of core's offer, when the answer is yes."""
    offers = (slot.key for slot in dialogue.visible if slot.role == "move")
    return next((key for key in offers if dialogue.replies[key].event.value is True), "")
