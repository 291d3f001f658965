"""Whether a session stays short, and does not say the same again too soon."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.diagnostics import Diagnostic
from reflect.packs import codes
from reflect.packs.closure import all_blocks
from reflect.packs.places import Places
from reflect.packs.quality.found import warning
from reflect.script import (
    PHASES,
    Block,
    OneOf,
    Question,
    Repeat,
    Role,
    Script,
    Single,
    Stage,
    questions_of,
)

ENOUGH_WORDINGS = 8
"""Wordings of one question slot, so that none comes again within eight sessions."""

MOST_SHORT, MOST_LONG, MOST_IN_EXERCISE = 5, 9, 12
"""Questions of a short and a long reflection, and of an exercise, that are asked every time."""


def few_wordings(script: Script, places: Places) -> Iterator[Diagnostic]:
    """In a reflection, what is asked every session needs wordings for eight of them."""
    if not script.is_reflection:
        return
    for block in all_blocks(script.stages):
        wordings = _wordings(block)
        if not _every_session(block) or wordings >= ENOUGH_WORDINGS:
            continue
        first = questions_of(block)[0].id
        message = f"`{first}` is asked every session with {_count(wordings, 'wording')}."
        hint = f"Give it {ENOUGH_WORDINGS}, or put several questions into `one of`."
        yield warning(codes.FEW_WORDINGS, places.question(first), message, hint)


def _every_session(block: Block) -> bool:
    if isinstance(block, Single):
        return block.question.when is None and not block.question.deeper
    return block.when is None and not block.deeper


def _wordings(block: Block) -> int:
    """How many sessions can be asked without a wording coming again."""
    if isinstance(block, Repeat):
        return len(block.questions[0].ask)
    return sum(len(question.ask) for question in questions_of(block))


def many_questions(script: Script, places: Places) -> Iterator[Diagnostic]:
    """Stages that ask more every time than their session carries."""
    for stage in script.stages:
        short, long = (
            max(_asked(stage, role, deeper) for role in ("mentee", "mentor"))
            for deeper in (False, True)
        )
        if not script.is_reflection:
            if long > MOST_IN_EXERCISE:
                yield _too_many(stage, long, "session", MOST_IN_EXERCISE, places)
        elif short > MOST_SHORT:
            yield _too_many(stage, short, "short session", MOST_SHORT, places)
        elif long > MOST_LONG:
            yield _too_many(stage, long, "long session", MOST_LONG, places)


def _too_many(stage: Stage, asked: int, what: str, most: int, places: Places) -> Diagnostic:
    message = f"`{stage.id}` asks {_count(asked, 'question')} in every {what}; {most} are the most."
    hint = "Put some into `one of`, give them a `when`, or leave them out."
    if what == "short session":
        hint = "Write `depth: deeper` at some, put them into `one of`, or give them a `when`."
    return warning(codes.MANY_QUESTIONS, places.stage(stage.id), message, hint)


def _asked(stage: Stage, role: Role, deeper: bool) -> int:
    """How many questions `role` is asked whatever is answered, in the first round of a repeat."""
    return sum(_certain(block, role, deeper) for phase in PHASES for block in stage.blocks(phase))


def _certain(block: Block, role: Role, deeper: bool) -> int:
    if isinstance(block, Single):
        return int(_is_certain(block.question, role, deeper))
    if block.when is not None or (block.deeper and not deeper):
        return 0
    sure = sum(_is_certain(question, role, deeper) for question in questions_of(block))
    return min(sure, 1) if isinstance(block, OneOf) else sure


def _is_certain(question: Question, role: Role, deeper: bool) -> bool:
    fits = question.audience in ("both", role) and (deeper or not question.deeper)
    return fits and question.when is None


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
