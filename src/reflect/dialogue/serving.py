"""Which goal a session serves: asked in a long session when there are several, else plain.

A short session asks nothing of the kind. There, what becomes an item serves the goal that
its own words name, where they clearly name one of several.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reflect.dialogue.slots import Slot, core_slot
from reflect.events import SessionStarted
from reflect.script import Keep, Option, Script

SERVES = "core.serves"
OF_THE_GOAL = ("goal", "agreement")
"""Kinds of items that serve no goal: they are what others serve."""


def serving_slots(script: Script, started: SessionStarted) -> Iterator[Slot]:
    """The question which goal today is about, where there is a choice and time for it."""
    if not _is_asked(script, started):
        return
    text = script.core["serves"]
    slot = core_slot(SERVES, text, "serves", "choice", subject="")
    # The goals' labels are the mentee's words: they are looked up where they are shown.
    goals = tuple(Option(goal.item, "") for goal in started.goals)
    yield msgspec.structs.replace(slot, options=(*goals, *text.options))


def may_name_goal(script: Script, started: SessionStarted, keep: Keep | None) -> bool:
    """Whether an answer that becomes a `keep` is listened to for the goal it names."""
    serving = keep is not None and keep not in OF_THE_GOAL
    return serving and len(started.goals) > 1 and not _is_asked(script, started)


def _is_asked(script: Script, started: SessionStarted) -> bool:
    return "serves" in script.core and started.length == "long" and len(started.goals) > 1
