"""What a pack says, checked: the frozen values that a session runs on.

A `Script` is one pack in one language, resolved (base packs, core's sentences
and translations are already in it) and complete: dialogue/ and listening/ need
nothing else. packs/ makes scripts; nobody else does. A script is stored once by
the digest of its bytes, so an edited pack never disturbs a session under way.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Phase = Literal["opening", "worked", "adjust", "next", "closing"]
PHASES: tuple[Phase, ...] = ("opening", "worked", "adjust", "next", "closing")

Lifecycle = Literal["find", "start", "rapport", "goals", "work", "review", "conclude", "maintain"]
LIFECYCLE: tuple[Lifecycle, ...] = (
    "find",
    "start",
    "rapport",
    "goals",
    "work",
    "review",
    "conclude",
    "maintain",
)

Moment = Literal[
    "any",
    "finding",
    "beginning",
    "goals",
    "meeting",
    "learning",
    "feedback",
    "success",
    "trouble",
    "people",
    "looking-back",
    "ending",
]
MOMENTS: tuple[Moment, ...] = get_args(Moment)

Length = Literal["short", "long"]
Role = Literal["mentee", "mentor"]
Audience = Literal["mentee", "mentor", "both"]
Kind = Literal["text", "line", "yesno", "number", "date", "scale", "choice", "several"]
Keep = Literal["action", "goal", "win", "feedback", "lesson", "question", "contact", "agreement"]

Share = Literal["yes", "at the end", "no"]
"""Who may read an answer, most open first; `at the end` is private until it is decided."""
SHARES: tuple[Share, ...] = ("yes", "at the end", "no")

KEEPS: tuple[Keep, ...] = (
    "action",
    "goal",
    "win",
    "feedback",
    "lesson",
    "question",
    "contact",
    "agreement",
)


class Value(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Base of everything in a script: immutable, compared by content.

    Frozen values cannot form cycles, so the collector need not look at them.
    """


# --- texts -------------------------------------------------------------------------

Source = Literal["mentee", "mentor", "other", "stage", "answer", "last", "match", "quote", "engine"]


class Placeholder(Value, frozen=True, omit_defaults=True):
    """`{...}` in a text.

    `source` says what fills it. `name` is the question's id for `answer`, `last`
    and `quote` (empty: the answer this turn follows on from), or, for `engine`,
    one of the names that core's sentences are given (`due`, `days` ...).
    `fallback` stands when there is nothing to fill in.
    """

    source: Source
    name: str = ""
    fallback: str = ""

    @property
    def key(self) -> str:
        """The name under which an answer records what filled this placeholder."""
        return f"{self.source}.{self.name}" if self.name else self.source


Template = tuple[str | Placeholder, ...]
"""A text as literal pieces and placeholders, in order."""


# --- conditions --------------------------------------------------------------------


class Signal(Value, frozen=True, omit_defaults=True):
    """Something to listen for in the text of one answer, numbered by its place in `Script.signals`.

    Heard once, when the answer is given, and stored with it; conditions read the
    stored result and never the text. `subject` is a question's id, or `last.` and an id
    for an answer of an earlier session. By kind: `cue` has `name`; `mentions` has
    `words` (each a word or phrase, `*` at the end for any ending) and the list's
    `name`; `longer` and `shorter` compare the number of words with `number`;
    `repeats` compares with the answer of `other`.
    """

    subject: str
    kind: Literal["cue", "mentions", "longer", "shorter", "repeats"]
    name: str = ""
    words: tuple[str, ...] = ()
    number: int = 0
    other: str = ""


class IsSettled(Value, frozen=True, omit_defaults=True, tag="settled"):
    """The answer `subject` has this status: "X is [not] answered | skipped"."""

    subject: str
    status: Literal["answered", "skipped"]
    negated: bool = False


class IsValue(Value, frozen=True, omit_defaults=True, tag="value"):
    """The value of `subject` is one of `values`: option ids, yes/no as bool, or numbers."""

    subject: str
    values: tuple[bool | int | float | str, ...]
    negated: bool = False


class Includes(Value, frozen=True, omit_defaults=True, tag="includes"):
    """The options chosen for `subject` include `option`."""

    subject: str
    option: str


class Compare(Value, frozen=True, omit_defaults=True, tag="compare"):
    """The number of `subject` compares with `number`, or with the number of the answer `other`."""

    subject: str
    operator: Literal["at least", "at most", "above", "below"]
    number: float = 0
    other: str = ""


class Hears(Value, frozen=True, omit_defaults=True, tag="hears"):
    """Signal number `signal` was heard in `subject`; when nobody listened, neither this nor its opposite holds."""

    subject: str
    signal: int
    negated: bool = False


class Journey(Value, frozen=True, omit_defaults=True, tag="journey"):
    """The journey holds at least `least` and at most `most` (None: any number) of `what`."""

    what: str
    least: int = 0
    most: int | None = None


class DaysSince(Value, frozen=True, omit_defaults=True, tag="days"):
    """It is more than `days` days since the last session."""

    days: int


Test = IsSettled | IsValue | Includes | Compare | Hears | Journey | DaysSince


class Condition(Value, frozen=True, omit_defaults=True):
    """A condition in conjunctive form: one test of each group in `groups` must hold.

    `text` is how the author wrote it, shown by `why`; `line` where.
    """

    text: str
    groups: tuple[tuple[Test, ...], ...]
    line: int = 0

    def subjects(self) -> frozenset[str]:
        """Every answer this condition reads: ids, `last.` ids, and `answer`."""
        names: set[str] = set()
        for group in self.groups:
            for test in group:
                if not isinstance(test, (Journey, DaysSince)):
                    names.add(test.subject)
                if isinstance(test, Compare) and test.other:
                    names.add(test.other)
        return frozenset(names)


