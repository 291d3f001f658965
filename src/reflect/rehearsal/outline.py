"""Where each condition of a stage stands, and what its answers are read by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reflect.script import (
    PHASES,
    Block,
    Compare,
    Condition,
    DaysSince,
    Hears,
    Journey,
    OneOf,
    Question,
    Repeat,
    Script,
    Single,
    Stage,
    Test,
    questions_of,
)

SESSIONS = "sessions"
DAYS = "days"
ITEMS = "items."
LAST = "last."
PICK = "pick."


class Spot(NamedTuple):
    """A question, the block it stands in, and its number in the order of the stage."""

    question: Question
    block: Block
    order: int


class Outline:
    """The questions of one stage by id; the `blocks` by the id of their group, or their question's."""

    def __init__(self, script: Script, stage: Stage) -> None:
        self.script = script
        self.stage = stage
        self.spots: dict[str, Spot] = {}
        self.blocks: dict[str, Block] = {}
        self.every = {q.id: q for each in script.stages for q in each.questions()}
        for phase in PHASES:
            for block in stage.blocks(phase):
                self._add(block)

    def _add(self, block: Block) -> None:
        self.blocks[block.question.id if isinstance(block, Single) else block.id] = block
        for question in questions_of(block):
            self.spots[question.id] = Spot(question, block, len(self.spots))

    def tests(self) -> tuple[Test, ...]:
        """Every test of the stage, in order."""
        mine = [one for spot in self.spots.values() for one in self._conditions(spot)]
        return tuple(test for condition in mine for group in condition.groups for test in group)

    def _conditions(self, spot: Spot) -> Iterator[Condition]:
        yield from leading(spot)
        yield from (must.check for must in spot.question.must)
        yield from (probe.when for probe in spot.question.probes)

    def names(self, test: Test) -> Iterator[str]:
        """What is chosen that `test` reads: answers, and what went before."""
        if isinstance(test, Journey):
            yield SESSIONS
            if test.what != SESSIONS:
                yield ITEMS + test.what
        elif isinstance(test, DaysSince):
            yield from (SESSIONS, DAYS)
        else:
            yield test.subject
            if isinstance(test, Compare) and test.other:
                yield test.other
            if isinstance(test, Hears) and self.script.signals[test.signal].other:
                yield self.script.signals[test.signal].other


def leading(spot: Spot) -> Iterator[Condition]:
    """The conditions that decide whether the question of `spot` is asked."""
    block = spot.block
    if not isinstance(block, Single) and block.when:
        yield block.when
    if spot.question.when:
        yield spot.question.when


def first_of(spot: Spot) -> Question | None:
    """The question of the same round that must be answered first, None where there is none."""
    if isinstance(spot.block, Repeat) and spot.block.questions[0] is not spot.question:
        return spot.block.questions[0]
    return None


def is_deeper(spot: Spot) -> bool:
    """Whether the question comes in a long session only."""
    inherited = not isinstance(spot.block, Single) and spot.block.deeper
    # The walk opens a repeat only for those whom its first question is for.
    first = first_of(spot)
    return spot.question.deeper or inherited or (first is not None and first.deeper)


def group_of(spot: Spot) -> OneOf | None:
    """The choice of questions that the question is one of."""
    return spot.block if isinstance(spot.block, OneOf) else None
