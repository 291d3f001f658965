"""How a question is put: one at a time, open, and without a verdict on the person."""

from __future__ import annotations

from reflect.diagnostics import Diagnostic
from reflect.listening.words import Words
from reflect.packs import codes
from reflect.packs.quality.found import warning
from reflect.packs.quality.lists import Lists, Part, is_question
from reflect.packs.quality.texts import Said

_OPENING = 3
"""Words in which an open question begins; what joins two questions stands behind them."""


def two_questions(said: Said, lists: Lists) -> Diagnostic | None:
    """Two questions in one text: the second is the one that gets an answer."""
    if said.part not in ("ask", "probe"):
        return None
    asked = _asked(said, lists)
    joined = None
    if lists.found("wording-two", said.words):
        joined = next(filter(None, (_joined(sentence, lists) for sentence in asked)), None)
    if len(asked) < 2 and not joined:
        return None
    why = f"`{joined.text}` adds a second one" if joined else "it has two question marks"
    at = joined.at if joined else asked[1].at + asked[1].text.rfind("?")
    message = f"`{said.id}` asks two questions at once: {why}."
    hint = "Keep the one that matters more; make the other a probe, or a question of its own."
    return warning(codes.TWO_QUESTIONS, said.at(at), message, hint)


def _asked(said: Said, lists: Lists) -> list[Part]:
    """The sentences of `said` that are questions."""
    return [sentence for sentence in lists.sentences(said.text) if is_question(sentence.text)]


def _joined(sentence: Part, lists: Lists) -> Part | None:
    """What joins a second question to an open one in `sentence`, None when nothing does."""
    words = Words(sentence.text)
    if not any(lists.stands_at("wording-open", words, at) for at in range(_OPENING)):
        return None
    for at in range(_OPENING, len(words)):
        size = lists.stands_at("wording-two", words, at)
        if size:
            start, end = words.tokens[at].start, words.tokens[at + size - 1].end
            return Part(sentence.text[start:end], sentence.at + start)
    return None


def leading(said: Said, lists: Lists) -> Diagnostic | None:
    """A question that carries its answer with it."""
    found = lists.found("wording-leading", said.words) if said.asks else None
    if not found:
        return None
    message = f"`{found.text}` tells the mentee what to answer (`{said.id}`)."
    hint = "Ask what they saw or think themselves, beginning with what, how, when or which."
    return warning(codes.LEADING, said.at(found.at), message, hint)


def blaming(said: Said, lists: Lists) -> Diagnostic | None:
    """A question that finds fault before it is answered."""
    found = _blame(said, lists)
    if not found:
        return None
    message = f"`{found.text}` sounds like blame (`{said.id}`)."
    hint = "Ask about the situation: what happened, what got in the way, what would help."
    return warning(codes.BLAMING, said.at(found.at), message, hint)


def _blame(said: Said, lists: Lists) -> Part | None:
    if said.part == "example":
        return None
    return lists.found("wording-blaming", said.words)


def why_you(said: Said, lists: Lists) -> Diagnostic | None:
    """ "Why" asked of somebody's own doing makes them defend it."""
    found = lists.found("wording-why", said.words) if said.asks else None
    if not found or _blame(said, lists):
        return None
    message = f"`{found.text}` asks for a justification (`{said.id}`)."
    hint = "`What` is easier to answer: what led to it, what mattered to you, what made it so."
    return warning(codes.WHY_YOU, said.at(found.at), message, hint)


def yes_or_no(said: Said, lists: Lists) -> Diagnostic | None:
    """A question that yes or no would answer, where a text is expected."""
    if said.part not in ("ask", "probe") or said.kind not in ("text", "line"):
        return None
    asked = _asked(said, lists)
    if not asked or not all(_closed(Words(sentence.text), lists) for sentence in asked):
        return None
    message = f"`{said.id}` can be answered with yes or no, and a text is expected."
    hint = "Begin with what, how, when or which; or write `answer: yesno`."
    if said.part == "probe":
        hint = "Begin with what, how, when or which."
    return warning(codes.YES_OR_NO, said.place, message, hint)


def _closed(words: Words, lists: Lists) -> bool:
    return lists.stands_at("wording-closed", words) > 0 and not lists.found("wording-or", words)


def scoring(said: Said, lists: Lists) -> Diagnostic | None:
    """Marks for a person; nobody is scored here."""
    found = None if said.part == "example" else lists.found("wording-scores", said.words)
    if not found:
        return None
    message = f"`{found.text}` asks for a mark on a person (`{said.id}`)."
    hint = "Ask about one moment or one thing; a scale may be about the work or how it felt."
    return warning(codes.SCORING, said.at(found.at), message, hint)
