"""Which goal a session serves: asked in a long session when there are several, else plain."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reflect.dialogue.slots import Slot, core_slot
from reflect.events import SessionStarted
from reflect.script import Option, Script

SERVES = "core.serves"


def serving_slots(script: Script, started: SessionStarted) -> Iterator[Slot]:
    """The question which goal today is about, where there is a choice and time for it."""
    text = script.core.get("serves")
    if text is None or started.length != "long" or len(started.goals) < 2:
        return
    slot = core_slot(SERVES, text, "serves", "choice", subject="")
    # The goals' labels are the mentee's words: they are looked up where they are shown.
    goals = tuple(Option(goal.item, "") for goal in started.goals)
    yield msgspec.structs.replace(slot, options=(*goals, *text.options))
