"""The ways of answering a question that can make a difference to a pack's conditions.

A way stands for all answers that those conditions cannot tell apart. What is heard in a text is set,
not heard by an Ear: any cues and word lists may be heard together, only the number of words, and word
lists of which one is part of another, are kept consistent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import NamedTuple, TypeVar

from reflect.events import Answer
from reflect.script import Compare, Hears, Includes, IsValue, Question, Signal, Test

T = TypeVar("T")

FEW = 3
"""From so many signals on they are heard one by one, none and all, no longer in every combination."""
MANY = 8
"""As `FEW`, where every combination may matter."""
WORDS = 6
"""Words of a text whose length matters to nobody."""
_SCALE_STEPS = 11


class Way(NamedTuple):
    """One way to answer: a value, or the signals heard in a text of so many words; or nothing at all."""

    value: Answer = None
    heard: frozenset[int] = frozenset()
    words: int = WORDS
    skipped: bool = False


SKIP = Way(skipped=True)


class Ways:
    """Finds ways to answer, as far as `tests` can tell them apart.

    `questions` are all of the pack, by id.
    """

    def __init__(
        self,
        tests: Iterable[Test],
        signals: tuple[Signal, ...],
        questions: Mapping[str, Question],
        most: int = FEW,
    ) -> None:
        self._tests = tuple(tests)
        self._signals = signals
        self._questions = questions
        self._most = most
        self._found: dict[str, tuple[Way, ...]] = {}

    def of(self, question: Question, subject: str = "") -> tuple[Way, ...]:
        """How `question` may be answered; `subject` is `last.` and its id for the answer of last time.

        Leaving it out comes last, where it may be left out.
        """
        name = subject or question.id
        if name not in self._found:
            found = tuple(dict.fromkeys(self._answers(question, name)))
            self._found[name] = (*found, SKIP) if question.skip else found
        return self._found[name]

    @property
    def whole(self) -> bool:
        """Whether `of` has so far told all that can be told apart."""
        return all(len(self._heard_in(name)) <= self._most for name in self._found)

    def _answers(self, question: Question, subject: str) -> Iterator[Way]:
        if question.is_text:
            yield from self._texts(subject)
        elif question.kind == "yesno":
            yield from (Way(True), Way(False))
        elif question.kind == "choice":
            yield from (Way(option.id) for option in question.options)
        elif question.kind == "several":
            yield from map(Way, self._several(question, subject))
        elif question.kind == "date":
            yield Way("2026-03-06")
        else:
            yield from map(Way, self._numbers(question, subject))

    # --- texts -----------------------------------------------------------------------

    def _heard_in(self, subject: str) -> tuple[int, ...]:
        """The signals, but lengths, that the tests listen for in `subject`."""
        numbers = dict.fromkeys(test.signal for test in self._tests if isinstance(test, Hears))
        return tuple(
            number
            for number in numbers
            if self._signals[number].subject == subject
            and self._signals[number].kind not in ("longer", "shorter")
        )

    def _texts(self, subject: str) -> Iterator[Way]:
        heard = subsets(self._heard_in(subject), self._most)
        for words, signals in product(self._lengths(subject), heard):
            yield Way(heard=frozenset(signals), words=words)

    def _lengths(self, subject: str) -> list[int]:
        listened = (self._signals[test.signal] for test in self._tests if isinstance(test, Hears))
        marks = [
            signal.number
            for signal in listened
            if signal.subject == subject and signal.kind in ("longer", "shorter")
        ]
        around = {mark + step for mark in marks for step in (-1, 0, 1)}
        return sorted((words for words in around if words > 0), reverse=True) or [WORDS]

    # --- values ----------------------------------------------------------------------

    def _several(self, question: Question, subject: str) -> Iterator[tuple[str, ...]]:
        named = [t.option for t in self._tests if isinstance(t, Includes) and t.subject == subject]
        options = [option.id for option in question.options]
        yield from ((option,) for option in options)
        yield tuple(options)
        for chosen in subsets(tuple(dict.fromkeys(named)), self._most):
            if chosen:
                yield tuple(option for option in options if option in chosen)
        yield tuple(option for option in options if option not in named) or tuple(options)

    def _numbers(self, question: Question, subject: str) -> list[float]:
        """Each threshold and both sides of it; of a short scale every step."""
        steps = range(question.low, question.high + 1)
        if question.kind == "scale" and len(steps) <= _SCALE_STEPS:
            return list(steps)
        around = {mark + step for mark in self._marks(subject) for step in (-1, 0, 1)}
        found = (
            around | {0, 1, 2} | ({*steps[:2], *steps[-2:]} if question.kind == "scale" else set())
        )
        if question.kind == "scale":
            return sorted(number for number in found if question.low <= number <= question.high)
        return sorted(found)

    def _marks(self, subject: str) -> Iterator[float]:
        for test in self._tests:
            if isinstance(test, Compare) and test.other and subject in (test.subject, test.other):
                yield from self._all_marks()
            elif isinstance(test, (Compare, IsValue)) and test.subject == subject:
                yield from _figures(test)

    def _all_marks(self) -> Iterator[float]:
        """Whatever a number that is compared with another may have to be beyond."""
        for test in self._tests:
            if isinstance(test, (Compare, IsValue)):
                yield from _figures(test)
            if isinstance(test, Compare) and test.other:
                for name in (test.subject, test.other):
                    question = self._questions[name.removeprefix("last.")]
                    if question.kind == "scale":
                        yield from (question.low, question.high)


def _figures(test: Compare | IsValue) -> Iterator[float]:
    if isinstance(test, Compare):
        if not test.other:
            yield test.number
    else:
        yield from (v for v in test.values if not isinstance(v, (bool, str)))


def subsets(things: tuple[T, ...], most: int) -> Iterator[tuple[T, ...]]:
    """Every selection of at most `most` things; of more only none, each alone, all but each, and all."""
    every = len(things)
    kept = range(every + 1) if every <= most else (0, 1, every - 1, every)
    for size in kept:
        yield from combinations(things, size)
