"""What a set of stories reached of a script, and what none of them came by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reflect.diagnostics import Place
from reflect.rehearsal.outcome import Played, Point
from reflect.script import PHASES, Block, Question, Script, Single, questions_of


class Missing(msgspec.Struct, frozen=True):
    """Something that no story reached, and where the pack has it."""

    point: Point
    place: Place
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    @property
    def message(self) -> str:
        """One line for the author."""
        name, part, side = self.point.name, self.point.part, self.point.side
        if self.point.what == "question":
            return f"`{name}` is never asked"
        if self.point.what == "wording":
            return f"wording {part} of `{name}` is never used"
        if self.point.what == "probe":
            never = "never asks" if side else "is never quiet"
            return f"probe {part} of `{name}` {never} ({self.rule})"
        what = f"check {part} of `{name}`" if self.point.what == "must" else f"`when` of `{name}`"
        return f"{what} is never {'true' if side else 'false'} ({self.rule})"


class Coverage(msgspec.Struct, frozen=True):
    """How far stories reach: `reached` of `points` in all; `missing` in the order of the file.

    Wordings are counted apart, in `unused`: a story is not asked to tell each of them.
    """

    points: int
    reached: int
    missing: tuple[Missing, ...]
    unused: tuple[Missing, ...]

    @property
    def complete(self) -> bool:
        """Whether every question, probe and side of a condition was reached."""
        return not self.missing


def coverage(script: Script, file: str, played: Iterable[Played]) -> Coverage:
    """What `played` reached of `script`, whose pack lies in `file`; only stories that passed count."""
    reached = {point for one in played if one.passed for point in one.reached}
    every = [
        Missing(point, Place(file, line, 1 if line else 0), rule)
        for point, line, rule in _points(script)
    ]
    missing = [one for one in every if one.point not in reached]
    told = [one for one in every if one.point.what != "wording"]
    return Coverage(
        points=len(told),
        reached=sum(one.point in reached for one in told),
        missing=tuple(one for one in missing if one.point.what != "wording"),
        unused=tuple(one for one in missing if one.point.what == "wording"),
    )


_Wanted = tuple[Point, int, str]
"""A point, its line in the pack, and the author's sentence where it is a condition's."""


def _points(script: Script) -> Iterator[_Wanted]:
    for stage in script.stages:
        for phase in PHASES:
            for block in stage.blocks(phase):
                yield from _of_block(block)


def _of_block(block: Block) -> Iterator[_Wanted]:
    if not isinstance(block, Single) and block.when:
        yield from _sides(Point("when", block.id), block.when.line, block.when.text)
    for question in questions_of(block):
        yield from _of_question(question)


def _of_question(question: Question) -> Iterator[_Wanted]:
    yield Point("question", question.id), question.line, ""
    for number in range(1, len(question.ask) + 1):
        yield Point("wording", question.id, str(number)), question.line, ""
    if question.when:
        yield from _sides(Point("when", question.id), question.when.line, question.when.text)
    for number, must in enumerate(question.must, 1):
        yield from _sides(Point("must", question.id, str(number)), must.check.line, must.check.text)
    for probe in question.probes:
        yield from _sides(Point("probe", question.id, probe.id), probe.when.line, probe.when.text)


def _sides(point: Point, line: int, rule: str) -> Iterator[_Wanted]:
    yield point._replace(side=True), line, rule
    yield point._replace(side=False), line, rule
