"""Who is said to act further on in a sentence: a plain "I will" in its middle."""

from __future__ import annotations

from itertools import pairwise

from reflect.events import Span
from reflect.listening.clauses import Clause
from reflect.listening.language import Language
from reflect.listening.persons import NOBODY, Owner
from reflect.listening.words import first_from

_LISTS = (("owner-within", "me"), ("owner-within-we", "we"), ("owner-within-mentor", "mentor"))


def further(parts: list[Clause], language: Language) -> Owner:
    """A plain "I will" in the clauses of a sentence, after whatever opens it; not after "if" or "what"."""
    refusing = language.words("owner-not-after")
    subordinate, opening = language.words("owner-subordinate"), language.words("owner-opening")
    for clause in parts:
        if clause[0].word in subordinate:
            continue
        spoken = speaker(clause, language) if clause[0].word in opening else None
        spoken = spoken or _by_form(clause, language)
        if spoken:
            return "me", spoken
        for name, who in _LISTS:
            for span in language.find(name, clause):
                at = first_from(clause, span.start)
                if not at or clause[at - 1].word not in refusing:
                    return who, span
    return NOBODY


def _by_form(clause: Clause, language: Language) -> Span | None:
    """A verb whose form says that the speaker acts: "tendré"."""
    endings, refusing = language.entries("owner-me-endings"), language.words("owner-not-after")
    if not endings:
        return None
    for at, token in enumerate(clause):
        if token.word.endswith(endings) and not (at and clause[at - 1].word in refusing):
            return Span(token.start, token.end)
    return None


def speaker(clause: Clause, language: Language) -> Span | None:
    """The "I" of a clause that opens with something else: "from Monday I keep a log"."""
    refusing, speaker = language.words("owner-not-after"), language.words("owner-i")
    for before, token in pairwise(clause[1:]):
        if token.word in speaker and before.word not in refusing:
            return Span(token.start, token.end)
    return None
