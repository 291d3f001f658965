"""What no session ever comes to: conditions that never or always hold, probes and questions out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reflect.diagnostics import Diagnostic, Place
from reflect.packs import codes
from reflect.packs.closure import all_blocks
from reflect.packs.places import Places
from reflect.packs.quality.found import warning
from reflect.packs.quality.search import Goal, Search
from reflect.packs.quality.sentences import clauses_of
from reflect.packs.quality.world import Facts, World, every, negation
from reflect.packs.report import clip
from reflect.script import (
    Block,
    Condition,
    IsSettled,
    OneOf,
    Question,
    Script,
    Single,
    questions_of,
)


def reach(script: Script, places: Places) -> Iterator[Diagnostic]:
    """Everything in `script` that no session comes to, and conditions that decide nothing."""
    looking = _Reach(Search(Facts(script)), places)
    for block in all_blocks(script.stages):
        yield from looking.block(block)


class _Reach:
    """Looks at one question after the other."""

    def __init__(self, search: Search, places: Places) -> None:
        self._search = search
        self._places = places

    def block(self, block: Block) -> Iterator[Diagnostic]:
        """What is out of reach in one block."""
        if not isinstance(block, Single) and block.when:
            yield from self._when(block.id, block.when, lambda world: world.opened(block))
        for question in questions_of(block):
            yield from self._question(question, isinstance(block, OneOf))

    def _question(self, question: Question, member: bool) -> Iterator[Diagnostic]:
        if self._search.possible(lambda world: world.fits(question)) is False:
            yield self._for_nobody(question, member)
            return
        if question.when and member:
            yield from self._member(question, question.when)
        elif question.when:
            yield from self._when(question.id, question.when, lambda w: w.open(question.id))
        yield from self._musts(question)
        answered = _answered(question)
        if question.probes and self._search.possible(answered) is not False:
            yield from self._probes(question, answered)

    def _for_nobody(self, question: Question, member: bool) -> Diagnostic:
        place = self._places.question(question.id, "for")
        code = codes.NEVER_CHOSEN if member else codes.NEVER_ASKED
        message = f"`{question.id}` is for the {question.audience}, and this pack is not."
        return warning(code, place, message, "Leave `for` out, or write `for: both` in the pack.")

    # --- when ------------------------------------------------------------------------

    def _when(self, name: str, when: Condition, around: Goal) -> Iterator[Diagnostic]:
        """A `when` that never holds, or always."""
        if self._never(around, when):
            if self._search.possible(around) is False:
                return
            place = self._guilty(name, when, around)
            message = f"`{name}` is never asked: {self._reason(around, when)}."
            yield warning(codes.NEVER_ASKED, place, message, _MEND)
            return
        if self._always(around, when):
            message = f"The condition of `{name}` always holds: `{clip(when.text)}`."
            hint = "Leave `when` out, or say what should make the difference."
            yield warning(codes.ALWAYS_TRUE, self._places.question(name, "when"), message, hint)
        yield from self._sides(name, when, around, self._at(name))

    def _member(self, question: Question, when: Condition) -> Iterator[Diagnostic]:
        """A member of a choice that is never its turn."""
        if self._never(_anywhere, when):
            message = f"`{question.id}` is never chosen: {self._reason(_anywhere, when)}."
            place = self._guilty(question.id, when, _anywhere)
            yield warning(codes.NEVER_CHOSEN, place, message, _MEND)

    def _reason(self, around: Goal, when: Condition) -> str:
        alone = self._search.possible(_both(around, when), deep=0)
        written = clip(when.text)
        if alone is False:
            return f"`{written}` cannot be"
        return f"`{written}` cannot be, given when the questions it reads are asked"

    def _guilty(self, name: str, when: Condition, around: Goal) -> Place:
        """The sentence that contradicts those before it, or what they read."""
        place = self._at(name)
        for count, clause in enumerate(clauses_of(when), 1):
            part = Condition(when.text, when.groups[:count])
            if self._never(around, part):
                return place(clause.line, clause.starts[0])
        return place(0, 0)

    def _at(self, name: str) -> _At:
        return lambda line, start: self._places.text(name, "when", line).at(start)

    def _sides(
        self, name: str, condition: Condition, around: Goal, at: _At
    ) -> Iterator[Diagnostic]:
        """A side of an `or` that never holds."""
        for clause, group in zip(clauses_of(condition), condition.groups, strict=True):
            for sentence, start, test in zip(clause.sentences, clause.starts, group, strict=True):
                alone = Condition(sentence, ((test,),))
                if len(group) > 1 and self._never(around, alone):
                    message = f"`{clip(sentence)}` never holds (`{name}`)."
                    hint = "Take this side of the `or` out, or correct it."
                    yield warning(codes.NEVER_TRUE, at(clause.line, start), message, hint)

    # --- must and probe --------------------------------------------------------------

    def _musts(self, question: Question) -> Iterator[Diagnostic]:
        """Checks that let no answer pass, or every one."""
        given = around = _given(question)
        for number, must in enumerate(question.must):
            place, written = self._places.must(question.id, number), clip(must.check.text)
            if self._never(around, must.check, question.id):
                if self._search.possible(around, unchecked=question.id) is False:
                    return
                message = f"No answer to `{question.id}` passes this: `{written}`."
                hint = "Say what an answer needs; checks that contradict each other let nobody on."
                yield warning(codes.NEVER_PASSES, place, message, hint)
                return
            if self._always(given, must.check, question.id):
                message = f"Every answer to `{question.id}` passes this: `{written}`."
                yield warning(codes.ALWAYS_TRUE, place, message, "Take the check out.")
            around = _both(around, must.check)

    def _probes(self, question: Question, answered: Goal) -> Iterator[Diagnostic]:
        """Probes that never get to ask."""
        for number, probe in enumerate(question.probes):
            name, place = question.id, self._places.probe(question.id, number)
            if self._never(answered, probe.when):
                message = (
                    f"This probe of `{name}` never asks: {self._reason(answered, probe.when)}."
                )
                yield warning(codes.NEVER_FIRES, place, message, _MEND)
                continue
            earlier = tuple(one.when for one in question.probes[:number])
            if earlier and self._never(_without(answered, earlier), probe.when):
                yield self._shadowed(question, number, answered)
                continue
            if not _is_plain(probe.when) and self._always(answered, probe.when):
                message = (
                    f"This probe of `{name}` asks after every answer: `{clip(probe.when.text)}`."
                )
                hint = "Narrow the condition; or write `answer is answered`, if that is meant."
                yield warning(codes.ALWAYS_TRUE, place, message, hint)
            yield from self._sides(name, probe.when, answered, self._probe_at(name, number))

    def _probe_at(self, name: str, number: int) -> _At:
        within = ("probe", number)
        return lambda line, start: self._places.text(name, "when", line, within).at(start)

    def _shadowed(self, question: Question, number: int, answered: Goal) -> Diagnostic:
        """Names the one earlier probe that takes all, if it is one alone."""
        probe = question.probes[number]
        alone = (
            one.when.text
            for one in question.probes[:number]
            if self._never(_without(answered, (one.when,)), probe.when)
        )
        taker = next(alone, "")
        who = f"the one with `{clip(taker)}`" if taker else "the ones before it"
        message = f"This probe of `{question.id}` never asks: whenever it could, {who} asks first."
        hint = "Put the narrower probe first, or take this one out."
        return warning(codes.PROBE_SHADOWED, self._places.probe(question.id, number), message, hint)

    # --- searching ---------------------------------------------------------------------

    def _never(self, around: Goal, condition: Condition, unchecked: str = "") -> bool:
        return self._search.possible(_both(around, condition), unchecked=unchecked) is False

    def _always(self, around: Goal, condition: Condition, unchecked: str = "") -> bool:
        goal = _without(around, (condition,))
        return self._search.possible(goal, unchecked=unchecked) is False


_At = Callable[[int, int], Place]
"""The place of a sentence of a condition: the number of its text, and where in that it begins."""

_MEND = "Correct the sentence, or take it out."


def _anywhere(world: World) -> bool:
    return True


def _both(around: Goal, condition: Condition) -> Goal:
    return lambda world: every((around(world), world.condition(condition)))


def _without(around: Goal, conditions: tuple[Condition, ...]) -> Goal:
    return lambda world: every(
        (around(world), *(negation(world.condition(one)) for one in conditions))
    )


def _is_plain(condition: Condition) -> bool:
    """Whether the author says outright that every answer is meant."""
    tests = [test for group in condition.groups for test in group]
    return all(isinstance(test, IsSettled) for test in tests)


def _given(question: Question) -> Goal:
    """An answer to `question` is there."""
    return lambda world: world.has_status(question.id, "answered")


def _answered(question: Question) -> Goal:
    """An answer to `question` is there and has passed its checks."""
    checks = tuple(must.check for must in question.must) if question.is_text else ()
    return lambda world: every(
        (world.has_status(question.id, "answered"), *map(world.condition, checks))
    )
