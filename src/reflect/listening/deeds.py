"""Who acts by the form of a verb: "Kasia hands over the keys", "the interns tidy the wiki"."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.clauses import Clause
from reflect.listening.language import Language
from reflect.listening.persons import (
    LONGEST_SUBJECT,
    NOBODY,
    Owner,
    has_object,
    is_acronym,
    is_mentor,
    is_nobody,
    is_part_of,
    mentor_or_theirs,
)
from reflect.listening.words import Token

_NO_PERSONS = ("owner-deeds", "owner-no-turns", "function-words")


def is_named_so(text: str, clause: Clause, language: Language) -> bool:
    """Whether a capital and a verb make a name of a word: "Will will"."""
    if len(clause) < 3 or not text[clause[0].start].isupper():
        return False
    if clause[0].word not in language.words("owner-name-too"):
        return False
    verb = clause[1].word
    if verb in language.words("owner-verbs"):
        return True
    return bool(_stem(verb, language)) and has_object(clause, 1, language)


def by_deed(text: str, clause: Clause, language: Language, other: str) -> Owner:
    """A subject and its verb in the present: "Kasia hands over the keys", "the interns tidy the wiki"."""
    if is_nobody(text, clause[0], language) or _speaks(clause[:3], language):
        return NOBODY
    for at in range(1, min(len(clause), LONGEST_SUBJECT + 1)):
        if clause[at].word in language.words("owner-inner"):
            return NOBODY
        if not (_acts(clause, at, language) and _may_act(text, clause[:at], language)):
            continue
        if text[clause[at - 1].end : clause[at].start].strip(") ") != "":
            return NOBODY
        if _agrees(clause[:at], clause[at], language):
            who = mentor_or_theirs(list(clause[:at])) if is_mentor(clause[:at], language) else ""
            theirs = "mentor" if is_part_of(other, list(clause[:at])) else "other"
            return who or theirs, Span(clause[0].start, clause[at].end)
    return NOBODY


def _speaks(tokens: Clause, language: Language) -> bool:
    return any(token.word in language.words("owner-i") for token in tokens)


def _acts(clause: Clause, at: int, language: Language) -> bool:
    """Whether token `at` is a verb that something is done with: "hands over", "tidy the"."""
    deeds, word = language.words("owner-deeds"), clause[at].word
    if language.words("owner-verbs-except").length_at(clause, at):
        return False
    if word in deeds or _stem(word, language):
        return has_object(clause, at, language)
    return _looks_like_a_verb(word, language) and has_object(
        clause, at, language, "owner-sure-objects"
    )


def _looks_like_a_verb(word: str, language: Language) -> bool:
    """Whether an unknown word has the ending of the third person: "grinds"."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s")):
        return False
    return word not in language.words("function-words") and word not in language.words(
        "owner-no-turns"
    )


def _stem(word: str, language: Language) -> str:
    """The verb of which `word` is the third person ("tidies", "fixes"); "" when it is none."""
    deeds = language.words("owner-deeds")
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + instead in deeds:
            return word[: -len(ending)] + instead
    return ""


def _may_act(text: str, subject: Clause, language: Language) -> bool:
    """Whether `subject` can be a person: a name, "my brother", "the students", "interns"."""
    first = subject[0]
    if any(not token.word[0].isalpha() for token in subject):
        return False
    if first.word in language.words("owner-articles"):
        return len(subject) > 1
    if is_acronym(text, first, language):
        return True
    if any(first.word in language.words(name) for name in _NO_PERSONS):
        return False
    return text[first.start].isupper() or _is_plural(subject[-1].word)


def _agrees(subject: Clause, verb: Token, language: Language) -> bool:
    """Whether subject and verb go together: "Kasia hands", "interns tidy", not "weekly check"."""
    several = any(token.word in language.words("and") for token in subject)
    inner = language.words("owner-no-object")
    at = next((at for at, token in enumerate(subject) if at and token.word in inner), len(subject))
    third = bool(_stem(verb.word, language)) or verb.word not in language.words("owner-deeds")
    return third != (several or _is_plural(subject[at - 1].word))


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def by_ending(text: str, clause: Clause, language: Language, other: str) -> Owner:
    """Where nouns have capitals: names, then a verb in the third person ("Die Leitung entscheidet")."""
    endings, common = language.entries("owner-act-endings"), language.words("function-words")
    if not endings or clause[0].word in language.words("owner-nobody"):
        return NOBODY
    capitals = [token for token in clause[:LONGEST_SUBJECT] if text[token.start].isupper()]
    names = [token for token in capitals if token.word not in common]
    verb = next((token for token in clause if token not in capitals), None)
    if not names or verb is None or verb.start < names[-1].start or verb.word in common:
        return NOBODY
    if not verb.word.endswith(endings):
        return NOBODY
    mentor = is_mentor(tuple(names), language) or is_part_of(other, names)
    return ("mentor" if mentor else "other"), Span(clause[0].start, verb.end)
