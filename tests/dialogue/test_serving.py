"""Which goal a session serves: asked in a long session, heard in the words of a short one."""

from __future__ import annotations

from typing import Any

import msgspec

from reflect.dialogue.machine import Dialogue
from reflect.events import GoalRef, Parts, Ref
from reflect.memory import Memory
from reflect.mentorship.items import items, serves
from reflect.script import Keep

from .scripts import begun, key, question, say, script

GOALS = (GoalRef("S:0", Ref("S", 0, 0, 9)), GoalRef("S:1", Ref("S", 1, 0, 10)))
PAST = {("S", 0): "keep bees", ("S", 1): "plant figs"}
WHAT = Parts(what=(0, 3), due="2026-11-26", due_words=(4, 9), owner="me")  # type: ignore[arg-type]


def session(keep: Keep | None = "action", length: Any = "short", goals: Any = GOALS) -> Dialogue:
    made = script(worked=(question("a", keep=keep, share="yes"),))
    return begun(made, Memory(3, goals=goals), length, PAST)


def heard_goals(dialogue: Dialogue) -> list[tuple[str, str]]:
    assert dialogue.turn
    return [(one.id, one.label) for one in dialogue.turn.expectation.goals]


def ended(named: str, **more: Any) -> Dialogue:
    dialogue = session(**more)
    if dialogue.turn and dialogue.turn.role == "serves":
        say(dialogue, "none", "none")
    say(dialogue, "buy thursday", parts=msgspec.structs.replace(WHAT, serves=named))
    return dialogue


def test_a_short_session_listens_for_the_goals_where_something_is_kept() -> None:
    assert heard_goals(session()) == [("S:0", "keep bees"), ("S:1", "plant figs")]
    for keep in ("goal", "agreement", None):
        assert heard_goals(session(keep)) == []
    assert heard_goals(session(goals=GOALS[:1])) == []


def test_a_long_session_asks_instead() -> None:
    dialogue = session(length="long")
    assert key(dialogue) == "core.serves"
    say(dialogue, "none", "none")
    assert heard_goals(dialogue) == []


def test_an_item_serves_the_goal_that_its_words_name() -> None:
    dialogue = ended("S:1")
    assert serves(dialogue) == ""
    assert [item.goal for item in items(dialogue, "T")] == ["S:1"]
    assert [item.goal for item in items(ended(""), "T")] == [""]


def test_a_goal_that_the_session_does_not_know_is_not_served() -> None:
    assert [item.goal for item in items(ended("S:9"), "T")] == [""]


def test_none_of_these_stays_none() -> None:
    assert [item.goal for item in items(ended("S:1", length="long"), "T")] == [""]


def test_the_only_goal_is_served_whatever_is_said() -> None:
    assert [item.goal for item in items(ended("", goals=GOALS[:1]), "T")] == ["S:0"]
