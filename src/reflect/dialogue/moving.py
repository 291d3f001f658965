"""Core's own offer to move the mentorship on, at the end of a session that shows the signs.

The rules are few, each one sentence in core's words, which is said when it is asked and kept
as the reason of a move. A pack's own "moves to" goes first, and a no is left alone for a month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from reflect.dialogue.bearing import is_kept
from reflect.dialogue.given import Given, is_silent
from reflect.dialogue.keys import MOVE, PROMISE, SHARE
from reflect.dialogue.slots import Replies, Slot, core_slot
from reflect.events import SessionStarted, Whereabouts
from reflect.script import Lifecycle, Question, Script, Stage

QUIET_DAYS = 30
"""Days for which the engine does not offer again to move."""
SESSIONS_TOGETHER = 3
"""Sessions of getting to know each other, this one included, before goals are offered."""
PROMISES_KEPT = 2
"""Kept promises, besides an agreed goal, before the work is offered."""

Readings = Mapping[str, tuple[Question, Given]]


class Signs(NamedTuple):
    """What the rules look at: where the mentorship is, and what this session heard."""

    here: Whereabouts
    started: SessionStarted
    replies: Replies
    readings: Readings


class Rule(NamedTuple):
    """From one of `states` to `to` when `shows`; core says why under `move-` and its name."""

    name: str
    states: tuple[Lifecycle, ...]
    to: Lifecycle
    shows: Callable[[Signs], bool]


def _at_ease(signs: Signs) -> bool:
    """The third session, with something answered, and nothing kept from the mentor."""
    answered = [
        question for question, given in signs.readings.values() if given.status == "answered"
    ]
    is_open = bool(answered) and all(question.share != "no" for question in answered)
    kept = any(
        key.startswith(SHARE) and reply.event.value == "keep"
        for key, reply in signs.replies.items()
    )
    return is_open and not kept and signs.here.sessions + 1 >= SESSIONS_TOGETHER


def _agreed(signs: Signs) -> bool:
    """A goal is agreed and two promises were kept."""
    today = sum(
        signs.replies[PROMISE + promise.item].event.value == "kept"
        for promise in signs.started.promises
        if PROMISE + promise.item in signs.replies
    )
    agreed = any(goal.state == "agreed" for goal in signs.started.goals)
    return agreed and signs.here.kept + today >= PROMISES_KEPT


def _reached(signs: Signs) -> bool:
    """A goal was reached, and none is open."""
    return signs.here.reached > 0 and not signs.started.goals and not _new_goal(signs)


def _new_goal(signs: Signs) -> bool:
    """A goal was named in this session."""
    return any(
        question.keep == "goal"
        and given.status == "answered"
        and is_kept("goal", given.event.parts)
        for question, given in signs.readings.values()
    )


RULES = (
    Rule("at-ease", ("start", "rapport"), "goals", _at_ease),
    Rule("agreed", ("goals",), "work", _agreed),
    Rule("reached", ("work", "review"), "maintain", _reached),
    Rule("new-goal", ("review", "conclude", "maintain"), "goals", _new_goal),
)


def moving_slots(
    script: Script, started: SessionStarted, replies: Replies, readings: Readings
) -> Iterator[Slot]:
    """The offer of the first rule that shows; none beside a pack's own question."""
    if not _may_offer(started, readings):
        return
    assert started.whereabouts is not None
    signs = Signs(started.whereabouts, started, replies, readings)
    for rule in RULES:
        if not _is_open(rule, script, started):
            continue
        if rule.shows(signs) or (MOVE + rule.name in replies and _is_forgotten(replies)):
            yield core_slot(MOVE + rule.name, script.core["move"], "move", "yesno", subject="")
            return


def _is_forgotten(replies: Replies) -> bool:
    """Whether an answer was erased, so that what showed cannot be told any more."""
    return any(is_silent(reply.event) and not reply.event.text for reply in replies.values())


def _may_offer(started: SessionStarted, readings: Readings) -> bool:
    here = started.whereabouts
    if here is None or started.role != "mentee":
        return False
    if any(question.moves_to for question, _ in readings.values()):
        return False
    today = date.fromisoformat(started.at[:10])
    return here.asked is None or (today - date.fromisoformat(here.asked)).days > QUIET_DAYS


def _is_open(rule: Rule, script: Script, started: SessionStarted) -> bool:
    """Whether `rule` starts from here, has its words, and leads to a stage that is for something else.

    It may be the stage of this session, where that was chosen by hand.
    """
    assert started.whereabouts is not None
    stage = stage_of(rule.to, script)
    return (
        started.whereabouts.state in rule.states
        and stage is not None
        and started.whereabouts.state not in stage.lifecycle
        and {"move", f"move-{rule.name}"} <= script.core.keys()
    )


def stage_of(state: Lifecycle, script: Script) -> Stage | None:
    """The stage of `script` that serves `state`."""
    return next((stage for stage in script.stages if state in stage.lifecycle), None)


def rule_at(key: str) -> Rule | None:
    """The rule whose offer stands at `key`."""
    name = key.removeprefix(MOVE)
    return next((rule for rule in RULES if key.startswith(MOVE) and rule.name == name), None)
