"""Which letters of SMART can be heard in a goal: specific, measurable, time-bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reflect.events import Parts, Span
from reflect.listening.action import deed, due_parts
from reflect.listening.language import Language
from reflect.listening.owner import owner
from reflect.listening.quote import without_leading
from reflect.listening.utterance import Utterance, once
from reflect.listening.words import Token, Words

_LONGEST_POST = 3
"""How many words name a post: "deputy head teacher"."""


def goal_parts(said: Utterance, quote: Span | None) -> Parts:
    """The parts of the goal in `said`; `quote` is the phrase of it worth saying back."""
    words, language = said.words, said.language
    due, span = due_parts(said.due)
    who, _ = owner(words, language, span)
    return Parts(
        quote=quote,
        what=deed(words, language, span),
        due=due,
        due_words=span,
        owner=who,
        letters=letters(said),
        kind_of=kind_of(words, language),
    )


def kind_of(words: Words, language: Language) -> Literal["", "personal", "professional"]:
    """What the goal is for, where its words tell one and not the other."""
    personal = bool(language.find_in("goal-personal", words))
    professional = bool(language.find_in("goal-professional", words))
    if personal == professional:
        return ""
    return "personal" if personal else "professional"


def letters(said: Utterance) -> str:
    """The letters heard in the goal `said`, of "smt".

    s: an outcome is named (a measure, or something made) and the whole is not vague.
    m: an amount or an end state anybody can check. t: a date or an occasion.
    """
    measured = bool(measures(said))
    named = measured or bool(said.find("goal-outcomes"))
    reached = bool(outcomes(said))
    specific = reached or (named and not said.is_vague)
    return "s" * specific + "m" * measured + "t" * (said.due is not None)


@once
def measures(said: Utterance) -> tuple[Span, ...]:
    """Amounts and end states, but not the figures of the date."""
    rest = _undated(said)
    if not rest or (said.due is None and len(rest) < 2):
        return ()
    figures = (Span(t.start, t.end) for t in rest if t.word[0].isdecimal())
    listed = said.language.find("measures", rest)
    return tuple(sorted({*figures, *listed, *outcomes(said)}))


@once
def outcomes(said: Utterance) -> tuple[Span, ...]:
    """End states that anybody can check, and posts, but not what lies in the date."""
    due = said.due.span if said.due else None
    reached = (found.span for found in said.frames("said-end-state"))
    apart = (
        span for span in reached if due is None or span.end <= due.start or due.end <= span.start
    )
    return (*apart, *_post(said, _undated(said)))


@once
def _undated(said: Utterance) -> tuple[Token, ...]:
    """Its words without those of the date."""
    if said.due is None:
        return said.tokens
    start, end = said.due.span
    return tuple(t for t in said.tokens if t[2] <= start or end <= t[1])


def _post(said: Utterance, rest: tuple[Token, ...]) -> Iterator[Span]:
    """A post that is all that `rest` names: "in six months: supervisor"; not "a better nurse"."""
    named = without_leading(rest, said.language, "deed-leading")
    if 0 < len(named) <= _LONGEST_POST and named[-1].word in said.language.words("goal-roles"):
        degrees = said.language.words("goal-degrees")
        if not any(token.word in degrees for token in named):
            yield Span(named[0].start, named[-1].end)
