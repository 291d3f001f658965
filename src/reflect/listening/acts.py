"""Who acts by a verb that is listed: "Ana will", "Ravi is testing", "HR to confirm"."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.clauses import Clause
from reflect.listening.language import Language
from reflect.listening.persons import (
    LONGEST_SUBJECT,
    NOBODY,
    Owner,
    has_object,
    is_mentor,
    is_nobody,
    is_part_of,
    mentor_or_theirs,
)
from reflect.listening.words import Token, first_from

_MORE_WORDS = 2
"""How many more words may name somebody after an article: "the stage manager from the Lyric"."""


def by_verb(text: str, clause: Clause, language: Language, other: str) -> Owner:
    """The subject before "will", "has to", …: short, or nobody is sure to be meant."""
    verbs = language.find("owner-verbs", clause[: LONGEST_SUBJECT + _MORE_WORDS + 3])
    if not verbs or _is_infinitive(clause, verbs[0], language):
        return by_doing(text, clause, language)
    subject = [token for token in clause if token.start < verbs[0].start]
    longest = LONGEST_SUBJECT
    if clause[0].word in language.words("owner-articles"):
        longest += _MORE_WORDS
    after = next((token.word for token in clause if token.start >= verbs[0].end), "")
    if not subject and clause[0].word not in language.words("owner-others"):
        return NOBODY
    if len(subject) > longest:
        return by_doing(text, clause, language)
    span = Span(clause[0].start, verbs[0].end)
    speaks = any(token.word in language.words("owner-i") for token in subject)
    if not speaks and is_passive(clause[:8], language):
        return by_whom(text, clause, language) or ("passive", span)
    if subject and is_nobody(text, subject[0], language):
        return NOBODY
    if speaks:
        return "me", span
    if _is_a_noun(text, clause, verbs[0], language) or _is_left_undone(clause, verbs[0], language):
        return NOBODY
    if any(token.word in language.words("owner-inner") for token in subject[1:]):
        return NOBODY
    if subject and subject[-1].word in language.words("owner-aims"):
        return NOBODY
    noun = after == "" or clause[first_from(clause, verbs[0].start)].word in language.words(
        "owner-verbs-or-nouns"
    )
    deed = bool(subject) and subject[0].word in language.words("owner-deeds")
    if deed and not is_mentor(clause[:1], language) and (noun or len(subject) > 1):
        return NOBODY
    near = [token.word for token in (*subject, clause[0])]
    if any(word in language.words("mentor-words") for word in (*near, after)):
        return mentor_or_theirs(subject), span
    return ("mentor" if is_part_of(other, subject) else "other"), span


def _is_left_undone(clause: Clause, verb: Span, language: Language) -> bool:
    """Whether something only waits to be done: "the form needs signing"."""
    at = first_from(clause, verb.start)
    if clause[at].word not in language.words("owner-needing") or at + 1 >= len(clause):
        return False
    after = clause[at + 1].word
    doing = language.entries("owner-doing-endings")
    return after.endswith(doing) or after in language.words("owner-needed")


def _is_a_noun(text: str, clause: Clause, verb: Span, language: Language) -> bool:
    """Whether what looks like a verb is the noun of a list: "three donor calls before lunch"."""
    at = first_from(clause, verb.start)
    if not at or clause[at].word not in language.words("owner-verbs-or-nouns"):
        return False
    first = clause[0]
    named = text[first.start].isupper() or first.word in language.words("owner-articles")
    named = named and first.word not in language.words("measures")
    return not named and not has_object(clause, at, language)


def _is_infinitive(clause: Clause, verb: Span, language: Language) -> bool:
    """Whether `verb` ends a clause in which it would stand in the second place if somebody did it."""
    return bool(language.entries("owner-act-endings")) and clause[-1].end == verb.end


def is_passive(clause: Clause, language: Language) -> bool:
    """Whether something is to be done to the subject: "will be sent", or a whole passive phrase."""
    if language.find("owner-passive-phrases", clause):
        return True
    spans = language.find("owner-passive", clause)
    after = next((t.word for t in clause if spans and t.start >= spans[0].end), "")
    endings = language.entries("participle-endings")
    return bool(after) and (after in language.words("participles") or after.endswith(endings))


def by_whom(text: str, clause: Clause, language: Language) -> Owner | None:
    """Who does it, where a passive says so: "will be signed by my mentor", "by Ana"."""
    for span in language.find("owner-agents", clause):
        who = clause[first_from(clause, span.end) :][:2]
        if not who:
            continue
        said = Span(span.start, who[0].end)
        if who[0].word in language.words("owner-tag-me"):
            return "me", said
        if is_mentor(who, language):
            return "mentor", said
        if text[who[0].start].isupper() and who[0].word not in language.words("owner-no-turns"):
            return "other", said
    return None


def by_doing(text: str, clause: Clause, language: Language) -> Owner:
    """Somebody who "is checking" or is "to check" something."""
    head = clause[: LONGEST_SUBJECT + 2]
    if is_nobody(text, head[0], language) or len(head) < 2:
        return NOBODY
    if any(token.word in language.words("owner-i") for token in head):
        return NOBODY
    for at in range(len(head)):
        if head[at].word in language.words("owner-inner"):
            return NOBODY
        if (
            _is_joined(head, at, language)
            or _has_begun(head, at, language)
            or _is_wanted(clause, at, language)
        ):
            who = mentor_or_theirs(list(head[:at])) if is_mentor(head[:at], language) else "other"
            if head[0].word in language.words("owner-mine") and _is_an_aim(head[1], language):
                who = "me"
            return who, Span(clause[0].start, head[at].end)
    return NOBODY


def _is_an_aim(token: Token, language: Language) -> bool:
    return token.word.removesuffix("'s") in language.words("owner-aims")


def _is_joined(head: Clause, at: int, language: Language) -> bool:
    """Whether a verb is joined to token `at`: "Lucia'll"; not to "it" or "that"."""
    endings = language.entries("owner-verb-endings")
    if not endings or not head[at].word.endswith(endings):
        return False
    return head[at].word.rpartition("'")[0] not in language.words("owner-nobody")


def _has_begun(head: Clause, at: int, language: Language) -> bool:
    doing, before = language.entries("owner-doing-endings"), head[at - 1].word
    if not at:
        return False
    if before.endswith("'s") and language.words("owner-has-it").length_at(head, at):
        return True
    if not doing or not head[at].word.endswith(doing):
        return False
    return before.endswith("'s") or before in language.words("owner-is-doing")


def _is_wanted(clause: Clause, at: int, language: Language) -> bool:
    """Whether token `at` is what somebody is "to" do; in "letters to write by Friday" nobody is."""
    if at < 2 or clause[at - 1].word not in language.words("owner-to-do"):
        return False
    if clause[at].word not in language.words("owner-deeds"):
        return False
    if clause[at - 2].word in language.words("owner-no-turns") or clause[0].word.isdecimal():
        return False
    after = clause[at + 1].word if at + 1 < len(clause) else ""
    return bool(after) and after not in language.words("owner-no-object")
