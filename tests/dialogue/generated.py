"""Random scripts, memories and moves that use every feature of the engine.

Hypothesis chooses how many questions and which moves, so that a failure shrinks; what each
of them is comes from a seed, so that an example costs microseconds.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

import msgspec
from hypothesis import strategies as st

from reflect.dialogue.joint import joint
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.dialogue.turn import Turn
from reflect.events import (
    Answer,
    Expectation,
    GoalRef,
    Heard,
    LastAnswer,
    NoteRef,
    Parts,
    Promise,
    Ref,
    Refused,
    Said,
    SessionEvent,
    Span,
    Whereabouts,
)
from reflect.memory import Memory
from reflect.script import (
    KEEPS,
    LIFECYCLE,
    PHASES,
    SHARES,
    Block,
    Compare,
    Condition,
    CoreText,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    Must,
    OneOf,
    Option,
    Placeholder,
    Probe,
    Question,
    Repeat,
    Script,
    Signal,
    Single,
    Source,
    Stage,
    Template,
    Test,
    questions_of,
)

from .scripts import NOW, core

KINDS = ("text", "text", "text", "line", "yesno", "number", "date", "scale", "choice", "several")
OPTIONS = (
    Option("time", "not enough time"),
    Option("nerve", "no {nerve}"),
    Option("other", "else"),
)
SOURCES: tuple[Source, ...] = (
    "mentee", "mentor", "other", "stage", "answer", "answer", "last", "match", "quote", "quote", "engine",
)  # fmt: skip
TEXTS = (
    "fine",
    "a card with three names",
    "{mentor} and {{braces}} {",
    "\U0001f600 \U0001f469\u200d\U0001f52c",
    "\u05e9\u05dc\u05d5\u05dd \u202eabc",
    "\x00\x07\x1b[31m\n\t\x9b",
    "\n",
    "word " * 10_000,
)
DAYS = ("2026-11-26", "2027-01-01", "2024-02-29")
OWNERS = ("me", "mentor", "both", "other", "none", "unclear")
PAST_TEXT = "the rota was late again, and nobody had told us"


# --- scripts -----------------------------------------------------------------------


class _Author:
    """Writes one script from a seed; `readable` are the earlier questions that a condition may name."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.readable: list[str] = []
        self.signals: list[Signal] = []
        self.listen: dict[str, list[int]] = {}
        self.last_signals: list[int] = []
        self.count = 0

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def write(self, size: int) -> Script:
        phases: dict[str, list[Block]] = {phase: [] for phase in PHASES}
        for phase in sorted(self.rng.choices(range(5), k=size)):
            phases[PHASES[phase]].append(self.block())
        stage = Stage("s", "Stage", **{name: tuple(blocks) for name, blocks in phases.items()})
        other = Stage("t", "Another stage", lifecycle=("goals", "work", "maintain"))
        return Script(
            "p", "1", "P", "en", (_listening(stage, self.listen), other), self.core(),
            signals=tuple(self.signals), last_signals=tuple(self.last_signals),
        )  # fmt: skip

    def core(self) -> dict[str, CoreText]:
        said = core()
        said["kept-action"] = CoreText(ask=(self.template(""), ("noted",)))
        said["due"] = CoreText(ask=(("By when?",), self.template("")), how=self.template(""))
        return said

    def block(self) -> Block:
        kind = self.rng.choices(("single", "one of", "repeat"), (6, 2, 2))[0]
        if kind == "single":
            return Single(self.question(self.condition(0.4)))
        self.count += 1
        name, deeper, when = f"g{self.count}", self.maybe(0.1), self.condition(0.3)
        reads = _subjects(when)
        known = list(self.readable)
        if kind == "one of":
            asked = [self.question(self.abroad(0.3), reads) for _ in range(self.rng.randint(1, 3))]
            return OneOf(name, tuple(asked), deeper, when)
        first = self.question(None, reads)
        others = [self.question(self.condition(0.4), reads) for _ in range(self.rng.randint(0, 2))]
        self.readable = known
        again = tuple(self.template("") for _ in range(self.rng.randint(0, 2)))
        return Repeat(name, self.rng.randint(1, 3), (first, *others), again, deeper, when)

    def question(self, when: Condition | None, reads: frozenset[str] = frozenset()) -> Question:
        rng, name = self.rng, f"q{self.count}"
        self.count += 1
        kind = rng.choice(KINDS)
        must = self.musts(name) if self.maybe(0.15) else ()
        probes = tuple(self.probe(name, n) for n in range(rng.choice((0, 0, 1, 1, 2))))
        made = Question(
            id=name,
            ask=tuple(self.template(name) for _ in range(rng.choice((1, 1, 2, 3)))),
            how=self.template(name) if self.maybe(0.2) else (),
            example=self.template(name) if self.maybe(0.2) else (),
            kind=kind,
            low=0,
            high=4,
            labels=("low", "high") if kind == "scale" else (),
            options=OPTIONS if kind in ("choice", "several") else (),
            deeper=self.maybe(0.1),
            skip=bool(must) or self.maybe(0.85),
            when=when,
            must=must,
            probes=probes,
            keep=rng.choice((*KEEPS, "action", "action", "goal", None, None, None, None)),
            share=rng.choice(SHARES),
            audience=rng.choice(("both", "both", "both", "both", "mentee", "mentor")),
            moves_to=rng.choice(LIFECYCLE) if kind == "yesno" else None,
            reads=tuple(sorted(reads | _subjects(when))),
            line=self.count,
        )
        self.readable.append(name)
        return made

    def musts(self, name: str) -> tuple[Must, ...]:
        rule = Condition("must", ((Hears(name, self.signal(name), self.maybe(0.5)),),))
        return (Must(rule, self.template(name)),)

    def probe(self, name: str, number: int) -> Probe:
        tests: list[Test] = [Hears(name, self.signal(name), self.maybe(0.3))]
        if self.maybe(0.3):
            tests.append(self.test([name]))
        rule = Condition(f"probe {number}", tuple((test,) for test in tests))
        return Probe(f"p{number}", rule, (self.template(name), self.template(name)))

    # --- texts ---

    def template(self, name: str) -> Template:
        pieces: list[str | Placeholder] = [f"{name}: "] if self.maybe(0.7) else []
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            pieces.append(self.placeholder())
            pieces.append(self.rng.choice((" and ", " {not} ", "?")))
        return tuple(pieces)

    def placeholder(self) -> Placeholder:
        source = self.rng.choice(SOURCES)
        fallback = self.rng.choice(("", "nothing yet"))
        if source == "engine":
            return Placeholder(
                "engine", self.rng.choice(("promise", "due", "answer", "days")), fallback
            )
        if source == "last":
            return Placeholder("last", f"q{self.rng.randrange(6)}", fallback)
        named = source == "answer" or (source == "quote" and self.maybe(0.5))
        if named and self.readable:
            return Placeholder(source, self.rng.choice(self.readable), fallback)
        return Placeholder("quote" if source == "answer" else source, "", fallback)

    # --- conditions ---

    def condition(self, chance: float) -> Condition | None:
        """A rule on earlier answers, last time and the journey, in a share of the cases."""
        if not self.maybe(chance):
            return None
        groups = self.rng.choice((1, 1, 2))
        tests = [
            [self.test(self.readable) for _ in range(self.rng.choice((1, 1, 2)))]
            for _ in range(groups)
        ]
        return Condition("earlier", tuple(tuple(group) for group in tests), line=3)

    def abroad(self, chance: float) -> Condition | None:
        """A rule that reads nothing of this session."""
        return Condition("abroad", ((self.test([]),),)) if self.maybe(chance) else None

    def test(self, names: list[str]) -> Test:
        rng = self.rng
        kind = rng.randrange(8)
        if kind == 0:
            least = rng.randrange(3)
            most = rng.choice((None, least, least + 2))
            return Journey(rng.choice(("sessions", "action", "win")), least, most)
        if kind == 1:
            return DaysSince(rng.choice((0, 10, 30)))
        subject = self.subject(names)
        negated = self.maybe(0.4)
        if kind == 2:
            return IsSettled(subject, rng.choice(("answered", "skipped")), negated)
        if kind in (3, 4):
            return IsValue(
                subject, rng.choice(((True,), (False,), (1, 2), ("time", "other"))), negated
            )
        if kind == 5:
            return Includes(subject, rng.choice(("time", "nerve")))
        if kind == 6:
            operator = rng.choice(("at least", "at most", "above", "below"))
            other = self.subject(names) if self.maybe(0.4) else ""
            return Compare(subject, operator, rng.choice((0, 2, 2.5)), other)
        return Hears(subject, self.signal(subject), negated)

    def subject(self, names: list[str]) -> str:
        if names and self.maybe(0.8):
            return self.rng.choice(names[-4:])
        return f"last.q{self.rng.randrange(6)}"

    def signal(self, subject: str) -> int:
        kind = self.rng.choice(("cue", "mentions", "longer", "shorter", "repeats"))
        other = self.subject(self.readable) if kind == "repeats" else ""
        number = len(self.signals)
        self.signals.append(Signal(subject, kind, "vague", ("w*",), 2, other))
        if subject.startswith("last."):
            self.last_signals.append(number)
        else:
            self.listen.setdefault(subject, []).append(number)
        return number


