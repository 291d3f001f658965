"""A short phrase worth saying back, in the mentee's own words."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.clauses import Clause, clauses
from reflect.listening.language import Language
from reflect.listening.urls import urls
from reflect.listening.words import Words

MOST_WORDS, MOST_LETTERS = 14, 90
_MOST_OF_MORE = 12
"""Words of a clause that is too long to be said back whole."""
_LONGEST_WORD = 30
_FEWEST = 4
"""Words that a phrase has at least before it may break at a "when", or a "with"."""
_OPENED_BY = {"'": " '", '"': ' "', "’": "‘", "”": "“"}
_OPENING = tuple("'\"‘“«(:")


def quote(words: Words, language: Language) -> Span | None:
    """At most fourteen words of one clause without what leads in; None when none will do.

    The first clause that says something (three words or more beside the "I", not all of
    them fillers) is taken, one that says what is not wanted only if there is no other; else
    the longest that says anything.
    """
    kept = [c for clause in _without_urls(words, language) if (c := _trimmed(clause, language))]
    added = language.words("quote-relatives")
    kept = [clause for clause in kept if clause[0].word not in added] or kept
    if not kept:
        return None
    telling = [clause for clause in kept if len(_told(clause, language)) >= 3]
    refusing = language.words("quote-refusing")
    wanted = (c for c in telling if not refusing.length_at(_told(c, language), 0))
    best = next(wanted, None) or next(iter(telling), None) or max(kept, key=len)
    start, end = best[0].start, best[-1].end
    return Span(start, end + _closes(words.text, start, end))


def _told(clause: Clause, language: Language) -> Clause:
    """`clause` without the "I" that a finite verb needs before it."""
    return without_leading(clause, language, "quote-subjects")


def _closes(text: str, start: int, end: int) -> int:
    """1 where a quotation that was opened within the phrase closes right behind it, else 0."""
    opening = _OPENED_BY.get(text[end : end + 1])
    return int(opening is not None and opening in text[start:end])


def breaks_off(text: str, span: Span, language: Language) -> bool:
    """Whether the sentence goes on behind `span` with more than another clause joined to it."""
    behind = text[span.end : span.end + 2 * _LONGEST_WORD].lstrip(" ")
    if behind[:1] in _OPENING:
        return True
    following = Words(behind).tokens
    if not behind[:1].isalnum() or not following:
        return False
    return following[0].word not in language.words("quote-joints")


def _without_urls(words: Words, language: Language) -> list[Clause]:
    found = clauses(words.text, words.tokens, language)
    if not found:
        return []
    places = urls(words.text[: found[-1][-1].end + 9])
    return [
        c for c in found if not any(c[0].start < end and start < c[-1].end for start, end in places)
    ]


def _trimmed(clause: Clause, language: Language) -> Clause:
    """`clause` without what leads in, what it is joined to, and loose ends; () when nothing is left."""
    clause = without_leading(clause, language, "quote-leading")
    joints, common = language.words("quote-joints"), language.words("function-words")
    joint = next((at for at, token in enumerate(clause) if at > 1 and token.word in joints), None)
    clause = clause[:joint]
    if len(clause) > MOST_WORDS:
        clause = without_trailing(_broken(clause, language), language, "quote-trailing")
    clause = without_trailing(clause, language, "loose-ends")
    if not clause or clause[-1].end - clause[0].start > MOST_LETTERS:
        return ()
    if any(len(token.word) > _LONGEST_WORD for token in clause):
        return ()
    return clause if any(token.word not in common for token in clause) else ()


def _broken(clause: Clause, language: Language) -> Clause:
    """The first words of a long clause: up to a thought of its own ("when"), else to a last whole phrase."""
    head = clause[: _MOST_OF_MORE + 1]
    breaks, phrases = language.words("quote-breaks"), language.words("quote-phrases")
    later = [at for at in range(_FEWEST, len(head)) if head[at].word in breaks]
    if later:
        return head[: later[0]]
    begun = [at for at in range(_FEWEST, len(head)) if head[at].word in phrases]
    return head[: begun[-1]] if begun else clause[:_MOST_OF_MORE]


def without_leading(clause: Clause, language: Language, name: str) -> Clause:
    """`clause` without the words and phrases of list `name` that it begins with."""
    leading, at = language.words(name), 0
    while at < len(clause) and (length := leading.length_at(clause, at)):
        at += length
    return clause[at:]


def without_trailing(clause: Clause, language: Language, name: str) -> Clause:
    """`clause` without the words of list `name` that it ends with."""
    loose, end = language.words(name), len(clause)
    while end and clause[end - 1].word in loose:
        end -= 1
    return clause[:end]
