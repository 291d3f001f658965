"""Typos forgiven: each word that nobody lists, read as the listed word one letter away from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from reflect.listening.words import WORDS_REMEMBERED, Token, is_forgivable, nearby

MOST_WORDS = 400
"""In how many first words of an answer typos are looked for."""

SHORTEST_MENDED = 6
"""Letters of the shorter words that are mended: below, too many real words are one letter apart."""


class Spelling:
    """Mends words towards `vocabulary`; `meant` gives the right word of often misspelt ones.

    Words that are right as they stand, in `vocabulary` or `known`, are never touched, and none is
    read as one of the `common` words, which say little. Where a real word is one letter away from
    a listed one, it is to be listed among the known ones.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        known: Iterable[str],
        common: Iterable[str],
        meant: Mapping[str, str],
    ) -> None:
        self._listed = frozenset(vocabulary)
        self._known = self._listed.union(known)
        self._meant = meant
        self._common = frozenset(common)
        self._near: dict[str, dict[str, list[str]]] = {}  # by first letter, made when it is typed
        self._nearest = lru_cache(WORDS_REMEMBERED)(self._nearest_to)

    def mended(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """`tokens` with their places, misspelt words replaced."""
        words = {token[0] for token in tokens[:MOST_WORDS]}
        found = {word: self._meant[word] for word in words if word in self._meant}
        for word in filter(is_forgivable, words.difference(self._known, found)):
            meant = self._nearest(word)
            if meant:
                found[word] = meant
        if not found:
            return tokens
        return tuple(
            token._replace(word=found[token[0]]) if token[0] in found else token for token in tokens
        )

    def _nearest_to(self, word: str) -> str:
        """The first of the listed words that `word` may be a typo of; "" when there is none."""
        near = self._near_under(word[0])
        candidates = {meant for form in nearby(word) for meant in near.get(form, ())}
        return min((meant for meant in candidates if is_typo(word, meant)), default="")

    def _near_under(self, letter: str) -> dict[str, list[str]]:
        """The listed words that begin with `letter`, as every typo does, by their `nearby` forms."""
        if letter not in self._near and letter in self._by_letter:
            found: dict[str, list[str]] = {}
            self._near[letter] = found
            for word in self._by_letter[letter]:
                for form in nearby(word):
                    found.setdefault(form, []).append(word)
        return self._near.get(letter, {})

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """The words that a typo may have been meant for, by their first letters."""
        found: dict[str, list[str]] = {}
        for word in filter(is_forgivable, self._listed - self._common):
            found.setdefault(word[0], []).append(word)
        return found


def is_typo(typed: str, meant: str) -> bool:
    """Whether the two begin alike and differ by one letter: too many, too few, another, or two swapped.

    A difference in the last letter alone is an ending of grammar ("listed", "listen").
    """
    if typed[0] != meant[0] or max(len(typed), len(meant)) < SHORTEST_MENDED:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if at is None:
        return abs(len(typed) - len(meant)) == 1 and max(typed, meant, key=len)[-1] not in "sd"
    rest, other = typed[at:], meant[at:]
    if len(rest) == len(other) == 1:
        return False
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:] and len(other) > 1
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