def _subjects(condition: Condition | None) -> frozenset[str]:
    return condition.subjects() if condition is not None else frozenset()


def _listening(stage: Stage, listen: dict[str, list[int]]) -> Stage:
    """`stage` with every question told which signals to listen for."""

    def told(question: Question) -> Question:
        return msgspec.structs.replace(question, listen=tuple(listen.get(question.id, ())))

    def block(one: Block) -> Block:
        if isinstance(one, Single):
            return Single(told(one.question))
        inside = tuple(told(question) for question in questions_of(one))
        name = "members" if isinstance(one, OneOf) else "questions"
        return msgspec.structs.replace(one, **{name: inside})

    phases = {phase: tuple(block(one) for one in stage.blocks(phase)) for phase in PHASES}
    return msgspec.structs.replace(stage, **phases)


# --- where a session starts from ---------------------------------------------------


def _memory(rng: Random, script: Script) -> Memory:
    names = [question.id for question in script.stages[0].questions()]
    last = {name: _last(rng, n, script) for n, name in enumerate(names) if rng.random() < 0.4}
    return Memory(
        sessions=rng.randrange(4),
        last_day=rng.choice((None, "2026-11-01", "2026-09-01", "2027-01-01")),
        items={kind: rng.randrange(4) for kind in ("action", "win")},
        promises=tuple(
            Promise(
                f"S:{n}",
                Ref("S", n, 0, 8),
                rng.choice((None, *DAYS)),
                rng.choice(("", DAYS[2])),
                not_yet=rng.choice((0, 0, 1, 3)),
            )
            for n in range(rng.choice((0, 0, 1, 5)))
        ),
        last=last,
        used={
            name: {n: rng.randrange(4) for n in range(2)} for name in names if rng.random() < 0.5
        },
        asked={name: rng.randrange(4) for name in names},
        goals=tuple(
            GoalRef(f"S:g{n}", Ref("S", n, 0, 8), rng.choice(("draft", "agreed")))
            for n in range(rng.choice((0, 0, 1, 3)))
        ),
        last_stage=rng.choice(("", "s")),
        whereabouts=rng.choice((None, _whereabouts(rng), _whereabouts(rng))),
        notes=tuple(_note(rng, n) for n in range(rng.choice((0, 0, 1, 5)))),
    )


