"""The sentences of conditions: read, written and read again; true of exactly what a small evaluator says."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reflect.diagnostics import Place
from reflect.dialogue.given import Given, holds
from reflect.events import Answered, LastAnswer, Ref, SessionStarted, Span, Tally
from reflect.packs.conditions import Conditions, Scope
from reflect.packs.facts import Facts, Here
from reflect.packs.report import Report
from reflect.packs.signals import Signals
from reflect.packs.tree import Text
from reflect.script import (
    Compare,
    Condition,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    Kind,
    Signal,
    Test,
    Vocabulary,
)

from .profile import ordinarily

# --- a pack with a question of every kind ----------------------------------------------

ASKED: dict[str, Kind] = {
    "words": "text", "line": "line", "pick": "choice", "some": "several", "ready": "yesno",
    "trust": "scale", "count": "number", "day": "date",
}  # fmt: skip
OPTIONS = ("time", "money", "no-nerve")
LISTS = {"busy": ("no time", "swamped"), "glad": ("happy",)}
CUES = {"vague": "vague", "low": "low"}
NAMES = (*ASKED, *(f"last.{name}" for name in ASKED))
PLACE = Place("pack.yaml", 1, 1)
FACTS = {
    name: Facts(name, kind, 0, order, PLACE, OPTIONS if kind in ("choice", "several") else (), 1, 5)
    for order, (name, kind) in enumerate(ASKED.items())
}
SCOPE = Scope(Here(stage=0, order=99))


class Reader:
    """Reads sentences as a pack's; signals are numbered over all of them."""

    def __init__(self) -> None:
        self.report = Report()
        self.signals = Signals()
        self._conditions = Conditions(FACTS, LISTS, Vocabulary(CUES), self.signals, self.report)

    def read(self, *lines: str, scope: Scope = SCOPE) -> Condition | None:
        texts = tuple(Text(line, "pack.yaml", 1, 1) for line in lines)
        return self._conditions.read(texts, scope)


# --- sentences -------------------------------------------------------------------------


Parts = dict[str, Sequence[object]]


def of_kind(*kinds: Kind) -> tuple[str, ...]:
    return tuple(name for name in NAMES if ASKED[name.removeprefix("last.")] in kinds)


NOT = ("", "not ")
COUNTS = (0, 1, 2, 3, 30)
NUMBERS = ("-3", "1", "2.5", "3", "3", "4.0")
ON_SCALE = ("1", "3", "3", "4")
HOW = ("at least", "at most", "above", "below")
TEXTS, WHOLE = of_kind("text", "line"), of_kind("scale", "number")
THINGS = ("sessions", "session", "open actions", "win", "goals", "open question")
FORMS: tuple[tuple[str, Parts], ...] = (
    ("{x} is {n}{s}", {"x": NAMES, "n": NOT, "s": ("answered", "skipped")}),
    ("{x} is {n}{o}", {"x": of_kind("choice"), "n": NOT, "o": OPTIONS}),
    ("{x} is {n}{o}", {"x": of_kind("yesno"), "n": NOT, "o": ("yes", "no")}),
    ("{x} is {n}{o}", {"x": of_kind("number"), "n": NOT, "o": NUMBERS}),
    ("{x} is {n}{o}", {"x": of_kind("scale"), "n": NOT, "o": ON_SCALE}),
    ("{x} is {n}one of {a}, {b}", {"x": of_kind("scale"), "n": NOT, "a": ON_SCALE, "b": ON_SCALE}),
    ("{x} is {n}one of {a}, {b}", {"x": of_kind("choice"), "n": NOT, "a": OPTIONS, "b": OPTIONS}),
    ("{x} includes {o}", {"x": of_kind("several"), "o": OPTIONS}),
    ("{x} is {p} {o}", {"x": of_kind("scale"), "p": HOW, "o": ON_SCALE}),
    ("{x} is {p} {o}", {"x": of_kind("number"), "p": HOW, "o": NUMBERS}),
    ("{x} is {p} {o}", {"x": WHOLE, "p": HOW, "o": WHOLE}),
    ("{x} is {n}{c}", {"x": TEXTS, "n": NOT, "c": tuple(CUES)}),
    ("{x} is {n}{k} than {c} words", {"x": TEXTS, "n": NOT, "k": ("shorter", "longer"), "c": COUNTS}),
    ("{x} mentions {o}", {"x": TEXTS, "o": (*LISTS, '"or so"', '"not and"')}),
    ("{x} does not mention {o}", {"x": TEXTS, "o": (*LISTS, '"a, b"')}),
    ("{x} repeats {o}", {"x": TEXTS, "o": TEXTS}),
    ("{x} does not repeat {o}", {"x": TEXTS, "o": TEXTS}),
    ("journey has {o}", {"o": THINGS}),
    ("journey has {n} {o}", {"n": COUNTS, "o": THINGS}),
    ("journey has no {o}", {"o": THINGS}),
    ("journey has at {k} {n} {o}", {"k": ("least", "most"), "n": COUNTS, "o": THINGS}),
    ("it is more than {n} days since last session", {"n": COUNTS}),
)  # fmt: skip
AT_ONCE = 25
"""Cases that are made of one seed: to choose each word apart would take longer than to read it."""


