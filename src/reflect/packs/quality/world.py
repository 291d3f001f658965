"""The session that a set of decisions makes, as far as they go: what is asked, answered, heard.

Every question about it is answered with yes, no, or the decision that is missing (a variable of
`domains`). So a search needs to decide only what matters to what it is looking for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from reflect.packs.closure import all_blocks
from reflect.packs.quality.domains import Domains, Value, Variable, plain
from reflect.packs.signals import LAST
from reflect.script import (
    Block,
    Compare,
    Condition,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    OneOf,
    Question,
    Repeat,
    Script,
    Single,
    Test,
    questions_of,
)

Truth = bool | Variable
"""Yes, no, or what has to be decided first."""

DEEPEST = 6
"""Conditions followed one behind the other; beyond them a question may be asked or not."""


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all of `truths` hold; one that does not is enough for no."""
    missing: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if missing is True:
            missing = truth
    return missing


def some(truths: Iterable[Truth]) -> Truth:
    """Whether one of `truths` holds."""
    missing: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if missing is False:
            missing = truth
    return missing


def negation(truth: Truth) -> Truth:
    """The opposite."""
    return not truth if isinstance(truth, bool) else truth


class Effort:
    """How many sentences have been looked at."""

    spent = 0


class Facts:
    """What a script says about its questions, looked up by id."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.domains = Domains(script)
        self.blocks: dict[str, Block] = {}
        self.questions: dict[str, Question] = {}
        for block in all_blocks(script.stages):
            for question in questions_of(block):
                self.blocks[question.id] = block
                self.questions[question.id] = question
        self.wider = _wider(script)
        self.narrower = _turned(self.wider)
        self._allowed: dict[str, tuple[Value, ...]] = {}

    def allowed(self, subject: str) -> tuple[Value, ...]:
        """The values that the answer `subject` can have when its checks let it pass."""
        if subject not in self._allowed:
            values = self.domains.of(("value", subject))
            passing = tuple(value for value in values if self._passes(subject, value))
            self._allowed[subject] = passing if passing and LAST not in subject else values
        return self._allowed[subject]

    def _passes(self, subject: str, value: Value) -> bool:
        musts = self.questions[plain(subject)].must
        groups = (group for must in musts for group in must.check.groups)
        return (
            every(some(_of_value(test, value) for test in group) for group in groups) is not False
        )


def _of_value(test: Test, value: Value) -> Truth:
    """What `test` of a check says of an answer that is `value`; missing when it is about something else."""
    if isinstance(test, IsValue):
        return is_one_of(test, value)
    if isinstance(test, Compare) and not test.other:
        return compares(test, value, test.number)
    return ("other",)


def _wider(script: Script) -> dict[int, tuple[int, ...]]:
    """By number of a signal that hears words, the others that hear the same words and more."""
    listed = [
        (number, signal.subject, frozenset(word.casefold() for word in signal.words))
        for number, signal in enumerate(script.signals)
        if signal.kind == "mentions"
    ]
    by_subject: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for number, subject, words in listed:
        by_subject.setdefault(subject, []).append((number, words))
    return {
        number: tuple(
            other for other, more in by_subject[subject] if other != number and words <= more
        )
        for number, subject, words in listed
    }


def _turned(wider: dict[int, tuple[int, ...]]) -> dict[int, list[int]]:
    narrower: dict[int, list[int]] = {}
    for number, others in wider.items():
        for other in others:
            narrower.setdefault(other, []).append(number)
    return narrower


def is_one_of(test: IsValue, value: Value) -> bool:
    """As the engine compares a value; yes is not 1."""
    found = any(
        isinstance(value, bool) == isinstance(one, bool) and value == one for one in test.values
    )
    return found != test.negated


def compares(test: Compare, value: Value, other: Value) -> bool:
    """As the engine compares numbers."""
    if not isinstance(value, (int, float)) or not isinstance(other, (int, float)):
        return False
    if test.operator == "at least":
        return value >= other
    if test.operator == "at most":
        return value <= other
    return value > other if test.operator == "above" else value < other


class World:
    """A session as far as `decided` goes.

    Conditions are followed `deep` questions back; with 0 any question may be asked. Answers
    to the question `unchecked` are taken before its own checks.
    """

    def __init__(
        self,
        facts: Facts,
        decided: Mapping[Variable, Value],
        effort: Effort,
        deep: int = DEEPEST,
        unchecked: str = "",
    ) -> None:
        self._facts = facts
        self._effort = effort
        self._decided = decided
        self._left = self._deep = deep
        self._unchecked = unchecked
        self._asked: dict[str, Truth] = {}

    def having(self, variable: Variable, value: Value) -> World:
        """This session with one decision more."""
        decided = {**self._decided, variable: value}
        return World(self._facts, decided, self._effort, self._deep, self._unchecked)

    # --- conditions ----------------------------------------------------------------

    def condition(self, condition: Condition | None) -> Truth:
        """Whether `condition` holds; none always does."""
        if condition is None:
            return True
        return every(self.clause(group) for group in condition.groups)

    def clause(self, group: Iterable[Test]) -> Truth:
        """Whether one test of `group` holds."""
        return some(map(self.test, group))

    def test(self, test: Test) -> Truth:
        """Whether one sentence holds."""
        self._effort.spent += 1
        if isinstance(test, Journey):
            return self._with(("journey", test.what), lambda count: _counts(test, count))
        if isinstance(test, DaysSince):
            return self._with(("days",), lambda days: isinstance(days, int) and days > test.days)
        if isinstance(test, IsSettled):
            truth = self.has_status(test.subject, test.status)
            return negation(truth) if test.negated else truth
        return every((self.has_status(test.subject, "answered"), self._content(test)))

    def _content(self, test: IsValue | Includes | Compare | Hears) -> Truth:
        """What `test` says of an answer that is there."""
        if isinstance(test, Hears):
            truth = self.hears(test.signal)
            return negation(truth) if test.negated else truth
        if isinstance(test, IsValue):
            return self._with(("value", test.subject), lambda value: is_one_of(test, value))
        if isinstance(test, Includes):
            return self._truth(("chosen", test.subject, test.option))
        if not test.other:
            return self._with(
                ("value", test.subject), lambda value: compares(test, value, test.number)
            )
        return self._compared(test)

    def _compared(self, test: Compare) -> Truth:
        there = self.has_status(test.other, "answered")
        if there is not True:
            return there
        if not self._facts.domains.comparable(test.subject):
            return self._truth(("compare", test.subject, test.operator, test.other))
        return self._with(
            ("value", test.subject),
            lambda value: self._with(
                ("value", test.other), lambda other: compares(test, value, other)
            ),
        )

    def hears(self, number: int) -> Truth:
        """Whether signal `number` is heard in an answer that is there."""
        signal = self._facts.script.signals[number]
        if signal.kind == "longer":
            return self._with(
                ("count", signal.subject), lambda n: isinstance(n, int) and n > signal.number
            )
        if signal.kind == "shorter":
            return self._with(
                ("count", signal.subject), lambda n: isinstance(n, int) and n < signal.number
            )
        if signal.kind == "repeats":
            return every((self.has_status(signal.other, "answered"), self._heard(number)))
        return self._heard(number)

    def _heard(self, number: int) -> Truth:
        """A list hears whatever a shorter one hears."""
        own = ("heard", str(number))
        if own in self._decided:
            return self._truth(own)
        for wider in self._facts.wider.get(number, ()):
            if self._decided.get(("heard", str(wider))) is False:
                return False
        for narrower in self._facts.narrower.get(number, ()):
            if self._decided.get(("heard", str(narrower))) is True:
                return True
        return own

    # --- answers -------------------------------------------------------------------

    def has_status(self, subject: str, status: str) -> Truth:
        """Whether the answer `subject` is there and has `status`."""
        if subject.startswith(LAST):
            return self._with(("status", subject), lambda found: found == status)
        return every(
            (self.asked(subject), self._with(("reply", subject), lambda found: found == status))
        )

    def asked(self, name: str) -> Truth:
        """Whether the question `name` is asked."""
        if self._left <= 0:
            return self._truth(("asked", name))
        if name not in self._asked:
            self._left -= 1
            question = self._facts.questions[name]
            self._asked[name] = every((self.open(name), self.condition(question.when)))
            self._left += 1
        return self._asked[name]

    def open(self, name: str) -> Truth:
        """Whether the question `name` is asked, as far as its own `when` goes."""
        block, question = self._facts.blocks[name], self._facts.questions[name]
        fits = self.fits(question)
        if isinstance(block, Single):
            return fits
        group = every((self.opened(block), self.condition(block.when)))
        if isinstance(block, OneOf):
            picked = self._with(("pick", block.id), lambda pick: pick == name)
            return every((fits, group, picked))
        first = block.questions[0].id
        return every((fits, group, name == first or self.has_status(first, "answered")))

    def opened(self, block: OneOf | Repeat) -> Truth:
        """Whether a group is asked, as far as its `when` goes."""
        deep = not block.deeper or self._is_long()
        return every((deep, isinstance(block, OneOf) or self.fits(block.questions[0])))

    def fits(self, question: Question) -> Truth:
        """Whether `question` is for this person and this length."""
        role = question.audience == "both" or self._with(
            ("role",), lambda role: role == question.audience
        )
        return every((role, not question.deeper or self._is_long()))

    def _is_long(self) -> Truth:
        return self._with(("length",), lambda length: length == "long")

    # --- decisions -----------------------------------------------------------------

    def _with(self, variable: Variable, holds: Callable[[Value], Truth]) -> Truth:
        """What `holds` says of the value of `variable`; the variable, while it can have several."""
        if variable in self._decided:
            return holds(self._decided[variable])
        values = self.values(variable)
        return holds(values[0]) if len(values) == 1 else variable

    def _truth(self, variable: Variable) -> Truth:
        return self._with(variable, bool)

    def values(self, variable: Variable) -> tuple[Value, ...]:
        """What `variable` can be."""
        if variable[0] == "value" and variable[1] != self._unchecked:
            return self._facts.allowed(variable[1])
        return self._facts.domains.of(variable)


def _counts(test: Journey, count: Value) -> bool:
    if not isinstance(count, int):
        return False
    return count >= test.least and (test.most is None or count <= test.most)
