"""What can be told apart in a made-up conversation: by a stage's conditions, or those of a search."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.dialogue.given import holds
from reflect.dialogue.machine import Dialogue
from reflect.rehearsal.cone import Cone
from reflect.rehearsal.outline import Outline
from reflect.rehearsal.ways import MANY, Way, Ways
from reflect.script import Condition, Question, Repeat, Test


class View:
    """The tests and ways of answering under each name; with a `cone` fewer of what it decides."""

    def __init__(self, outline: Outline, cone: Cone | None = None) -> None:
        script = outline.script
        self._all = outline.tests()
        self._order = {name: spot.order for name, spot in outline.spots.items()}
        self._names = frozenset(cone.read) if cone else frozenset()
        self._tests = cone.tests if cone else ()
        self._usual = Ways(self._all, script.signals, outline.every)
        self._needed = tuple(_settled(cone, outline)) if cone else ()
        self._close = Ways(self._tests, script.signals, outline.every, MANY)

    def tests(self, name: str) -> tuple[Test, ...]:
        """The tests that count for what is decided under `name`."""
        return self._tests if name in self._names else self._all

    def ways(self, question: Question, name: str) -> tuple[Way, ...]:
        """How `question` may be answered; `name` is its id, or that with `last.` before it."""
        return (self._close if name in self._names else self._usual).of(question, name)

    def is_hopeless(self, dialogue: Dialogue) -> bool:
        """Whether what has been answered so far keeps the search from what it is after."""
        slot = dialogue.slot
        if not self._needed or slot is None or slot.question is None or slot.role != "question":
            return False
        here = self._order[slot.question.id]
        return any(
            position < here and not holds(condition, dialogue.walk.given, dialogue.started)
            for position, condition in self._needed
        )

    @property
    def all_whole(self) -> bool:
        """Whether nothing that the search decides could have been told apart any further."""
        return self._close.whole


def _settled(cone: Cone, outline: Outline) -> Iterator[tuple[int, Condition]]:
    """What must hold, each with the position of the last question it reads.

    What reads a round of a repeat is left out: another round may have another answer.
    """
    for group in cone.needed:
        names = [name for test in group for name in outline.names(test)]
        spots = [outline.spots[name] for name in names if name in outline.spots]
        if not any(isinstance(spot.block, Repeat) for spot in spots):
            yield max((spot.order for spot in spots), default=-1), Condition("", (group,))