def conditions(rng: Random) -> list[str]:
    """The lines of a condition."""
    return [line(rng) for _ in range(rng.choice((1, 1, 1, 2)))]


def line(rng: Random) -> str:
    joiner = rng.choice((" or ", " and "))
    return joiner.join(sentence(rng) for _ in range(rng.choice((1, 1, 1, 2, 3))))


def sentence(rng: Random) -> str:
    form, parts = rng.choice(FORMS)
    return form.format(**{name: rng.choice(some) for name, some in parts.items()})


# --- written again ---------------------------------------------------------------------


def written(test: Test, signals: tuple[Signal, ...]) -> str:
    """The sentence of `test`, in the form that the page of the format gives."""
    if isinstance(test, Journey):
        name = "sessions" if test.what == "sessions" else f"{test.what}s"
        if test.most is None:
            return f"journey has at least {test.least} {name}"
        if test.most == test.least:
            return f"journey has {test.least} {name}"
        return f"journey has at most {test.most} {name}"
    if isinstance(test, DaysSince):
        return f"it is more than {test.days} days since last session"
    no = "not " if getattr(test, "negated", False) else ""
    if isinstance(test, IsSettled):
        return f"{test.subject} is {no}{test.status}"
    if isinstance(test, IsValue):
        return f"{test.subject} is {no}one of {', '.join(map(said, test.values))}"
    if isinstance(test, Includes):
        return f"{test.subject} includes {test.option}"
    if isinstance(test, Compare):
        return f"{test.subject} is {test.operator} {test.other or said(test.number)}"
    return heard(test.subject, signals[test.signal], no)


def heard(subject: str, signal: Signal, no: str) -> str:
    if signal.kind == "cue":
        return f"{subject} is {no}{signal.name}"
    if signal.kind in ("shorter", "longer"):
        return f"{subject} is {no}{signal.kind} than {signal.number} words"
    what = signal.other or signal.name or f'"{signal.words[0]}"'
    verb = "repeat" if signal.kind == "repeats" else "mention"
    return f"{subject} does not {verb} {what}" if no else f"{subject} {verb}s {what}"


