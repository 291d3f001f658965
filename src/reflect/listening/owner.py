"""Who is said to act."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from reflect.events import Span
from reflect.listening.clauses import MOST_WORDS, Clause, clauses, sentences
from reflect.listening.further import further
from reflect.listening.language import Language
from reflect.listening.persons import NOBODY, Owner
from reflect.listening.subjects import of_clause, of_label, of_tag
from reflect.listening.words import Words

__all__ = ["Owner", "acting", "asked_about", "meant", "named", "owner", "subject"]

_UNCLEAR = ("we", "somebody", "passive")
_MEANT = {"we": "me", "somebody": "other", "passive": "none"}
_SENTENCES = 3
"""How many sentences of an answer are heard for who acts."""
_CLAUSES = 3
"""How many clauses of a sentence are tried for its subject."""


def owner(words: Words, language: Language, due: Span | None = None, other: str = "") -> Owner:
    """Who is named as doing what `words` say; the date, `due`, may stand before the subject.

    `other` is the name of the person opposite: "Dr Weiss will" is "mentor" where that is Dr Daniel Weiss.
    "we", "someone" and a passive are `unclear`: they are asked about. Only the beginning
    of a sentence is heard, and a plain "I will" further on: "ask Tom if we can meet" names nobody.
    """
    return asked_about(subject(words, language, due, other))


def acting(words: Words, language: Language, due: Span | None = None, other: str = "") -> Owner:
    """As `owner` where nobody can be asked: "we" is me, "someone" another, of a passive nobody is named."""
    return meant(subject(words, language, due, other))


def asked_about(found: Owner) -> Owner:
    """What `subject` found, as `owner` has it."""
    return ("unclear" if found[0] in _UNCLEAR else found[0]), found[1]


def meant(found: Owner) -> Owner:
    """What `subject` found, as `acting` has it."""
    return _MEANT.get(found[0], found[0]), found[1]


def subject(words: Words, language: Language, due: Span | None, other: str = "") -> Owner:
    """As `owner`, with `we`, `somebody` and `passive` told apart."""
    heard = islice(sentences(words.text, words.tokens, language), _SENTENCES)
    divided = [(sentence, clauses(words.text, sentence, language)) for sentence in heard]
    found = _first(
        _of_sentence(words.text, sentence, parts, language, due, other)
        for sentence, parts in divided
    )
    if found[0] == "none":
        found = _first(further(parts, language) for _, parts in divided)
    if found[0] in ("none", "other"):
        found = _introduced(divided, language, found)
    return found if found[0] != "none" else _handle(words)


def _first(found: Iterator[Owner]) -> Owner:
    return next((one for one in found if one[0] != "none"), NOBODY)


def _of_sentence(
    text: str,
    sentence: Clause,
    parts: list[Clause],
    language: Language,
    due: Span | None,
    other: str,
) -> Owner:
    labelled = of_label(text, parts, language)
    if labelled[0] != "none":
        return labelled
    found = _first(
        of_clause(text, _without(clause, due, language), language, other, first=first)
        for clause, first in _starts(sentence, parts, language, due)
    )
    return found if found[0] != "none" else of_tag(parts, language)


def _starts(
    sentence: Clause, parts: list[Clause], language: Language, due: Span | None
) -> Iterator[tuple[Clause, bool]]:
    """`sentence` from each of its clauses on, and whether it begins there.

    The subject may follow what opens the sentence: "once it is there,". A clause between two
    others that only says who somebody is ("Ana, who is new, will") is passed over.
    """
    relative = language.words("owner-relative")
    for before, between in pairwise(parts[:_CLAUSES]):
        if between[0].word in relative and parts[-1] is not between:
            after = tuple(t for t in sentence if t.start >= between[-1].end)
            yield before + after, before is parts[0]
            return
    opening, opened = language.words("owner-opening"), True
    for at, part in enumerate(parts[:_CLAUSES]):
        rest = _without(part, due, language)
        opens = not rest or rest[0].word in opening
        if not opens or at + 1 == len(parts):
            yield tuple(t for t in sentence if t.start >= part[0].start), opened
        opened = opens


def _without(clause: Clause, due: Span | None, language: Language) -> Clause:
    """`clause` without the date, but not without an "I" that belongs to it: "I've ten days to"."""
    if due is None:
        return clause
    speaker = language.words("owner-i")
    return tuple(t for t in clause if not due.start <= t.start < due.end or t.word in speaker)


def _introduced(
    divided: list[tuple[Clause, list[Clause]]], language: Language, found: Owner
) -> Owner:
    """The mentor, where somebody "is my mentor" and is named, or is "she", in the same text."""
    if not any(_presents(sentence, language) for sentence, _ in divided):
        return found
    if found[0] == "other":
        return "mentor", found[1]
    pronouns = language.words("owner-others")
    for _, parts in divided:
        for token in (token for part in parts[1:] for token in part[:3]):
            if token.word in pronouns:
                return "mentor", Span(token.start, token.end)
    for sentence, _ in divided:
        spans = language.find("owner-introduced", sentence)
        if spans:
            return "mentor", spans[0]
    return found


def _handle(words: Words) -> Owner:
    """Somebody called by a handle anywhere: "the invoice, @lucia"; no address of mail."""
    for token in words.tokens[:MOST_WORDS]:
        if words.text[max(0, token.start - 2) : token.start].strip(" (") == "@":
            return "other", Span(token.start, token.end)
    return NOBODY


def _presents(sentence: Clause, language: Language) -> bool:
    """Whether it says that somebody is the mentor: "she is my mentor", "Ken's my mentor"."""
    if language.find("owner-is-mentor", sentence):
        return True
    called = language.words("other-called")
    return any(
        before.word.endswith("'s") and called.length_at(sentence, at)
        for at, before in enumerate(sentence[:-1], start=1)
    )


def named(words: Words, language: Language, other: str = "") -> str:
    """Who is meant in reply to "who will do it?", where a name by itself is an answer.

    `other` is the name of the person opposite, who is told apart from other people.
    """
    if not words.tokens or language.find("unsure", words.tokens):
        return "unclear"
    found = owner(words, language, None, other)[0]
    if found == "none":
        found = _named(words, language)
    return "mentor" if found == "other" and _is_named(other, words) else found


def _named(words: Words, language: Language) -> str:
    for name in ("both", "mentor", "me", "unclear"):
        if language.find(f"owner-named-{name}", words.tokens):
            return name
    return "other"


def _is_named(name: str, words: Words) -> bool:
    said = {token.word for token in words.tokens}
    wanted = {token.word for token in Words(name).tokens}
    return bool(wanted) and wanted <= said
