"""Whom words name: the mentor, somebody else, nobody."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.clauses import Clause
from reflect.listening.language import Language
from reflect.listening.words import Token, Words

Owner = tuple[str, Span | None]
"""me, mentor, both, other, none or unclear, and the words that say so.

"mentor" is the person opposite: where a mentor speaks, the mentee.
"""

NOBODY: Owner = ("none", None)
LONGEST_SUBJECT = 4
"""How many words name somebody at most."""


def is_mentor(tokens: Clause, language: Language) -> bool:
    """Whether one of `tokens` is a word for the mentor."""
    return any(token.word in language.words("mentor-words") for token in tokens)


def mentor_or_theirs(subject: list[Token]) -> str:
    """The mentor, but of "my mentor's lead" somebody else."""
    owned = [token for token in subject if token.word.endswith("'s")]
    return "other" if owned and owned[-1] is not subject[-1] else "mentor"


def is_nobody(text: str, token: Token, language: Language) -> bool:
    """Whether a clause that begins with `token` names nobody; "IT" is somebody, "it" is not."""
    listed = token.word in language.words("owner-nobody")
    return listed and not is_acronym(text, token, language)


def is_acronym(text: str, token: Token, language: Language) -> bool:
    """Whether `token` is in capitals and then means somebody: "IT"."""
    capitals = text[token.start : token.end].isupper()
    return capitals and token.word in language.words("owner-acronyms")


def is_part_of(name: str, subject: list[Token]) -> bool:
    """Whether `subject` is nothing but words of `name`."""
    said = {token.word for token in subject}
    return bool(said) and said <= {token.word for token in Words(name).tokens}


def has_object(clause: Clause, at: int, language: Language, name: str = "owner-objects") -> bool:
    """Whether a word of the list `name`, such as "the", follows the verb at token `at`."""
    return at + 1 < len(clause) and clause[at + 1].word in language.words(name)