# --- questions ---------------------------------------------------------------------


class Option(Value, frozen=True, omit_defaults=True):
    """One answer of a choice; `id` is what is stored, `other` takes free text."""

    id: str
    label: str


class Must(Value, frozen=True, omit_defaults=True):
    """A hard check on the answer just given; when it does not hold, `say` is shown and the question stays."""

    check: Condition
    say: Template


class Probe(Value, frozen=True, omit_defaults=True):
    """One optional follow-up on an answer. `fires` and `quiet` are the author's examples."""

    id: str
    when: Condition
    ask: tuple[Template, ...]
    fires: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()


class Question(Value, frozen=True, omit_defaults=True):
    """One question of a pack; `listen` numbers the signals that some condition reads in its answer.

    `check` names the kind of answer of a plug-in whose check a line of text has to pass;
    `origin` is the id and version of the pack that the wording is from, when it is a base of this one.
    """

    id: str
    ask: tuple[Template, ...]
    how: Template = ()
    example: Template = ()
    kind: Kind = "text"
    low: int = 1
    high: int = 5
    labels: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    deeper: bool = False
    skip: bool = True
    when: Condition | None = None
    must: tuple[Must, ...] = ()
    probes: tuple[Probe, ...] = ()
    keep: Keep | None = None
    share: Share = "no"
    audience: Audience = "both"
    moves_to: Lifecycle | None = None
    note: Template = ()
    listen: tuple[int, ...] = ()
    reads: tuple[str, ...] = ()
    line: int = 0
    check: str = ""
    origin: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the answer is free text that can be listened to."""
        return self.kind in ("text", "line")


class Single(Value, frozen=True, omit_defaults=True, tag="single"):
    """A question standing by itself."""

    question: Question


class OneOf(Value, frozen=True, omit_defaults=True, tag="one of"):
    """Questions of which a session asks one: the one asked longest ago."""

    id: str
    members: tuple[Question, ...]
    deeper: bool = False
    when: Condition | None = None
    line: int = 0


class Repeat(Value, frozen=True, omit_defaults=True, tag="repeat"):
    """Questions asked up to `limit` times; after each round but the last, `again` asks whether to go on."""

    id: str
    limit: int
    questions: tuple[Question, ...]
    again: tuple[Template, ...] = ()
    deeper: bool = False
    when: Condition | None = None
    line: int = 0


Block = Single | OneOf | Repeat


class Stage(Value, frozen=True, omit_defaults=True):
    """Where a mentorship is, with the questions of its five phases."""

    id: str
    title: str
    aim: str = ""
    signs: tuple[str, ...] = ()
    lifecycle: tuple[Lifecycle, ...] = ()
    opening: tuple[Block, ...] = ()
    worked: tuple[Block, ...] = ()
    adjust: tuple[Block, ...] = ()
    next: tuple[Block, ...] = ()
    closing: tuple[Block, ...] = ()

    def blocks(self, phase: Phase) -> tuple[Block, ...]:
        """The blocks of `phase`, in the order they are asked."""
        found: tuple[Block, ...] = getattr(self, phase)
        return found

    def questions(self) -> tuple[Question, ...]:
        """Every question of the stage in the order of the file."""
        return tuple(
            question
            for phase in PHASES
            for block in self.blocks(phase)
            for question in questions_of(block)
        )


def questions_of(block: Block) -> tuple[Question, ...]:
    """The questions inside `block`, in order."""
    if isinstance(block, Single):
        return (block.question,)
    return block.members if isinstance(block, OneOf) else block.questions


class CoreText(Value, frozen=True, omit_defaults=True):
    """One question or sentence that the engine itself says, in one or several wordings."""

    ask: tuple[Template, ...]
    how: Template = ()
    example: Template = ()
    options: tuple[Option, ...] = ()


class Script(Value, frozen=True, omit_defaults=True):
    """One pack in one language, ready to be asked.

    `source` names who gave it ("shipped", a plug-in's name, "yours"). `core` holds
    core's texts by id, with the pack's own in place of those it overrides.
    `last_signals` are the numbers of the signals whose subject is an earlier
    session's answer. `renamed` gives the new id of questions that earlier versions
    called otherwise.
    """

    pack: str
    version: str
    title: str
    language: str
    stages: tuple[Stage, ...]
    core: dict[str, CoreText]
    about: str = ""
    origin: str = ""
    source: str = ""
    audience: Audience = "mentee"
    signs: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    last_signals: tuple[int, ...] = ()
    renamed: dict[str, str] = {}

    def stage(self, identifier: str) -> Stage:
        """The stage called `identifier`; KeyError when there is none."""
        for stage in self.stages:
            if stage.id == identifier:
                return stage
        raise KeyError(identifier)

    @property
    def is_reflection(self) -> bool:
        """Whether every stage asks what worked, what to adjust and what is next."""
        return all(stage.worked and stage.adjust and stage.next for stage in self.stages)


# --- what packs hand to listening --------------------------------------------------


class Lexicon(Value, frozen=True, omit_defaults=True):
    """Word lists of one language that listening/ works with, by name; read from YAML by packs/."""

    language: str
    lists: dict[str, tuple[str, ...]]


class Vocabulary(Value, frozen=True, omit_defaults=True):
    """What the checker may accept beyond the format: cues and kinds of answer, each with its definition."""

    cues: dict[str, str]
    kinds: dict[str, str] = {}
