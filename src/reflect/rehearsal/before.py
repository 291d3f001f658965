"""What went before a made-up conversation: sessions, open items, promises, goals and last answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from reflect.dialogue.wording import Past
from reflect.events import GoalRef, LastAnswer, Promise, Ref, Whereabouts
from reflect.memory import Memory
from reflect.rehearsal.beginning import BEFORE
from reflect.rehearsal.choosers import Chooser
from reflect.rehearsal.cone import WORDING
from reflect.rehearsal.outline import DAYS, ITEMS, LAST, PICK, SESSIONS, Outline
from reflect.rehearsal.saying import last_heard
from reflect.rehearsal.view import View
from reflect.rehearsal.ways import Way
from reflect.script import DaysSince, Journey, OneOf, Question, Test

_ACTIONS = (0, 1, 4)
"""Open promises: none, one, and more than one session asks about."""
_GOALS: tuple[tuple[str, ...], ...] = ((), ("agreed",), ("agreed", "draft"))
"""Open goals by their states: none, one, and several of which one is served."""
_NOT_YET = (0, 1)
"""How often in a row promises were not yet kept: a second time asks for more."""
_FIRST_GOAL = 100_000
"""Number of the event that holds the first goal: far behind answers and promises."""
_SIGNS = 3
"""Sessions, kept promises and reached goals that make every rule of moving on show, or none of them."""
_ABSENT: Way | None = None
_WORDS = "ask Sam for the rota"
_GOAL = "lead the morning round on my own"
_ANSWER = "the names on the card"


class Before:
    """Makes memories for one stage, as far as its conditions and texts can tell them apart."""

    def __init__(self, outline: Outline, today: date) -> None:
        self._outline = outline
        self._tests = outline.tests()
        self._today = today
        self._last = self._read_last()
        self._wanted = tuple(_wanted(outline))

    def _read_last(self) -> dict[str, Question]:
        """The questions whose answers of last time are read by a condition or stand in a text."""
        names = [name for test in self._tests for name in self._outline.names(test)]
        names += [LAST + name for name in _quoted(self._outline)]
        read = [name.removeprefix(LAST) for name in names if name.startswith(LAST)]
        return {name: self._outline.every[name] for name in read}

    def make(self, chooser: Chooser, view: View) -> tuple[Memory, Past]:
        """What went before as `chooser` has it, and the texts that it refers to."""
        sessions = chooser.pick(SESSIONS, _counts(view.tests(SESSIONS), SESSIONS, (3, 0)))
        if not sessions:
            return Memory(), {}
        days = chooser.pick(DAYS, _days(view.tests(DAYS)))
        items = {
            kind: chooser.pick(ITEMS + kind, _items(view.tests(ITEMS + kind), kind))
            for kind in self._kinds()
        }
        last, past = self._answers(chooser, view)
        not_yet = chooser.pick("not yet", _NOT_YET)
        promises = tuple(self._promises(items["action"], not_yet))
        goals = tuple(_goals(chooser.pick("goals", _GOALS)))
        asked, used = self._asked(chooser)
        memory = Memory(
            sessions=sessions,
            last_day=(self._today - timedelta(days=days)).isoformat(),
            items=items,
            promises=promises,
            last=last,
            used=used,
            asked=asked,
            goals=goals,
            whereabouts=self._whereabouts(chooser),
        )
        past |= {promise.text[:2]: _WORDS for promise in promises}
        return memory, {**past, **{goal.text[:2]: _GOAL for goal in goals}}

    # --- counts ----------------------------------------------------------------------

    def _kinds(self) -> list[str]:
        read = {test.what for test in self._tests if isinstance(test, Journey)}
        return sorted((read | {"action"}) - {SESSIONS})

    def _whereabouts(self, chooser: Chooser) -> Whereabouts | None:
        """Where the mentorship is: not known, or in a state that the stage serves, with or without signs."""
        states = (None, *self._outline.stage.lifecycle)
        state = chooser.pick("state", states)
        signs = chooser.pick("signs", (0, _SIGNS))
        return Whereabouts(state, signs, signs, signs) if state else None

    def _promises(self, count: int, not_yet: int) -> Iterator[Promise]:
        made = (self._today - timedelta(days=14)).isoformat()
        for number in range(min(count, _ACTIONS[-1])):
            due = self._today.isoformat() if number % 2 == 0 else None
            text = Ref(BEFORE, number, 0, len(_WORDS))
            yield Promise(f"{BEFORE}:{number}", text, due, made, not_yet=not_yet)

    # --- answers ---------------------------------------------------------------------

    def _answers(
        self, chooser: Chooser, view: View
    ) -> tuple[dict[str, LastAnswer], dict[tuple[str, int], str]]:
        found: dict[str, LastAnswer] = {}
        past: dict[tuple[str, int], str] = {}
        for number, (name, question) in enumerate(self._last.items(), _ACTIONS[-1]):
            ways = (*view.ways(question, LAST + name), _ABSENT)
            way = chooser.pick(LAST + name, ways)
            if way is not None:
                found[name] = self._answer(way, name, number)
                past[BEFORE, number] = _ANSWER
        return found, past

    def _answer(self, way: Way, name: str, number: int) -> LastAnswer:
        ref = Ref(BEFORE, number)
        if way.skipped:
            return LastAnswer(ref, "skipped")
        signals = self._outline.script.signals
        mine = tuple(
            (number, signals[number])
            for number in self._outline.script.last_signals
            if signals[number].subject == LAST + name
        )
        return LastAnswer(ref, "answered", way.value, last_heard(way, mine))

    # --- which wording, which member ---------------------------------------------------

    def _asked(self, chooser: Chooser) -> tuple[dict[str, int], dict[str, dict[int, int]]]:
        """When what was asked, so that the member and the wording that are picked come next."""
        asked: dict[str, int] = {}
        used: dict[str, dict[int, int]] = {}
        for block in self._outline.blocks.values():
            if isinstance(block, OneOf):
                names = tuple(member.id for member in block.members)
                chosen = chooser.pick(PICK + block.id, names)
                asked.update(dict.fromkeys({*names} - {chosen}, 1))
        for text, count in self._wanted:
            wording = chooser.pick(WORDING + text, tuple(range(count)))
            used[text] = dict.fromkeys({*range(count)} - {wording}, 1)
        return asked, used


def _goals(states: tuple[str, ...]) -> Iterator[GoalRef]:
    for number, state in enumerate(states, _FIRST_GOAL):
        yield GoalRef(f"{BEFORE}:{number}", Ref(BEFORE, number, 0, len(_GOAL)), state)


def _items(tests: tuple[Test, ...], kind: str) -> tuple[int, ...]:
    return _counts(tests, kind, _ACTIONS if kind == "action" else (0,))


def _counts(tests: tuple[Test, ...], what: str, usual: tuple[int, ...]) -> tuple[int, ...]:
    """The usual counts, and both sides of every threshold, the usual ones first."""
    marks = [test for test in tests if isinstance(test, Journey) and test.what == what]
    ends = {mark.least for mark in marks} | {mark.most or 0 for mark in marks}
    around = {end + step for end in ends for step in (-1, 0, 1)}
    return (*usual, *sorted(count for count in around - {*usual} if count >= 0))


def _days(tests: tuple[Test, ...]) -> tuple[int, ...]:
    marks = {test.days for test in tests if isinstance(test, DaysSince)}
    return (14, *sorted({*marks, *(mark + 1 for mark in marks)} - {14}))


def _wanted(outline: Outline) -> Iterator[tuple[str, int]]:
    """The texts of the stage that have several wordings, and how many."""
    for name, spot in outline.spots.items():
        if len(spot.question.ask) > 1:
            yield name, len(spot.question.ask)
        for probe in spot.question.probes:
            if len(probe.ask) > 1:
                yield f"{name}/?{probe.id}", len(probe.ask)


def _quoted(outline: Outline) -> Iterator[str]:
    """The questions whose answers of last time stand in a text of the stage."""
    for spot in outline.spots.values():
        question = spot.question
        says = (must.say for must in question.must)
        probes = (text for probe in question.probes for text in probe.ask)
        for template in (*question.ask, question.how, question.example, *says, *probes):
            for piece in template:
                if not isinstance(piece, str) and piece.source == "last":
                    yield piece.name
