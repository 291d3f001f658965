"""Exploring a script without a person: every option, every probe, and both sides of every condition.

Real dialogues are led with made-up answers: what an Ear would have heard is set, so that each
word list and cue is heard and not heard. First conversations take what was taken
least often (`walk`), as long as that comes by anything new; then everything that is still missing is
searched for by itself, through all decisions that it hangs on and no others, so that what is not
found is not there. `wander` holds random conversations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import NamedTuple

from reflect.dialogue.machine import Dialogue
from reflect.packs.places import Places
from reflect.rehearsal.acting import Acted, Stage
from reflect.rehearsal.choosers import ByLot, ByTurns, Searching
from reflect.rehearsal.cone import Cone, cones
from reflect.rehearsal.coverage import Missing, every_point
from reflect.rehearsal.outcome import Point, Transcript
from reflect.rehearsal.outline import Outline
from reflect.rehearsal.view import View
from reflect.script import Script

IDLE = 6
"""Conversations by turns that may come by nothing new before the search begins."""
TRIES = 1_000
"""Conversations in which one point is searched for."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class Broken(NamedTuple):
    """A conversation that is not as every conversation must be, with what was said up to there."""

    stage: str
    message: str
    transcript: Transcript


class Walked(NamedTuple):
    """What conversations came by.

    `points` is all there is, in the order of the file, `hits` in how many conversations each was come by,
    `first` the first of these.
    `missing` was never come by; of these the points in `unsure` were not searched for to the end.
    `shortest` and `longest` count the pack's questions in one conversation.
    """

    conversations: int
    points: tuple[Missing, ...]
    hits: Mapping[Point, int]
    first: Mapping[Point, Dialogue]
    missing: tuple[Missing, ...]
    unsure: frozenset[Point]
    broken: tuple[Broken, ...]
    shortest: int
    longest: int


def walk(script: Script, places: Places, told: Progress = lambda done, of: None) -> Walked:
    """Reach everything in `script` that can be reached; `places` are those of its resolved tree."""
    return _Walk(script, places, told).all()


def wander(
    script: Script,
    places: Places,
    count: int,
    seed: int,
    told: Progress = lambda done, of: None,
) -> Walked:
    """Hold `count` random conversations, the same for the same `seed`; nothing is searched for."""
    held = _Held(script, places)
    draw = Random(seed)
    for number in range(count):
        stage = draw.choice(list(held.stages))
        held.add(stage, held.stages[stage].act(ByLot(draw.getrandbits(64))))
        told(number + 1, count)
    return held.outcome(frozenset(one.point for one in held.points))


class _Held:
    """The conversations so far."""

    def __init__(self, script: Script, places: Places) -> None:
        self.points = (*every_point(script, places), *_options(script, places))
        self.stages = {stage.id: Stage(Outline(script, stage)) for stage in script.stages}
        self.hits: Counter[Point] = Counter()
        self.left = {one.point for one in self.points}
        self._first: dict[Point, Dialogue] = {}
        self._lengths: list[int] = []
        self._broken: dict[str, Broken] = {}

    def add(self, stage: str, acted: Acted) -> bool:
        """Count one conversation; whether it came by something new."""
        new = acted.reached - self._first.keys()
        self.left -= new
        self._first.update(dict.fromkeys(new, acted.dialogue))
        self.hits.update(acted.reached)
        if acted.broken:
            self._broken.setdefault(acted.broken, Broken(stage, acted.broken, acted.transcript))
        else:
            self._lengths.append(acted.questions)
        return bool(new)

    def outcome(self, unsure: frozenset[Point]) -> Walked:
        """What came of all of them."""
        missing = tuple(_told(self.points, self.hits))
        return Walked(
            conversations=len(self._lengths) + len(self._broken),
            points=self.points,
            hits=dict(self.hits),
            first=self._first,
            missing=missing,
            unsure=unsure & {one.point for one in missing},
            broken=tuple(self._broken.values()),
            shortest=min(self._lengths, default=0),
            longest=max(self._lengths, default=0),
        )


class _Walk:
    def __init__(self, script: Script, places: Places, told: Progress) -> None:
        self._held = _Held(script, places)
        self._told = told
        self._turns = ByTurns()
        self._unsure: set[Point] = set()

    def all(self) -> Walked:
        for name, stage in self._held.stages.items():
            self._by_turns(name, stage)
        for stage_name, stage in self._held.stages.items():
            names = {*stage.outline.spots, *stage.outline.blocks}
            for one in self._held.points:
                if one.point.name in names:
                    self._search(stage_name, stage, one.point)
                    self._tell()
        return self._held.outcome(frozenset(self._unsure))

    def _tell(self) -> None:
        whole = len(self._held.points)
        self._told(whole - len(self._held.left), whole)

    def _by_turns(self, name: str, stage: Stage) -> None:
        idle = 0
        while idle < IDLE:
            idle = 0 if self._held.add(name, stage.act(self._turns)) else idle + 1
            self._tell()

    def _search(self, name: str, stage: Stage, point: Point) -> None:
        """Conversations until one comes by `point`, or all that could were held."""
        hits = self._held.hits
        if point in hits or _part_of_unasked(point, hits):
            return
        self._unsure.add(point)
        for wanted in cones(point, stage.outline):
            if not self._through(name, stage, point, wanted):
                return
        self._unsure.discard(point)

    def _through(self, name: str, stage: Stage, point: Point, wanted: Cone) -> bool:
        """Go through what is `wanted`; whether all of it was had and `point` was not among it."""
        hits = self._held.hits
        view = View(stage.outline, wanted)
        searching = Searching(self._turns, wanted.read, wanted.order, wanted.forced)
        for _ in range(TRIES):
            acted = stage.act(searching, view)
            if not acted.given_up:
                self._held.add(name, acted)
            if point in hits:
                return False
            if not searching.next():
                return view.all_whole
        return False


def _part_of_unasked(point: Point, hits: Mapping[Point, int]) -> bool:
    """Whether the point belongs to a question that nobody is asked: that is what has to be told."""
    parts = point.what in ("wording", "option", "probe", "must")
    return parts and Point("question", point.name) not in hits


def _told(points: tuple[Missing, ...], hits: Mapping[Point, int]) -> Iterator[Missing]:
    """What was not come by, without the parts of a question that was not asked at all."""
    for one in points:
        if one.point not in hits and not _part_of_unasked(one.point, hits):
            yield one


def _options(script: Script, places: Places) -> Iterator[Missing]:
    """Every option that can be taken."""
    for stage in script.stages:
        for question in stage.questions():
            place = places.question(question.id, "options")
            for option in question.options:
                yield Missing(Point("option", question.id, option.id), place)
