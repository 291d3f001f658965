"""What an answer can bear: whether it may be quoted, kept and asked about."""

from __future__ import annotations

from typing import Literal

from reflect.listening.language import Language
from reflect.listening.utterance import Utterance
from reflect.listening.vague import is_vague
from reflect.listening.words import Words

Weight = Literal["", "thin", "empty", "grave", "danger"]

EMPTY_WORDS = 12
"""A longer answer says something, even when it says that there is nothing."""


def weight(said: Utterance) -> Weight:
    """The heaviest thing that can be said of the answer; "" when it can be taken as it is."""
    if said.find("danger"):
        return "danger"
    if said.find("grave"):
        return "grave"
    if is_empty(said.words, said.language):
        return "empty"
    return "thin" if is_vague(said.words, said.language) else ""


def is_empty(words: Words, language: Language) -> bool:
    """Whether `words` are no answer: no letters, or only such words as "nothing"."""
    tokens = words.tokens
    if not any(letter.isalpha() for token in tokens for letter in token.word):
        return len(tokens) < 2
    if len(tokens) > EMPTY_WORDS:
        return False
    said = language.find("non-answers", tokens)
    covered = [*said, *language.find("non-answer-filler", tokens)]
    return bool(said) and all(
        any(span.start <= token.start and token.end <= span.end for span in covered)
        for token in tokens
    )