def _note(rng: Random, number: int) -> NoteRef:
    beside = rng.choice((None, Ref("S", number, 0, 8)))
    about = beside is not None or rng.random() < 0.5
    text = Ref("S", number, 0, 8)
    return NoteRef(
        f"n{number}", 1, text, about, beside, rng.random() < 0.3, rng.choice(("yes", "no"))
    )


def _whereabouts(rng: Random) -> Whereabouts:
    return Whereabouts(
        rng.choice(LIFECYCLE),
        sessions=rng.randrange(4),
        kept=rng.randrange(3),
        reached=rng.randrange(2),
        asked=rng.choice((None, None, "2026-11-01", "2026-09-01")),
    )


def _last(rng: Random, seq: int, script: Script) -> LastAnswer:
    heard: Heard = {
        n: rng.choice((None, (Span(0, 3),))) for n in script.last_signals if rng.random() < 0.6
    }
    span = rng.choice(((), (4, 8)))
    return LastAnswer(
        ref=Ref("S", seq, *span),
        status=rng.choice(("answered", "answered", "answered", "skipped", "declined")),
        value=rng.choice((None, None, True, False, 1, 2.5, "time", ("time", "nerve"))),
        heard=heard,
        quote=rng.choice((None, Span(4, 8))),
    )


def begin(seed: int, size: int, settled: int) -> Dialogue:
    """A session of a random script, after `settled` turns at most; the same for the same numbers."""
    script = _Author(seed).write(size)
    rng = Random(seed + 1)
    started = start(
        script,
        _memory(rng, script),
        NOW,
        mentorship="m",
        digest="d",
        stage="s",
        length=rng.choice(("short", "long")),
        mentee="Ada",
        mentor="Grace",
        role=rng.choice(("mentee", "mentor")),
    )
    past = {("S", n): PAST_TEXT for n in range(8) if rng.random() < 0.7}
    dialogue = Dialogue(script, [started], past)
    for _ in range(settled):
        if dialogue.turn is not None:
            settle(dialogue, rng)
    return dialogue


sessions = st.builds(
    begin, st.integers(0, 2**40), st.integers(0, 12), st.sampled_from((0, 0, 3, 10, 99))
)
"""Sessions of random scripts: before their first answer, on their way, at their summary."""

_numbers = st.integers(0, 2**40)
moves = st.lists(_numbers, max_size=8) | st.lists(_numbers, min_size=16, max_size=60)
"""What a person does, one number a move: see `move`."""