def said(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def meant(condition: Condition, signals: tuple[Signal, ...]) -> list[list[tuple[Any, ...]]]:
    """What is asked, with signals in place of their numbers."""
    return [
        [
            (test.subject, signals[test.signal], test.negated)
            if isinstance(test, Hears)
            else (test,)
            for test in group
        ]
        for group in condition.groups
    ]


@ordinarily(20)
@given(st.integers(0, 2**40))
def test_what_is_read_is_written_and_read_the_same(seed: int) -> None:
    rng = Random(seed)
    for _ in range(AT_ONCE):
        sentences = conditions(rng)
        one, other = Reader(), Reader()
        first = one.read(*sentences)
        assert first is not None and not one.report.failed, sentences
        signals = one.signals.all()
        again = [" or ".join(written(test, signals) for test in group) for group in first.groups]
        second = other.read(*again)
        assert second is not None and not other.report.failed, again
        assert meant(second, other.signals.all()) == meant(first, signals), sentences


# --- true or not -----------------------------------------------------------------------

SPANS = (None, None, (), (Span(0, 3),))
VALUES: dict[Kind, tuple[object, ...]] = {
    "text": (None, None, True), "line": (None, "a"), "choice": OPTIONS, "yesno": (True, False),
    "several": (("time",), ("money", "no-nerve"), (), "time"), "scale": (1, 3, 3, 4, True),
    "number": (-3, 1, 2.5, 3, 3, 4.0, False, float("inf")), "date": ("2026-11-21", None),
}  # fmt: skip
STATUSES = ("answered",) * 6 + ("skipped", "declined", "removed")


class World:
    """What is known when a condition is asked: answers, signals heard in them, the journey."""

    def __init__(
        self,
        answers: dict[str, tuple[str, Any]],
        hearing: dict[tuple[str, int], Any],
        tally: Tally,
        signals: tuple[Signal, ...],
    ) -> None:
        self.answers, self.hearing, self.tally, self.signals = answers, hearing, tally, signals

    def heard(self, name: str) -> dict[int, Any]:
        """Of all that could be heard in the answer `name`, what somebody listened for."""
        return {
            number: self.hearing[name, number]
            for number, signal in enumerate(self.signals)
            if signal.subject == name and (name, number) in self.hearing
        }

    @property
    def given(self) -> dict[str, Given]:
        return {
            name: Given(
                name, 1, 1, Answered(name, "", status, value=value, heard=self.heard(name)), value  # type: ignore[arg-type]
            )
            for name, (status, value) in self.answers.items()
            if not name.startswith("last.")
        }  # fmt: skip

    @property
    def started(self) -> SessionStarted:
        last = {
            name.removeprefix("last."): LastAnswer(
                Ref("S", 1), status, value, self.heard(name)  # type: ignore[arg-type]
            )
            for name, (status, value) in self.answers.items()
            if name.startswith("last.")
        }  # fmt: skip
        return SessionStarted(
            "m", "d", "p", "s", "en", "short", "2026-11-21T18:00:00+01:00", last=last,
            journey=self.tally,
        )  # fmt: skip


def world(rng: Random, signals: tuple[Signal, ...]) -> World:
    """Answers of fitting kinds, now and then of others or none at all."""
    answers = {}
    for name in NAMES:
        kind = (
            rng.choice(tuple(ASKED.values()))
            if rng.random() < 0.1
            else ASKED[name.removeprefix("last.")]
        )
        if rng.random() < 0.85:
            answers[name] = (rng.choice(STATUSES), rng.choice((*VALUES[kind], *VALUES[kind], None)))
    marks = [(name, number) for name in NAMES for number in range(len(signals))]
    hearing = {mark: rng.choice(SPANS) for mark in marks if rng.random() < 0.8}
    items = {kind: rng.randrange(4) for kind in ("action", "win", "goal", "question")}
    tally = Tally(rng.randrange(4), rng.choice((None, 0, 2, 3, 4, 60)), items)
    return World(answers, hearing, tally, signals)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "at least": operator.ge, "at most": operator.le, "above": operator.gt, "below": operator.lt,
}  # fmt: skip


def is_true(lines: list[str], world: World) -> bool:
    """What the page of the format says of these lines: all must hold, `or` and `and` join sentences."""
    return all(_line(line, world) for line in lines)


def _line(line: str, world: World) -> bool:
    bare = re.sub(r'"[^"]*"', lambda quoted: "_" * len(quoted[0]), line)
    ways = [(" or ", any), (" and ", all)]
    word, quantifier = next(((w, q) for w, q in ways if w in bare), (" or ", any))
    parts, at = [], 0
    for joiner in (*re.finditer(word, bare), None):
        parts.append(line[at : joiner.start() if joiner else len(line)])
        at = joiner.end() if joiner else at
    return quantifier(_sentence(part, world) for part in parts)


def _sentence(text: str, world: World) -> bool:
    if found := re.fullmatch(r"it is more than (\d+) days since last session", text):
        return world.tally.days is not None and world.tally.days > int(found[1])
    if found := re.fullmatch(
        r"journey has (.*?)(?:open )?(session|action|win|goal|question)s?", text
    ):
        return _journey(found[1].split(), found[2], world.tally)
    subject, rest = text.split(" ", 1)
    status, value = world.answers.get(subject, ("", None))
    if found := re.fullmatch(r"is (not )?(answered|skipped)", rest):
        return (status == found[2]) != bool(found[1])
    if status != "answered":
        return False
    signal = _signal(subject, rest)
    if signal is not None:
        known = {one: number for number, one in enumerate(world.signals)}
        mark = (subject, known[signal[0]])
        return mark in world.hearing and (world.hearing[mark] is not None) != signal[1]
    if found := re.fullmatch(r"includes (\S+)", rest):
        return isinstance(value, tuple) and found[1] in value
    if found := re.fullmatch(r"is (at least|at most|above|below) (\S+)", rest):
        return _compared(found[1], value, found[2], world)
    found = re.fullmatch(r"is (not )?(?:one of )?(.*)", rest)
    assert found is not None
    wanted = [_value(one) for one in found[2].split(", ")]
    same = any(type(one) is bool if isinstance(value, bool) else type(one) is not bool and one == value
               for one in wanted if not isinstance(value, bool) or one == value)  # fmt: skip
    return value is not None and same != bool(found[1])


