"""Which letters of SMART can be heard in a goal: specific, measurable, time-bound."""

from __future__ import annotations

from typing import Literal

from reflect.events import Parts, Span
from reflect.listening.action import deed, due_parts
from reflect.listening.dates import Due
from reflect.listening.language import Language
from reflect.listening.owner import owner
from reflect.listening.vague import is_vague
from reflect.listening.words import Token, Words


def goal_parts(words: Words, language: Language, named: Due | None, quote: Span | None) -> Parts:
    """The parts of a goal in `words`; `named` is when it is due."""
    due, span = due_parts(named)
    who, _ = owner(words, language, span)
    return Parts(
        quote=quote,
        what=deed(words, language, span),
        due=due,
        due_words=span,
        owner=who,
        letters=letters(words, language, span),
        kind_of=kind_of(words, language),
    )


def kind_of(words: Words, language: Language) -> Literal["", "personal", "professional"]:
    """What the goal is for, where its words tell one and not the other."""
    personal = bool(language.find("goal-personal", words.tokens))
    professional = bool(language.find("goal-professional", words.tokens))
    if personal == professional:
        return ""
    return "personal" if personal else "professional"


def letters(words: Words, language: Language, due: Span | None) -> str:
    """The letters heard, of "smt".

    s: an outcome is named (a measure, or something made) and the whole is not vague.
    m: an amount or an end state anybody can check. t: a date or an occasion.
    """
    measured = bool(measures(words.tokens, language, due))
    named = measured or bool(language.find("goal-outcomes", words.tokens))
    specific = named and not is_vague(words, language)
    return "s" * specific + "m" * measured + "t" * (due is not None)


def measures(tokens: tuple[Token, ...], language: Language, due: Span | None) -> tuple[Span, ...]:
    """Amounts and end states, but not the figures of the date `due`."""
    rest = tuple(t for t in tokens if due is None or t.end <= due.start or due.end <= t.start)
    if len(rest) < 2:
        return ()
    figures = tuple(Span(t.start, t.end) for t in rest if t.word[0].isdecimal())
    return tuple(sorted((*figures, *language.find("measures", rest))))
