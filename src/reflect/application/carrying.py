"""Answers carried over to another script: what was said to a question is heard anew where it is still asked.

Answers find their questions by key, an id that was renamed by its new name. Each
keeps its own time, so that "by Friday" stays the Friday it meant. What is no longer asked,
or cannot be an answer any more, is set aside: it stays where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from reflect.dialogue.keys import question_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.turn import Turn
from reflect.dialogue.wording import Past
from reflect.events import (
    Answered,
    Expectation,
    Kept,
    Reopened,
    Said,
    SessionEvent,
    SessionStarted,
    Status,
)
from reflect.script import OneOf, Script

Hear = Callable[[str, Expectation, datetime], Said]


class Carried(NamedTuple):
    """What can follow the start of a session on the new script, and the keys of answers by what became of them.

    `new` are questions of the pack that come before the place where the session stood and were
    not asked then.
    """

    events: tuple[SessionEvent, ...]
    kept: tuple[str, ...]
    new: tuple[str, ...]
    aside: tuple[str, ...]


def carry(
    old: Dialogue, started: SessionStarted, script: Script, past: Past, hear: Hear
) -> Carried:
    """The answers of `old` in a session of `script` that begins with `started`.

    Questions that `old` did not come by are passed over on the way, and left open.
    """
    waiting = _by_new_names(old, script.renamed)
    there = len([key for key, reply in waiting.items() if reply.status != "removed"])
    removed = tuple(event for event in waiting.values() if event.status == "removed")
    trial = Dialogue(script, [started, *removed], past)
    events: list[SessionEvent] = list(removed)
    kept: list[str] = []
    new: list[str] = []
    while (turn := trial.turn) is not None and len(kept) < there:
        before = waiting.get(turn.key)
        event = _again(before, trial, turn, hear) if before else None
        if event is None:
            new += [turn.key] if turn.role == "question" else []
            event = _passed(turn, started)
        else:
            kept.append(turn.key)
            events.append(event)
        trial.apply(event)
    drafts = [key for key in kept if old.replies.get(key) and old.replies[key].draft]
    events.extend(Reopened(key) for key in drafts)
    aside = [key for key, event in waiting.items() if key not in kept and event.text]
    return Carried(tuple(events), tuple(kept), _before_the_last(new, kept, trial), tuple(aside))


def start_over(old: SessionStarted, fresh: SessionStarted, script: Script) -> SessionStarted:
    """`fresh`, the start of a session of `script`, with what `old` had settled and `script` still has."""
    members = {
        block.id: {member.id for member in block.members}
        for stage in script.stages
        for phase in (stage.opening, stage.worked, stage.adjust, stage.next, stage.closing)
        for block in phase
        if isinstance(block, OneOf)
    }
    picks = {
        group: script.renamed.get(pick, pick)
        for group, pick in old.picks.items()
        if script.renamed.get(pick, pick) in members.get(group, ())
    }
    return msgspec.structs.replace(
        fresh,
        at=old.at,
        picks={**fresh.picks, **picks},
        promises=old.promises,
        waiting=old.waiting,
        goals=old.goals,
        notes=old.notes,
        whereabouts=old.whereabouts,
    )


def _by_new_names(old: Dialogue, renamed: Mapping[str, str]) -> dict[str, Answered]:
    """The latest answer at every key, under the name its question has now."""
    found: dict[str, Answered] = {}
    for key, reply in old.replies.items():
        name = question_id(key)
        new = renamed.get(name, name) + key.removeprefix(name)
        found[new] = msgspec.structs.replace(reply.event, key=new)
    return found


def _again(before: Answered, trial: Dialogue, turn: Turn, hear: Hear) -> Answered | None:
    """The answer `before`, given to `turn`; None when it is no answer there."""
    at = datetime.fromisoformat(before.at)
    if before.status != "answered":
        event = trial.skip(at)
        return event if isinstance(event, Answered) else None
    # Words that meant the next meeting mean the one that was next then.
    expected = msgspec.structs.replace(turn.expectation, meeting=before.parts.due or "")
    said = hear(_typed(before, turn), expected, at)
    given = trial.hear(said, at)
    if isinstance(given, Kept) or not isinstance(given, Answered):
        return None
    # The author's own labels and numbers may have changed; what was typed has not.
    return msgspec.structs.replace(given, text=before.text or given.text)


def _typed(before: Answered, turn: Turn) -> str:
    """What to hear: a choice by the id it meant, since its number may have moved."""
    ids = {option.id for option in turn.expectation.options}
    if isinstance(before.value, str) and before.value in ids and before.value != "other":
        return before.value
    if isinstance(before.value, tuple) and set(before.value) <= ids:
        return ", ".join(before.value)
    return before.text


def _passed(turn: Turn, started: SessionStarted) -> Answered:
    """A question left for later."""
    status: Status = "skipped" if turn.role == "question" else "declined"
    return Answered(key=turn.key, at=started.at, status=status)


def _before_the_last(new: list[str], kept: list[str], trial: Dialogue) -> tuple[str, ...]:
    """Those of `new` that stand before the last answer that was kept."""
    order = [slot.key for slot in trial.visible]
    last = max((order.index(key) for key in kept if key in order), default=-1)
    return tuple(key for key in new if key in order[:last])
