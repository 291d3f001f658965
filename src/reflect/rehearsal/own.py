"""What a story comes by of core's own turns: each question that the engine asks, and each way to take it.

They are counted apart from a pack's. Core's own stories reach all of them, and no
other pack's need to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reflect.diagnostics import Place
from reflect.dialogue.keys import MOVE, text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.moving import RULES
from reflect.dialogue.serving import SERVES
from reflect.dialogue.slots import Slot
from reflect.rehearsal.coverage import Missing
from reflect.rehearsal.outcome import Point
from reflect.script import Script

CORE = "core."
A_GOAL = "a goal"
_YES_OR_NO = ("yes", "no")
_YES_NO_TEXTS = ("promise-win", "again")
_TEXTS = (
    "note",
    "promise",
    "promise-due",
    "promise-keeps",
    "promise-smaller",
    "promise-what",
    "promise-win",
    "promise-taught",
    "serves",
    "due",
    "owner",
    "if-then",
    "specific",
    "measurable",
    "time-bound",
    "achievable",
    "relevant",
    "anew",
    "kind-of",
    "again",
    "share",
    "share-words",
)
"""Core's texts that are turns; to move on is one for each rule."""


def own_points(script: Script) -> tuple[Missing, ...]:
    """Every turn of core's own that a conversation of some pack can come by, with every way to take it."""
    place = Place("core")
    points = [(text, part) for text in _TEXTS for part in _parts(text, script)]
    points += [
        (MOVE.removeprefix(CORE) + rule.name, part)
        for rule in RULES
        if f"move-{rule.name}" in script.core
        for part in _YES_OR_NO
    ]
    return tuple(Missing(Point("core", text, part), place) for text, part in points)


def own_reached(dialogue: Dialogue, told: Collection[str]) -> Iterator[Point]:
    """The turns of core's own that `dialogue` has come by; the open one only when its key was `told`."""
    current = dialogue.slot
    for slot in (*dialogue.visible, *([current] if current and current.key in told else [])):
        if slot.role not in ("question", "probe"):
            yield from _taken(slot, dialogue)


def _taken(slot: Slot, dialogue: Dialogue) -> Iterator[Point]:
    """The turn at `slot`, once as it was asked and once as it was taken."""
    name = _name(slot)
    yield Point("core", name)
    reply = dialogue.replies.get(slot.key)
    value = reply.event.value if reply else None
    if isinstance(value, bool):
        yield Point("core", name, _YES_OR_NO[not value])
    elif isinstance(value, str):
        is_goal = any(value == goal.item for goal in dialogue.started.goals)
        yield Point("core", name, A_GOAL if is_goal else value)


def _name(slot: Slot) -> str:
    """What the turn at `slot` is called; "another one?" may be in a pack's words."""
    if slot.role == "again":
        return "again"
    return (slot.key if slot.role == "move" else text_id(slot.key)).removeprefix(CORE)


def _parts(text: str, script: Script) -> tuple[str, ...]:
    """The ways to take the turn `text` besides asking for it; none when core has no such text."""
    found = script.core.get(text)
    if found is None:
        return ()
    if text in _YES_NO_TEXTS:
        return _YES_OR_NO
    goal = (A_GOAL,) if text == SERVES.removeprefix(CORE) else ()
    return (*goal, *(option.id for option in found.options)) or ("",)
