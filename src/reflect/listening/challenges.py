"""Which of seven things that make a mentorship hard an answer speaks of; several at once.

For each kind the lexicon has three lists of frames. One of `said-KIND` is enough alone; a line of
`said-KIND-hints` wants one more beside it; and of `said-KIND-traces` it takes three. Lines add
up where they stand near each other, each line once, so the words of one line never add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reflect.events import Span
from reflect.listening.frames import apart
from reflect.listening.utterance import Utterance, once

KINDS = ("time", "expectations", "power", "distance", "conflict", "no-progress", "confidence")

WEIGHTS: Mapping[str, int] = {"": 3, "-hints": 2, "-traces": 1}
"""What a line says, by the ending of its list's name."""

ENOUGH = 3
"""How much is to be said for a kind to be heard."""

NEAR = 50
"""Within how many characters from where the first begins lines add up: about ten words."""


class Challenge(NamedTuple):
    """One kind of `KINDS`, where it is heard, and the lines of the lexicon that heard it."""

    kind: str
    span: Span
    rule: str


class _Line(NamedTuple):
    """A line of the lexicon where it is heard, and what it says."""

    span: Span
    rule: str
    weight: int


def challenges(said: Utterance) -> tuple[Challenge, ...]:
    """The challenges in `said`, each kind once, in the order of `KINDS`; not what is denied or over."""
    return tuple(found for kind in KINDS if (found := challenge(said, kind)))


def challenge(said: Utterance, kind: str) -> Challenge | None:
    """Where `kind` of challenge is heard first, if it is."""
    known = _known(said)
    if kind not in known:
        known[kind] = _heard(said, kind)
    return known[kind]


@once
def _known(said: Utterance) -> dict[str, Challenge | None]:
    """The kinds that were asked about, and what was heard of each."""
    return {}


def _heard(said: Utterance, kind: str) -> Challenge | None:
    lines = sorted(_lines(said, kind))
    if sum({line.rule: line.weight for line in lines}.values()) < ENOUGH:
        return None
    for at in range(len(lines)):
        together = _enough(lines, at)
        if together and not _is_settled(said, together[0].span):
            span = Span(together[0].span.start, max(line.span.end for line in together))
            return Challenge(kind, span, " + ".join(line.rule for line in together))
    return None


def _lines(said: Utterance, kind: str) -> Iterator[_Line]:
    """Every line of `kind` in `said`; not what is excepted, nor a whole frame that is denied."""
    excepted = said.frames(f"said-{kind}-except")
    for ending, weight in WEIGHTS.items():
        for found in apart(said.frames(f"said-{kind}{ending}"), excepted):
            if weight < ENOUGH or not said.denies(found):
                yield _Line(found.span, found.rule, weight)


def _enough(lines: Sequence[_Line], at: int) -> list[_Line]:
    """The lines from number `at` on that are enough together; none when they are not."""
    chosen: list[_Line] = []
    for number in range(at, len(lines)):
        line = lines[number]
        if line.span.start > lines[at].span.start + NEAR:
            break
        if line.weight == ENOUGH:
            return [line]
        if all(line.rule != one.rule and line.span.start >= one.span.end for one in chosen):
            chosen.append(line)
        if sum(one.weight for one in chosen) >= ENOUGH:
            return chosen
    return []


def _is_settled(said: Utterance, span: Span) -> bool:
    """Whether the sentence of `span` says that it is over, or well, and does not then turn to `span`."""
    inside = said.sentence_of(span)
    return any(
        inside.start <= settled.span.start < inside.end
        and not said.denies(settled)
        and not _turns(said, settled.span, span)
        for settled in said.frames("said-settled")
    )


def _turns(said: Utterance, before: Span, after: Span) -> bool:
    """Whether a "but" stands between `before` and `after`."""
    return any(before.end <= turn.span.start < after.start for turn in said.frames("said-turn"))
