"""What there is to decide in a session, and the few values of each that conditions can tell apart.

A variable is a tuple of words: its kind, and what it is of. Numbers are cut by the numbers that
conditions compare them with: each of these, and something between, below and above them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from reflect.packs.closure import all_blocks
from reflect.packs.signals import LAST
from reflect.script import (
    Compare,
    Condition,
    DaysSince,
    Includes,
    IsValue,
    Journey,
    OneOf,
    Question,
    Script,
    Single,
    Test,
)

Variable = tuple[str, ...]
"""`length`, `role`, `days`; `journey` WHAT; `pick` GROUP; of a question `reply`, `value`, `count` (its
words), `chosen` OPTION; `heard` SIGNAL; `status` of an earlier session's answer; `asked` for a
question whose own way is not followed; `compare` for numbers that are too many to tell apart."""

Value = str | int | float | bool | None

BOOLEAN: tuple[Value, ...] = (True, False)
MOST_COMPARED = 3
"""Questions whose numbers are compared with one another and still told apart."""


def conditions_of(script: Script) -> Iterator[Condition]:
    """Every condition of `script`."""
    for block in all_blocks(script.stages):
        if not isinstance(block, Single) and block.when:
            yield block.when
    for stage in script.stages:
        for question in stage.questions():
            yield from (question.when,) if question.when else ()
            yield from (must.check for must in question.must)
            yield from (probe.when for probe in question.probes)


def plain(subject: str) -> str:
    """The question that `subject` speaks of, this session's or an earlier one's."""
    return subject.removeprefix(LAST)


class Domains:
    """The values of each variable of one script."""

    def __init__(self, script: Script) -> None:
        both = script.audience == "both"
        self._roles: tuple[Value, ...] = ("mentee", "mentor") if both else (script.audience,)
        self._questions = {
            question.id: question for stage in script.stages for question in stage.questions()
        }
        self._groups = {
            block.id: block for block in all_blocks(script.stages) if isinstance(block, OneOf)
        }
        learnt = _Learnt(script)
        self._cuts, self._named, self._compared = learnt.cuts, learnt.named, learnt.compared
        self._families: dict[str, frozenset[str]] = {}
        self._found: dict[Variable, tuple[Value, ...]] = {}

    def of(self, variable: Variable) -> tuple[Value, ...]:
        """The values of `variable`, those that conditions cannot tell apart once."""
        if variable not in self._found:
            self._found[variable] = self._make(variable)
        return self._found[variable]

    def comparable(self, subject: str) -> bool:
        """Whether the values of `subject` are fine enough to be compared with other answers."""
        return len(self._family(plain(subject))) <= MOST_COMPARED

    def _make(self, variable: Variable) -> tuple[Value, ...]:
        match variable:
            case ("length",):
                return ("long", "short")
            case ("role",):
                return self._roles
            case ("pick", group):
                return self._picks(group)
            case ("reply", name):
                return ("answered", "skipped") if self._questions[name].skip else ("answered",)
            case ("status", _):
                return ("answered", "skipped", "absent")
            case ("value", subject):
                return self._values(self._questions[plain(subject)])
            case ("count", _) | ("journey", _):
                return self._whole(variable)
            case ("days",):
                return (*self._whole(variable), None)
        return BOOLEAN

    def _picks(self, group: str) -> tuple[Value, ...]:
        """The members, and none where each may be unfit for a session."""
        members = self._groups[group].members
        always = any(
            member.when is None and member.audience == "both" and not member.deeper
            for member in members
        )
        return (*(member.id for member in members), *(() if always else (None,)))

    def _whole(self, variable: Variable) -> tuple[Value, ...]:
        cuts = {int(cut) for cut in self._cuts.get(variable, {0})}
        return tuple(sorted({n for cut in cuts for n in (cut - 1, cut, cut + 1) if n >= 0}))

    def _values(self, question: Question) -> tuple[Value, ...]:
        if question.kind == "yesno":
            return BOOLEAN
        return self._options(question) if question.kind == "choice" else self._numbers(question)

    def _options(self, question: Question) -> tuple[Value, ...]:
        """The options that conditions name, and one that none does."""
        named = self._named.get(question.id, set())
        options = [option.id for option in question.options]
        rest = [option for option in options if option not in named][:1]
        return tuple([option for option in options if option in named] + rest)

    # --- numbers -------------------------------------------------------------------

    def _numbers(self, question: Question) -> tuple[Value, ...]:
        family = self._family(question.id)
        cuts = {cut for name in family for cut in self._cuts.get(("value", name), ())}
        scales = [self._questions[name] for name in family if self._questions[name].kind == "scale"]
        cuts |= {end for scale in scales for end in (scale.low, scale.high)}
        # Each question may be there twice, today's answer and an earlier one's.
        fine = 2 * len(family) if question.id in self._compared else 1
        if question.kind == "scale":
            return tuple(_steps(question.low, question.high, cuts, fine))
        steps = chain.from_iterable(_steps(one.low, one.high, cuts, fine) for one in scales)
        return tuple(_points({*cuts, *steps} or {0}, fine))

    def _family(self, name: str) -> frozenset[str]:
        """The questions whose numbers are compared with that of `name`, itself among them."""
        known = self._families.get(name)
        if known is not None:
            return known
        seen, new = {name}, [name]
        while new:
            near = self._compared.get(new.pop(), set()) - seen
            seen |= near
            new.extend(near)
        family = frozenset(seen)
        self._families.update(dict.fromkeys(family, family))
        return family


def _steps(low: int, high: int, cuts: set[float], fine: int) -> list[int]:
    """Steps of a scale: the cuts, and up to `fine` of those between any two of them."""
    whole = {round_ for cut in cuts if low <= cut <= high for round_ in (int(cut), -int(-cut // 1))}
    inside = sorted({low, high, *whole})
    steps = set(inside)
    for start, end in pairwise(inside):
        steps.update(range(start + 1, min(end, start + 1 + fine)))
    return sorted(steps)


def _points(cuts: set[float], fine: int) -> list[float]:
    """Points of a line: the cuts, and `fine` points between any two, below and above all."""
    inside = sorted(cuts)
    points = {*inside}
    points.update(inside[0] - step for step in range(1, fine + 1))
    points.update(inside[-1] + step for step in range(1, fine + 1))
    for start, end in pairwise(inside):
        points.update(start + (end - start) * step / (fine + 1) for step in range(1, fine + 1))
    return sorted(points)


class _Learnt:
    """What the conditions of a script tell apart: numbers, options, and what is compared."""

    def __init__(self, script: Script) -> None:
        self.cuts: dict[Variable, set[float]] = {}
        self.named: dict[str, set[str]] = {}
        self.compared: dict[str, set[str]] = {}
        for condition in conditions_of(script):
            for test in chain.from_iterable(condition.groups):
                self._test(test)
        for signal in script.signals:
            if signal.kind in ("longer", "shorter"):
                self._cut(("count", signal.subject), signal.number)

    def _test(self, test: Test) -> None:
        match test:
            case Journey(what=what, least=least, most=most):
                self._cut(("journey", what), least)
                self._cut(("journey", what), least if most is None else most)
            case DaysSince(days=days):
                self._cut(("days",), days)
            case Includes(subject=subject, option=option):
                self._value(plain(subject), option)
            case IsValue(subject=subject, values=values):
                for value in values:
                    self._value(plain(subject), value)
            case Compare(subject=subject, other="", number=number):
                self._cut(("value", plain(subject)), number)
            case Compare(subject=subject, other=other):
                self.compared.setdefault(plain(subject), set()).add(plain(other))
                self.compared.setdefault(plain(other), set()).add(plain(subject))

    def _value(self, name: str, value: bool | int | float | str) -> None:
        if isinstance(value, str):
            self.named.setdefault(name, set()).add(value)
        elif not isinstance(value, bool):
            self._cut(("value", name), value)

    def _cut(self, variable: Variable, number: float) -> None:
        self.cuts.setdefault(variable, set()).add(number)
