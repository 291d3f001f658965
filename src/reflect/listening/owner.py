"""Who is said to act."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.clauses import Clause, clauses, sentences
from reflect.listening.language import Language
from reflect.listening.quote import without_leading
from reflect.listening.words import Words

Owner = tuple[str, Span | None]
"""me, mentor, both, other, none or unclear, and the words that say so.

"mentor" is the person opposite: where a mentor speaks, the mentee.
"""

NOBODY: Owner = ("none", None)
_LONGEST_SUBJECT = 4


def owner(words: Words, language: Language, due: Span | None = None, other: str = "") -> Owner:
    """Who is named as doing what `words` say; the date, `due`, may stand before the subject.

    `other` is the name of the person opposite: "Dr Weiss will" is "mentor" where that is Dr Daniel Weiss.
    Only the beginning of a sentence is heard: "ask Tom if we can meet" names nobody.
    """
    for sentence in sentences(words.text, words.tokens, language)[:3]:
        for clause in _starts(words, sentence, language):
            found = _of_clause(words.text, _without(clause, due), language, other)
            if found[0] != "none":
                return found
    return NOBODY


def _starts(words: Words, sentence: Clause, language: Language) -> list[Clause]:
    """`sentence` from each of its clauses on: the subject may follow "once it is there,"."""
    within = clauses(words.text, sentence, language)
    return [tuple(t for t in sentence if t.start >= clause[0].start) for clause in within[:3]]


def _without(clause: Clause, due: Span | None) -> Clause:
    if due is None or not clause or clause[0].start < due.start:
        return clause
    return tuple(token for token in clause if token.start >= due.end)


def _of_clause(text: str, clause: Clause, language: Language, other: str) -> Owner:
    clause = without_leading(clause, language, "owner-leading")
    if not clause:
        return NOBODY
    if text[: clause[0].start].endswith("@"):
        return "other", Span(clause[0].start, clause[0].end)
    for name in ("both", "me", "mentor", "unclear"):
        length = language.words(f"owner-{name}").length_at(clause, 0)
        if length:
            return name, Span(clause[0].start, clause[length - 1].end)
    return _by_verb(clause, language, other)


def _by_verb(clause: Clause, language: Language, other: str) -> Owner:
    """The subject before "will", "has to", …: short, or nobody is sure to be meant."""
    verbs = language.find("owner-verbs", clause[: _LONGEST_SUBJECT + 3])
    if not verbs:
        return NOBODY
    subject = [token for token in clause if token.start < verbs[0].start]
    after = next((token.word for token in clause if token.start >= verbs[0].end), "")
    if not subject and clause[0].word not in language.words("owner-others"):
        return NOBODY
    if len(subject) > _LONGEST_SUBJECT:
        return NOBODY
    span = Span(clause[0].start, verbs[0].end)
    if _is_passive(clause[:8], language):
        return "unclear", span
    near = [token.word for token in (*subject, clause[0])]
    if any(word in language.words("mentor-words") for word in (*near, after)):
        return "mentor", span
    if subject and {token.word for token in subject} <= {
        token.word for token in Words(other).tokens
    }:
        return "mentor", span
    if subject and subject[0].word in language.words("owner-nobody"):
        return NOBODY
    return "other", span


def _is_passive(clause: Clause, language: Language) -> bool:
    """Whether something is to be done to the subject: "will be sent", or a whole passive phrase."""
    if language.find("owner-passive-phrases", clause):
        return True
    spans = language.find("owner-passive", clause)
    after = next((t.word for t in clause if spans and t.start >= spans[0].end), "")
    endings = language.entries("participle-endings")
    return bool(after) and (after in language.words("participles") or after.endswith(endings))


def named(words: Words, language: Language, other: str = "") -> str:
    """Who is meant in reply to "who will do it?", where a name by itself is an answer.

    `other` is the name of the person opposite, who is told apart from other people.
    """
    if not words.tokens or language.find("unsure", words.tokens):
        return "unclear"
    found = owner(words, language)[0]
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