# --- what a person does ------------------------------------------------------------


def said(rng: Random, turn: Turn, texts: tuple[str, ...] = TEXTS) -> Said:
    """A line as an Ear might have heard it at `turn`: a problem, or a value, signals and parts."""
    expected = turn.expectation
    text = rng.choice(texts)
    if rng.random() < 0.05:
        return Said(text, problem="not-an-option")
    whole = joint(expected.before, text)
    heard: Heard = {
        listen.number: rng.choice(
            (None, (), (_span(rng, whole),), (_span(rng, whole), _span(rng, whole)))
        )
        for listen in expected.listen
        if rng.random() < 0.9
    }
    return Said(text, _value(rng, expected), heard, _parts(rng, whole, text))


def _value(rng: Random, expected: Expectation) -> Answer:
    ids = [option.id for option in expected.options]
    values: dict[str, Callable[[], Answer]] = {
        "yesno": lambda: rng.random() < 0.6,
        "number": lambda: rng.choice((0, 1, 2, 2.5, -3)),
        "scale": lambda: rng.randint(expected.low, expected.high),
        "date": lambda: rng.choice(DAYS),
        "choice": lambda: rng.choice(ids),
        "several": lambda: tuple(one for one in ids if rng.random() < 0.5),
    }
    return values.get(expected.kind, lambda: None)()


def _parts(rng: Random, whole: str, text: str) -> Parts:
    if rng.random() < 0.3:
        return Parts()
    return Parts(
        quote=rng.choice((None, _span(rng, whole), Span(0, len(whole)))),
        what=rng.choice((None, _span(rng, whole))),
        due=rng.choice((None, *DAYS)),
        due_words=rng.choice((None, _span(rng, text))),
        owner=rng.choice(OWNERS),
        letters=rng.choice(("", "s", "smt", "t")),
        mood=rng.choice(("", "", "low", "glad")),
        weight=rng.choice(("", "", "", "", "thin", "grave")),
    )


def _span(rng: Random, text: str) -> Span:
    first, last = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    return Span(first, last)


Event = SessionEvent | Refused


def answer(dialogue: Dialogue, rng: Random, texts: tuple[str, ...] = TEXTS) -> Event:
    """Say something to the turn that is there."""
    assert dialogue.turn is not None
    return dialogue.hear(said(rng, dialogue.turn, texts), NOW)


def command(dialogue: Dialogue, rng: Random) -> Event:
    """Anything but an answer."""
    keys = ["nowhere", *(slot.key for slot in dialogue.visible)]
    key = rng.choice(keys)
    chosen = rng.choice(("back", "back", "reopen", "reopen", "remove", "decide", "enter", "skip"))
    if chosen == "back" or (dialogue.turn is None and chosen in ("enter", "skip")):
        return dialogue.back()
    if chosen == "reopen":
        return dialogue.reopen(key)
    if chosen == "remove":
        return dialogue.remove(NOW)
    if chosen == "decide":
        return dialogue.decide(key, rng.choice(("share", "keep", "words")), NOW)
    return dialogue.hear(Said(), NOW) if chosen == "enter" else dialogue.skip(NOW)


def move(
    dialogue: Dialogue, number: int, commands: float = 0.3, texts: tuple[str, ...] = TEXTS
) -> Event:
    """What the person does at move `number`: mostly an answer; commands in a share of the cases."""
    rng = Random(number)
    if dialogue.turn is None or rng.random() < commands:
        return command(dialogue, rng)
    return answer(dialogue, rng, texts)


def settle(dialogue: Dialogue, rng: Random) -> None:
    """Answer the turn; when it is refused, skip it; when that is refused, say something harmless."""
    event = answer(dialogue, rng)
    if isinstance(event, Refused):
        event = dialogue.skip(NOW)
    if isinstance(event, Refused):
        assert dialogue.turn is not None
        fitting = Said("so be it", _value(rng, dialogue.turn.expectation))
        event = dialogue.hear(fitting, NOW)
    assert not isinstance(event, Refused)
    dialogue.apply(event)


def play(
    dialogue: Dialogue, numbers: list[int], commands: float = 0.3, texts: tuple[str, ...] = TEXTS
) -> Dialogue:
    """Make these moves; gives the dialogue back."""
    for number in numbers:
        event = move(dialogue, number, commands, texts)
        if not isinstance(event, Refused):
            dialogue.apply(event)
    return dialogue


def canaries(rng: Random) -> tuple[str, ...]:
    """One text that occurs nowhere else."""
    return ("canary-" + "".join(rng.choices(string.ascii_lowercase, k=16)),)
