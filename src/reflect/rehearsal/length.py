"""How long a session can become, read off the script: no conversation is played for it."""

from __future__ import annotations

from math import ceil

import msgspec

from reflect.dialogue.promises import FOLLOW_UPS
from reflect.dialogue.start import NOTES_SHOWN, PROMISES_ASKED
from reflect.dialogue.walk import ACTION_NUDGES, GOAL_LONG, GOAL_NUDGES
from reflect.script import (
    PHASES,
    Block,
    Length,
    OneOf,
    Question,
    Repeat,
    Role,
    Script,
    Single,
    Stage,
    questions_of,
)

TEXT_MINUTES = 1.0
"""A question answered in one's own words: a quarter of a minute to think and fifteen words
typed at twenty a minute, which is slow. So five questions make five minutes, and nine with
what follows up on them a quarter of an hour: the two lengths a mentee chooses from."""
PICK_MINUTES = 0.25
"""A number, a day, yes or no, or one of several options."""
_AROUND = NOTES_SHOWN + 3 * PROMISES_ASKED + max(FOLLOW_UPS.values()) + 2
"""Turns of core's own: notes, promises, what follows on them, each with a smaller piece and its day; which goal, and moving on."""
FOLLOW_UP_MINUTES = 0.5
"""A follow-up is read with its subject in mind and answered in half as many words."""


class Extent(msgspec.Struct, frozen=True):
    """How long a session can be.

    `shortest` and `longest` count questions of the pack; the longest asks every one, goes round each
    repeat as often as it may, with a probe on every answer that can have one and all that the engine
    asks of actions and goals. `minutes` is how long that longest session takes, a whole number.
    `turns` is what the longest can ask in all: with follow-ups, open promises, "another one?" and
    what to share.
    """

    shortest: int
    longest: int
    minutes: int
    turns: int


def extent(script: Script, stage: str, length: Length = "long", role: Role | None = None) -> Extent:
    """The extent of a session of `stage` (KeyError when there is none such) at one length.

    `role` is who answers; None: whoever is asked more. An upper bound, found without playing: conditions
    that exclude each other are not weighed.
    """
    roles = (role,) if role else roles_of(script)
    return max(
        (_of_stage(script.stage(stage), length, one) for one in roles), key=lambda one: one.turns
    )


def roles_of(script: Script) -> tuple[Role, ...]:
    """Who answers in this pack."""
    return ("mentee", "mentor") if script.audience == "both" else (script.audience,)


def _of_stage(stage: Stage, length: Length, role: Role) -> Extent:
    blocks = [block for phase in PHASES for block in stage.blocks(phase)]
    reach = _Reach(length, role)
    longest = [asked for block in blocks for asked in reach.most(block)]
    return Extent(
        shortest=sum(map(reach.least, blocks)),
        longest=len(longest),
        minutes=ceil(sum(map(_minutes, longest))),
        turns=_AROUND + sum(map(reach.turns, blocks)),
    )


class _Reach:
    """What blocks ask one person at one length."""

    def __init__(self, length: Length, role: Role) -> None:
        self._length = length
        self._role = role

    def most(self, block: Block) -> tuple[Question, ...]:
        """The questions of `block` as often as they can be asked; of a `one of` the longest member."""
        if not self._opens(block):
            return ()
        fitting = tuple(filter(self._fits, questions_of(block)))
        if isinstance(block, OneOf):
            return tuple(sorted(fitting, key=_minutes)[-1:])
        return fitting * (block.limit if isinstance(block, Repeat) else 1)

    def least(self, block: Block) -> int:
        """How many questions of `block` are asked whatever is answered, and whatever went before."""
        if not self._opens(block):
            return 0
        sure = [q for q in questions_of(block) if self._fits(q) and q.when is None]
        if isinstance(block, Single):
            return len(sure)
        return min(len(sure), 1) if block.when is None else 0

    def turns(self, block: Block) -> int:
        """How many turns `block` makes at most, with what the engine asks because of it."""
        if not self._opens(block):
            return 0
        fitting = [_turns(question) for question in questions_of(block) if self._fits(question)]
        if isinstance(block, Repeat):
            return block.limit * sum(fitting) + block.limit - 1
        return max(fitting, default=0)

    def _opens(self, block: Block) -> bool:
        if isinstance(block, Single):
            return True
        first = not isinstance(block, Repeat) or self._fits(block.questions[0])
        return first and (not block.deeper or self._length == "long")

    def _fits(self, question: Question) -> bool:
        mine = question.audience in ("both", self._role)
        return mine and (not question.deeper or self._length == "long")


def _follow_ups(question: Question) -> int:
    """How often the engine may come back to one answer."""
    if question.is_text and question.keep == "action":
        return ACTION_NUDGES
    if question.is_text and question.keep == "goal":
        return GOAL_NUDGES
    return 1 if question.probes else 0


def _turns(question: Question) -> int:
    """The turns of one question: with follow-ups, and with what is asked before it is shared."""
    rounding = len(GOAL_LONG) if question.is_text and question.keep == "goal" else 0
    return 1 + _follow_ups(question) + rounding + 2 * (question.share == "at the end")


def _minutes(question: Question) -> float:
    own = TEXT_MINUTES if question.is_text else PICK_MINUTES
    return own + _follow_ups(question) * FOLLOW_UP_MINUTES
