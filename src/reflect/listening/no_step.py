"""Whether an answer to "what will you do?" is an honest no: "Nothing, because the exam comes first"."""

from __future__ import annotations

from itertools import pairwise

from reflect.events import Span
from reflect.listening.clauses import Clause
from reflect.listening.persons import has_object
from reflect.listening.utterance import Utterance

_BREAKS = frozenset(",;:.!?…-–—(\n")


def says_no(said: Utterance) -> bool:
    """Whether `said` opens with a no that stands by itself or has its reason, and takes on nothing after it.

    The opening is made of words of `no-step` and `no-step-filler`. What follows is a reason when a
    stop divides it from the opening, or one of `no-step-reasons` leads in.
    """
    if not said.sentences:
        return False
    first, rest = said.sentences[0], said.sentences[1:]
    opening = _opening(first, said)
    if opening == 0:
        return False
    reason = first[opening:]
    if reason and not (_is_divided(first, opening, said) or _leads_in(reason, said)):
        return False
    return not any(_takes_on(sentence, said) for sentence in (reason, *rest) if sentence)


def _opening(sentence: Clause, said: Utterance) -> int:
    """How many first words say no; 0 when they do not."""
    refusals, filler = (said.language.words(name) for name in ("no-step", "no-step-filler"))
    reasons = said.language.words("no-step-reasons")
    at, refused = 0, False
    while at < len(sentence) and not (refused and reasons.length_at(sentence, at)):
        no = refusals.length_at(sentence, at)
        step = max(no, filler.length_at(sentence, at))
        if not step or (refused and _is_divided(sentence, at, said) and not no):
            break
        refused = refused or no == step
        at += step
    return at if refused else 0


def _is_divided(sentence: Clause, at: int, said: Utterance) -> bool:
    """Whether a stop stands before word `at` of `sentence`."""
    between = said.text[sentence[at - 1].end : sentence[at].start] if at else ""
    return not _BREAKS.isdisjoint(between)


def _leads_in(reason: Clause, said: Utterance) -> bool:
    return said.language.words("no-step-reasons").length_at(reason, 0) > 0


def _takes_on(sentence: Clause, said: Utterance) -> bool:
    """Whether something is taken on in `sentence`: "but I will ask Ruth", "call Ruth first"."""
    span = Span(sentence[0].start, sentence[-1].end)
    promised = said.frames("said-step")
    if any(span.start <= found.span.start < span.end for found in promised):
        return True
    starts = [
        0,
        *(at for at, _ in enumerate(pairwise(sentence), 1) if _is_divided(sentence, at, said)),
    ]
    return any(_is_order(sentence, at, said) for at in starts)


def _is_order(sentence: Clause, at: int, said: Utterance) -> bool:
    """Whether a deed with its object begins at word `at`: "call Ruth"."""
    deeds = said.language.words("owner-deeds")
    if sentence[at].word not in deeds or at + 1 == len(sentence):
        return False
    named = said.text[sentence[at + 1].start].isupper()
    return named or has_object(sentence, at, said.language)
