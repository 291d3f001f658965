"""Occasions that name no date: "before our next session", "at the next shift"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reflect.events import Span
from reflect.listening.language import Language
from reflect.listening.templates import Node, tree
from reflect.listening.together import Together
from reflect.listening.words import Token, Words, plain

_SLOTS = {"meeting": "meeting-words", "event": "event-words"}


class Occasion(NamedTuple):
    """The words that name an occasion; `is_theirs` when it is the next meeting of the two."""

    span: Span
    is_theirs: bool
    rule: str


class Occasions:
    """Finds occasions with the words of one language.

    Its lists `meetings` (of the two) and `occasions` (of others) hold templates; `{meeting}` and
    `{event}` stand for an entry of `meeting-words` and `event-words`, `{word}` for any word.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        names = ("meetings", "occasions")
        self._root = tree((name, entry) for name in names for entry in language.entries(name))
        self._together = Together(language)

    def find(self, words: Words, tokens: tuple[Token, ...], other: str = "") -> Occasion | None:
        """The first occasion; `other` is the name of the person opposite."""
        together = self._together.find(words, tokens, other)
        beginnings = self._root.words
        said = words.plain[: len(tokens)]
        for at in [at for at, word in enumerate(said) if word in beginnings]:
            if together is not None and together.start <= tokens[at].start:
                break
            found = self._at(tokens, at)
            if found is not None:
                end, name = found
                span = Span(tokens[at].start, tokens[end - 1].end)
                theirs = name == "meetings" and not self._together.is_with_another(
                    words, tokens, span.end, other
                )
                return Occasion(span, theirs, name)
        return Occasion(together, True, "meetings-with") if together is not None else None

    def _at(self, tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
        """The end and the list of the occasion at token `at`; a meeting of the two counts first."""
        found = list(self._walk(self._root, tokens, at))
        return min(found, key=lambda one: (one[1] != "meetings", -one[0]), default=None)

    def _walk(self, node: Node, tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, str]]:
        yield from ((at, name) for name in node.ends)
        if at >= len(tokens):
            return
        following = node.words.get(plain(tokens[at].word))
        if following is not None:
            yield from self._walk(following, tokens, at + 1)
        for slot, branch in node.slots.items():
            length = 1
            if slot in _SLOTS:
                length = self._language.words(_SLOTS[slot]).length_at(tokens, at)
            if length:
                yield from self._walk(branch, tokens, at + length)
