"""What the conditions of a session can read: the answers given so far, and the sentences about them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Protocol

from reflect.events import Answer, Answered, Heard, Private, SessionStarted, Span, Status
from reflect.script import (
    Compare,
    Condition,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    Test,
)


class Known(Protocol):
    """An answer as conditions see it, of this session or of the last."""

    @property
    def status(self) -> Status:
        """Answered, skipped, declined or removed."""

    @property
    def value(self) -> Answer:
        """What the answer means; None for text."""

    @property
    def heard(self) -> Heard:
        """The signals that were listened for."""


def is_silent(answer: Known) -> bool:
    """Whether an answer has no meaning left: none was listened for, or it was forgotten."""
    return answer.status == "answered" and answer.value is None and not answer.heard


def reads(condition: Condition, names: Set[str]) -> bool:
    """Whether `condition` reads what was said in one of the answers `names`."""
    return any(
        test.subject in names or (isinstance(test, Compare) and test.other in names)
        for group in condition.groups
        for test in group
        if not isinstance(test, (Journey, DaysSince, IsSettled))
    )


class Given(Private, frozen=True):
    """A visible answer of this session, together with the reply to its probe.

    `seq` and `event` are those of the last of the two: its signals and its quote were
    heard in both texts together. `base` is the position of the answer itself.
    """

    key: str
    base: int
    seq: int
    event: Answered
    value: Answer

    @property
    def status(self) -> Status:
        """The status of the answer."""
        return self.event.status

    @property
    def heard(self) -> Heard:
        """The signals heard in the answer and its reply."""
        return self.event.heard

    @property
    def is_forgotten(self) -> bool:
        """Whether nothing is left but that there was an answer."""
        return is_silent(self) and not self.event.text

    @property
    def quote(self) -> Span | None:
        """Where a short phrase worth repeating stands."""
        return self.event.parts.quote


Answers = Mapping[str, Given]


def holds(condition: Condition | None, given: Answers, started: SessionStarted) -> bool:
    """Whether `condition` (None: always) is true of the answers `given` so far."""
    if condition is None:
        return True
    return all(any(_true(test, given, started) for test in group) for group in condition.groups)


def known(subject: str, given: Answers, started: SessionStarted) -> Known | None:
    """The answer called `subject`, of this session or (`last.`) of an earlier one."""
    if subject.startswith("last."):
        return started.last.get(subject.removeprefix("last."))
    return given.get(subject)


def number_of(answer: Known | None) -> float | None:
    """The number that was answered, if it was one."""
    if answer is None or answer.status != "answered" or isinstance(answer.value, bool):
        return None
    return answer.value if isinstance(answer.value, (int, float)) else None


def _true(test: Test, given: Answers, started: SessionStarted) -> bool:
    """Whether one test holds; a sentence about an answer that is not there is false."""
    if isinstance(test, Journey):
        return _journey(test, started)
    if isinstance(test, DaysSince):
        return started.journey.days is not None and started.journey.days > test.days
    answer = known(test.subject, given, started)
    if isinstance(test, IsSettled):
        return (answer is not None and answer.status == test.status) != test.negated
    if answer is None or answer.status != "answered":
        return False
    if isinstance(test, Hears):
        return _hears(test, answer)
    if isinstance(test, IsValue):
        found = any(_same(answer.value, value) for value in test.values)
        return answer.value is not None and found != test.negated
    if isinstance(test, Includes):
        return isinstance(answer.value, tuple) and test.option in answer.value
    return _compares(test, answer, given, started)


def _same(answer: Answer, value: bool | int | float | str) -> bool:
    """Equality that keeps yes apart from 1."""
    return isinstance(answer, bool) == isinstance(value, bool) and answer == value


def _hears(test: Hears, answer: Known) -> bool:
    """A signal that nobody listened for makes both the sentence and its opposite false."""
    if test.signal not in answer.heard:
        return False
    return (answer.heard[test.signal] is not None) != test.negated


def _compares(test: Compare, answer: Known, given: Answers, started: SessionStarted) -> bool:
    number = number_of(answer)
    other: float | None = test.number
    if test.other:
        other = number_of(known(test.other, given, started))
    if number is None or other is None:
        return False
    if test.operator == "at least":
        return number >= other
    if test.operator == "at most":
        return number <= other
    return number > other if test.operator == "above" else number < other


def _journey(test: Journey, started: SessionStarted) -> bool:
    tally = started.journey
    count = tally.sessions if test.what == "sessions" else tally.items.get(test.what, 0)
    return count >= test.least and (test.most is None or count <= test.most)
