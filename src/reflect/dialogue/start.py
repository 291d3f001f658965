"""The start of a session: the one place where memory and the clock are read.

Which wording, which member of a group, which promises, what was answered last
time: all is decided here and written down in `SessionStarted`, so that nothing
that follows depends on anything but the answers.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from reflect.dialogue.given import holds
from reflect.dialogue.keys import AGAIN
from reflect.events import SessionStarted, Tally
from reflect.memory import Memory
from reflect.script import (
    PHASES,
    Block,
    Length,
    OneOf,
    Question,
    Repeat,
    Role,
    Script,
    Stage,
    questions_of,
)

PROMISES_ASKED = 3
"""Open promises that one session asks about at most; the others wait in one line."""

NOTES_SHOWN = 3
"""Notes that one session opens with at most; the others open the next."""

TIMES_SHOWN = 3
"""How often the line on how to answer stands under a question before it fades."""
FORGOTTEN_AFTER = 60
"""Days without a session after which it comes back."""


def start(
    script: Script,
    memory: Memory,
    now: datetime,
    *,
    mentorship: str,
    digest: str,
    stage: str,
    length: Length,
    mentee: str,
    mentor: str,
    role: Role = "mentee",
) -> SessionStarted:
    """Begin a session of `script` at `stage` (KeyError when it has none such).

    `now` is local time with its offset; `digest` names the script in the store.
    """
    place = script.stage(stage)
    started = SessionStarted(
        mentorship=mentorship,
        digest=digest,
        pack=script.pack,
        stage=stage,
        language=script.language,
        length=length,
        at=now.isoformat(timespec="seconds"),
        mentee=mentee,
        mentor=mentor,
        role=role,
        wordings=_wordings(script, place, memory),
        promises=memory.promises[:PROMISES_ASKED],
        waiting=max(0, len(memory.promises) - PROMISES_ASKED),
        last=dict(memory.last),
        goals=memory.goals,
        notes=memory.notes[:NOTES_SHOWN],
        faded=_faded(script, place, memory, now),
        whereabouts=memory.whereabouts,
        journey=Tally(memory.sessions, _days_since(memory, now), dict(memory.items)),
    )
    return msgspec.structs.replace(started, picks=_picks(place, memory, started))


def _days_since(memory: Memory, now: datetime) -> int | None:
    """Whole days since the last session; a clock that went back counts as none."""
    if memory.last_day is None:
        return None
    return max(0, (now.date() - date.fromisoformat(memory.last_day)).days)


def _wordings(script: Script, stage: Stage, memory: Memory) -> dict[str, int]:
    """The wording said longest ago for every text that has several; 0 is left out."""
    counts = {f"core.{name}": len(text.ask) for name, text in script.core.items()}
    for phase in PHASES:
        for block in stage.blocks(phase):
            counts.update(_counts(block))
    used = memory.used
    chosen = {text: _longest_ago(used[text], n) for text, n in counts.items() if text in used}
    return {text: wording for text, wording in chosen.items() if wording}


def _counts(block: Block) -> dict[str, int]:
    counts = {}
    if isinstance(block, Repeat):
        counts[block.id + AGAIN] = len(block.again)
    for question in questions_of(block):
        counts[question.id] = len(question.ask)
        for probe in question.probes:
            counts[f"{question.id}/?{probe.id}"] = len(probe.ask)
    return counts


def _longest_ago(used: dict[int, int], count: int) -> int:
    return min(range(count), key=lambda wording: used.get(wording, 0), default=0)


def _faded(script: Script, stage: Stage, memory: Memory, now: datetime) -> tuple[str, ...]:
    """The texts whose line on how to answer is known by now: said three times, at this stage, of late.

    A text is never said twice in the same words before all its wordings were used, so
    wordings that were used count the times. A member of a group counts with the others, once
    it was asked itself.
    """
    days = _days_since(memory, now)
    if days is None or days > FORGOTTEN_AFTER or memory.last_stage != stage.id:
        return ()
    said = {text: len(wordings) for text, wordings in memory.used.items()}
    known = [f"core.{name}" for name, text in script.core.items() if text.how]
    faded = [text for text in known if said.get(text, 0) >= TIMES_SHOWN]
    for block in (block for phase in PHASES for block in stage.blocks(phase)):
        asked = [question.id for question in questions_of(block) if question.how]
        together = sum(said.get(name, 0) for name in asked) if isinstance(block, OneOf) else 0
        faded += [
            name for name in asked if said.get(name, 0) and max(together, said[name]) >= TIMES_SHOWN
        ]
    return tuple(faded)


def _picks(stage: Stage, memory: Memory, started: SessionStarted) -> dict[str, str]:
    """The member asked longest ago, of those that are for this person, this length and this journey."""
    picks = {}
    for phase in PHASES:
        for block in stage.blocks(phase):
            if isinstance(block, OneOf):
                fitting = [one for one in block.members if _fits(one, started)]
                if fitting:
                    picks[block.id] = min(fitting, key=lambda one: memory.asked.get(one.id, 0)).id
    return picks


def _fits(question: Question, started: SessionStarted) -> bool:
    if question.deeper and started.length == "short":
        return False
    return question.audience in ("both", started.role) and holds(question.when, {}, started)
