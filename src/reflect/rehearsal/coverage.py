"""What a set of stories reached of a script, and what none of them came by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reflect.diagnostics import Place
from reflect.packs.places import Places
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
    def subject(self) -> str:
        """What it is that is reached, in a few words."""
        name, part, side = self.point.name, self.point.part, self.point.side
        if self.point.what == "question":
            return f"`{name}`"
        if self.point.what in ("wording", "option"):
            return f"`{name}` {self.point.what} {part}"
        if self.point.what == "core":
            return f"core's `{name}` {part}".rstrip()
        if self.point.what == "probe":
            return f"`{name}` probe {part} {'asks' if side else 'is quiet'}"
        check = f"check {part}" if self.point.what == "must" else "when"
        return f"`{name}` {check} {'holds' if side else 'does not hold'}"

    @property
    def message(self) -> str:
        """One line for the author."""
        name, part, side = self.point.name, self.point.part, self.point.side
        if self.point.what == "question":
            return f"`{name}` is never asked"
        if self.point.what == "wording":
            return f"wording {part} of `{name}` is never used"
        if self.point.what == "option":
            return f"option `{part}` of `{name}` is never taken"
        if self.point.what == "core":
            return f"{self.subject} is never come by"
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


def coverage(script: Script, places: Places, reached: frozenset[Point]) -> Coverage:
    """How much of `script` is in `reached`; `places` are those of its resolved tree."""
    every = every_point(script, places)
    missing = [one for one in every if one.point not in reached]
    told = [one for one in every if one.point.what != "wording"]
    return Coverage(
        points=len(told),
        reached=sum(one.point in reached for one in told),
        missing=tuple(one for one in missing if one.point.what != "wording"),
        unused=tuple(one for one in missing if one.point.what == "wording"),
    )


def reached_by(played: Iterable[Played]) -> frozenset[Point]:
    """What `played` came by; only stories that passed count."""
    return frozenset(point for one in played if one.passed for point in one.reached)


def every_point(script: Script, places: Places) -> tuple[Missing, ...]:
    """All that there is to be reached in `script`, in the order of its questions."""
    return tuple(
        Missing(point, place, rule)
        for stage in script.stages
        for phase in PHASES
        for block in stage.blocks(phase)
        for point, place, rule in _of_block(block, places)
    )


_Wanted = tuple[Point, Place, str]
"""A point, its place in the pack, and the author's sentence where it is a condition's."""


def _of_block(block: Block, places: Places) -> Iterator[_Wanted]:
    if not isinstance(block, Single) and block.when:
        yield from _sides(
            Point("when", block.id), places.question(block.id, "when"), block.when.text
        )
    for question in questions_of(block):
        yield from _of_question(question, places)


def _of_question(question: Question, places: Places) -> Iterator[_Wanted]:
    name = question.id
    yield Point("question", name), places.question(name), ""
    for number in range(len(question.ask)):
        yield Point("wording", name, str(number + 1)), places.wording(name, number), ""
    if question.when:
        yield from _sides(Point("when", name), places.question(name, "when"), question.when.text)
    for number, must in enumerate(question.must):
        point = Point("must", name, str(number + 1))
        yield from _sides(point, places.must(name, number), must.check.text)
    for number, probe in enumerate(question.probes):
        point = Point("probe", name, probe.id)
        yield from _sides(point, places.probe(name, number), probe.when.text)


def _sides(point: Point, place: Place, rule: str) -> Iterator[_Wanted]:
    yield point._replace(side=True), place, rule
    yield point._replace(side=False), place, rule
