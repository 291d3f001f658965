"""What has to be decided for one point of a script to be reached: what it hangs on, and what that does."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from reflect.rehearsal.outcome import Point
from reflect.rehearsal.outline import (
    LAST,
    PICK,
    SESSIONS,
    Outline,
    Spot,
    first_of,
    group_of,
    is_deeper,
    leading,
)
from reflect.script import Condition, OneOf, Repeat, Single, Test

LENGTH = "length"
ROLE = "role"
WORDING = "wording."
AGAIN = "again."


class Cone(NamedTuple):
    """What one search decides.

    `read` gives, by name, the position of the last condition that reads it; `order` where a
    name is decided. `forced` has the only option that comes into question. `tests` are the
    conditions' own, by which answers are told apart. Of each group of tests in `needed` one must
    hold, or the point cannot be reached.
    """

    read: dict[str, int]
    order: dict[str, int]
    forced: dict[str, Hashable]
    tests: tuple[Test, ...]
    needed: tuple[tuple[Test, ...], ...] = ()


def cones(point: Point, outline: Outline) -> tuple[Cone, ...]:
    """What `point`, which stands in the stage of `outline`, hangs on: the last has all of it.

    The one before, where there are two, leaves out what seldom matters and makes a search long:
    which other members could be picked, and what a probe asks after a check.
    """
    near, whole = (_Gathering(outline, whole=all_of_it).of(point) for all_of_it in (False, True))
    return (whole,) if near == whole else (near, whole)


class _Gathering:
    def __init__(self, outline: Outline, *, whole: bool) -> None:
        self._outline = outline
        self._whole = whole
        self._read: dict[str, int] = {SESSIONS: len(outline.spots)}
        self._forced: dict[str, Hashable] = {}
        self._tests: list[Test] = []
        self._seen: set[str] = set()

    def of(self, point: Point) -> Cone:
        spots = self._outline.spots
        if point.name in spots:
            self._aim(point, spots[point.name])
        else:
            self._group(point.name)
        order = {name: spot.order for name, spot in spots.items()}
        tests = tuple(dict.fromkeys(self._tests))
        return Cone(self._read, order, self._forced, tests, self._needed(point))

    def _needed(self, point: Point) -> tuple[tuple[Test, ...], ...]:
        """The groups of tests of which one each must hold."""
        spot = self._outline.spots.get(point.name)
        if point.what == "when" and not point.side:
            return ()
        if spot is None:
            block = self._outline.blocks[point.name]
            when = None if isinstance(block, Single) else block.when
            return when.groups if when else ()
        return tuple(group for condition in _weighed(point, spot) for group in condition.groups)

    def _group(self, name: str) -> None:
        """The condition of a whole group."""
        block = self._outline.blocks[name]
        assert not isinstance(block, Single)
        first = block.questions[0] if isinstance(block, Repeat) else block.members[0]
        if block.deeper:
            self._forced[LENGTH] = "long"
        if block.when:
            self._condition(block.when, self._outline.spots[first.id].order)

    def _aim(self, point: Point, spot: Spot) -> None:
        """Everything of the question at `spot` up to `point`."""
        self._person(spot)
        self._asked(spot, _weighed(point, spot))
        group = group_of(spot)
        if group is not None and point.what != "when":
            self._forced[PICK + group.id] = spot.question.id
            # In a first session the first member comes that is for this person and length.
            for other in self._members(group):
                self._hangs_on_person(other)
        if point.what == "wording":
            self._forced[WORDING + spot.question.id] = int(point.part) - 1
            if isinstance(spot.block, Repeat):
                self._forced[AGAIN + spot.block.id] = True
        if point.what in ("must", "probe"):
            for condition in _up_to(point, spot):
                self._condition(condition, spot.order)
        if point.what in ("must", "probe", "option"):
            self._answer(spot.question.id, spot.order)

    def _person(self, spot: Spot) -> None:
        if is_deeper(spot):
            self._forced[LENGTH] = "long"
        if spot.question.audience != "both":
            self._forced[ROLE] = spot.question.audience

    def _asked(self, spot: Spot, conditions: Iterable[Condition]) -> None:
        """What decides whether the question at `spot`, which hangs on `conditions`, is asked."""
        for condition in conditions:
            self._condition(condition, spot.order)
        first = first_of(spot)
        if first is not None:
            self._answer(first.id, spot.order)
        self._tests.extend(_tests(must.check for must in spot.question.must))

    def _condition(self, condition: Condition, position: int) -> None:
        for test in _tests([condition]):
            self._tests.append(test)
            for name in self._outline.names(test):
                self._answer(name, position)

    def _answer(self, name: str, position: int) -> None:
        """`name` is read at `position`."""
        self._read[name] = max(self._read.get(name, -1), position)
        spot = self._outline.spots.get(name)
        if spot is None or name.startswith(LAST):
            return
        for probe in spot.question.probes:
            self._read[f"{name}/?{probe.id}"] = self._read[name]
        if name in self._seen:
            return
        self._seen.add(name)
        self._hangs_on_person(spot)
        self._hangs_on_pick(spot)
        self._asked(spot, leading(spot))
        if spot.question.must and self._whole:
            # What a check refuses in an answer can still be heard in the reply to its probe.
            for probe in spot.question.probes:
                self._condition(probe.when, spot.order)

    def _hangs_on_person(self, spot: Spot) -> None:
        """An answer that only some give makes these decisions count."""
        end = len(self._outline.spots)
        if is_deeper(spot):
            self._read[LENGTH] = end
        if spot.question.audience != "both":
            self._read[ROLE] = end

    def _hangs_on_pick(self, spot: Spot) -> None:
        """A member is asked or not by what is picked, and by which others could be."""
        group = group_of(spot)
        if group is None:
            return
        self._read[PICK + group.id] = len(self._outline.spots)
        for other in self._members(group):
            self._hangs_on_person(other)
            if other.question.when and self._whole:
                self._condition(other.question.when, spot.order)

    def _members(self, group: OneOf) -> Iterator[Spot]:
        return (self._outline.spots[member.id] for member in group.members)


def _weighed(point: Point, spot: Spot) -> Iterator[Condition]:
    """What must hold for `point`, a part of the question at `spot`, to be come to.

    A member's own condition is weighed at the start, also when its group is not asked then.
    """
    if point.what == "when" and group_of(spot) and spot.question.when:
        yield spot.question.when
    else:
        yield from leading(spot)


def _up_to(point: Point, spot: Spot) -> Iterator[Condition]:
    """The checks or probes of a question, up to the one that is meant."""
    if point.what == "must":
        yield from (must.check for must in spot.question.must[: int(point.part)])
        return
    for probe in spot.question.probes:
        yield probe.when
        if probe.id == point.part:
            return


def _tests(conditions: Iterator[Condition] | list[Condition]) -> Iterator[Test]:
    for condition in conditions:
        for group in condition.groups:
            yield from group
