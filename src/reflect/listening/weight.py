"""What an answer can bear: whether it may be quoted, kept and asked about."""

from __future__ import annotations

from typing import Literal

from reflect.listening.language import Language
from reflect.listening.no_step import says_no
from reflect.listening.utterance import Utterance
from reflect.listening.words import Words

Weight = Literal["", "thin", "empty", "none", "grave", "danger"]

EMPTY_WORDS = 12
"""A longer answer says something, even when it says that there is nothing."""


def weight(said: Utterance) -> Weight:
    """The heaviest thing that can be said of the answer; "" when it can be taken as it is."""
    for heavy in _HEAVY:
        if is_said(said, heavy):
            return heavy
    if is_empty(said.words, said.language):
        return "empty"
    if said.wants == "action" and says_no(said):
        return "none"
    return "thin" if said.is_vague else ""


_HEAVY: tuple[Literal["danger", "grave"], ...] = ("danger", "grave")


def is_said(said: Utterance, heavy: Literal["danger", "grave"]) -> bool:
    """Whether `heavy` is said, by its list or by a frame, and is no turn of phrase ("dead tired")."""
    if said.frames_throughout(f"said-{heavy}"):
        return True
    turns = said.frames_throughout(f"said-{heavy}-except")
    return any(
        not any(turn.span.start < span.end and span.start < turn.span.end for turn in turns)
        for span in said.find(heavy)
    )


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
