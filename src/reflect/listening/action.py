"""What is to be done, by when and by whom."""

from __future__ import annotations

from itertools import pairwise

from reflect.events import Parts, Span
from reflect.listening.clauses import Clause, sentences
from reflect.listening.dates import Due
from reflect.listening.language import Language
from reflect.listening.owner import owner
from reflect.listening.quote import without_leading, without_trailing
from reflect.listening.words import Words


def due_parts(due: Due | None) -> tuple[str | None, Span | None]:
    """`due` as parts hold it: the ISO date, and the words."""
    if due is None:
        return None, None
    return (due.day.isoformat() if due.day else None), due.span


def action_parts(
    words: Words, language: Language, named: Due | None, quote: Span | None, other: str = ""
) -> Parts:
    """The parts of an action in `words`; `named` is when it is due, `other` who the person opposite is."""
    due, span = due_parts(named)
    who, _ = owner(words, language, span, other)
    what = deed(words, language, span)
    return Parts(quote=quote, what=what, due=due, due_words=span, owner=who)


def deed(words: Words, language: Language, due: Span | None) -> Span | None:
    """The first sentence that holds a deed, without "I will" and without its date at either end."""
    for sentence in sentences(words.text, words.tokens, language):
        kept = _trimmed(sentence, language, due)
        if kept:
            return Span(kept[0].start, _end(words.text, kept[-1].end))
    return None


def _trimmed(sentence: Clause, language: Language, due: Span | None) -> Clause:
    kept = without_leading(sentence, language, "deed-leading")
    for _ in range(2):
        kept = without_leading(_undated(kept, due, language), language, "deed-leading")
    return without_trailing(kept, language, "loose-ends")


def _undated(clause: Clause, due: Span | None, language: Language) -> Clause:
    """`clause` without `due`, and without what only led to it: ", the form is due on the twelfth"."""
    kept = _outside(clause, due)
    if len(kept) in (0, len(clause)) or kept[-1].word not in language.words("deed-dangling"):
        return kept
    gaps = [at for at, (one, after) in enumerate(pairwise(kept), 1) if after.start - one.end > 1]
    return kept[: gaps[-1]] if gaps else kept


def _outside(clause: Clause, due: Span | None) -> Clause:
    """`clause` without `due` at its beginning or its end; in the middle it stays: a part is one stretch."""
    if due is None or not clause:
        return clause
    before = tuple(token for token in clause if token.end <= due.start)
    after = tuple(token for token in clause if token.start >= due.end)
    return clause if before and after else before or after


def _end(text: str, end: int) -> int:
    """`end`, after a closing bracket or quotation mark that belongs to the last word."""
    return end + 1 if text[end : end + 1] in (")", "’", "'", '"', "”", "%") else end