def _journey(words: list[str], what: str, tally: Tally) -> bool:
    count = tally.sessions if what == "session" else tally.items.get(what, 0)
    match words:
        case []:
            return count >= 1
        case ["no"]:
            return count == 0
        case ["at", "least", number]:
            return count >= int(number)
        case ["at", "most", number]:
            return count <= int(number)
    return count == int(words[0])


def _compared(how: str, value: Any, other: str, world: World) -> bool:
    status, right = world.answers.get(other, ("answered", _value(other)))
    if other in NAMES and other not in world.answers:
        return False
    both = (value, right)
    if status != "answered" or not all(type(one) in (int, float) for one in both):
        return False
    return OPERATORS[how](value, right)


def _value(word: str) -> Any:
    if word in ("yes", "no"):
        return word == "yes"
    return float(word) if re.fullmatch(r"-?[\d.]+", word) else word


def _signal(subject: str, rest: str) -> tuple[Signal, bool] | None:
    """What is listened for, and whether it must not be heard."""
    if found := re.fullmatch(r"is (not )?(vague|low)", rest):
        return Signal(subject, "cue", name=found[2]), bool(found[1])
    if found := re.fullmatch(r"is (not )?(shorter|longer) than (\d+) words", rest):
        return Signal(subject, found[2], number=int(found[3])), bool(found[1])  # type: ignore[arg-type]
    if found := re.fullmatch(r"(mentions|does not mention) (.*)", rest):
        quoted = found[2].startswith('"')
        words = (found[2].strip('"'),) if quoted else LISTS[found[2]]
        signal = Signal(subject, "mentions", "" if quoted else found[2], words)
        return signal, found[1] != "mentions"
    if found := re.fullmatch(r"(repeats|does not repeat) (\S+)", rest):
        return Signal(subject, "repeats", other=found[2]), found[1] != "repeats"
    return None


@ordinarily(40)
@given(st.integers(0, 2**40))
def test_it_holds_where_a_plain_reading_says_so(seed: int) -> None:
    rng = Random(seed)
    for _ in range(AT_ONCE):
        lines, reader = conditions(rng), Reader()
        condition = reader.read(*lines)
        assert condition is not None
        found = world(rng, reader.signals.all())
        assert holds(condition, found.given, found.started) == is_true(lines, found), lines


# --- whatever is written ---------------------------------------------------------------

scraps = st.sampled_from(
    ("is", "not", "and", "or", "one", "of", ",", "at", "least", "above", "than", "words", "mentions",
     "does", "mention", "repeats", "journey", "has", "no", "it", "more", "days", "since", "last",
     "session", "includes", "answer", "answered", "yes", "time", "vague", "busy", '"', '"a b"', "“",
     "3", "-", "1e9", "99999999999", "<", "{", "last.", "last.words", "", "\x00", "é", *ASKED)
)  # fmt: skip
scopes = st.sampled_from(
    (SCOPE, Scope(Here(0, 3), "ready", "probe"), Scope(Here(0, 2), "pick", "must"), Scope(Here()))
)


sound = st.sampled_from(("words is answered", "ready is yes or count is 3"))
lines_of_scraps = (
    st.lists(scraps, max_size=12).map(" ".join) | st.text(max_size=40) | sound
).filter(str.strip)


@ordinarily(80)
@given(st.lists(lines_of_scraps, max_size=3), scopes)
def test_whatever_is_written_is_read_or_refused_with_a_reason(
    lines: list[str], scope: Scope
) -> None:
    reader = Reader()
    condition = reader.read(*lines, scope=scope)
    assert reader.report.failed == (condition is None and bool(lines))
    if condition is not None:
        found = World({}, {}, Tally(), reader.signals.all())
        assert holds(condition, found.given, found.started) in (True, False)
