"""Templates such as `in {n} weeks`: words and slots, fitted to the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reflect.listening.days import Named
from reflect.listening.language import Language
from reflect.listening.words import Token

_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)


class Template(NamedTuple):
    """Folded words and `{slot}`s; `meaning` is the list's name, `second` the second piece if a word."""

    pieces: tuple[str, ...]
    meaning: str
    second: str

    @property
    def is_bare(self) -> bool:
        """Whether it begins with a slot, so that no word of its own leads to it."""
        return self.pieces[0].startswith("{")

    @property
    def slots(self) -> set[str]:
        """The names of its slots."""
        return {piece[1:-1] for piece in self.pieces if piece.startswith("{")}


def template(entry: str, meaning: str) -> Template | None:
    """The template that `entry` of list `meaning` writes down; None when it is empty."""
    pieces = tuple(entry.casefold().split())
    if not pieces:
        return None
    second = pieces[1] if len(pieces) > 1 and not pieces[1].startswith("{") else ""
    return Template(pieces, meaning, second)


class Templates:
    """Templates of one language, found by the word they begin with."""

    def __init__(self, language: Language, templates: Iterable[Template]) -> None:
        self._endings = language.entries("ordinal-endings")
        self.weekdays = language.table("weekdays")
        self.months = language.table("months")
        self._numbers = language.table("numbers")
        self._ordinals = language.table("ordinals")
        self._starts: dict[str, list[Template]] = {}
        for each in templates:
            self._starts.setdefault(each.pieces[0], []).append(each)
        names = (self.weekdays, self.months, self._numbers, self._ordinals)
        self._beginnings = frozenset(self._starts).union(*names)

    def may_begin(self, word: str) -> bool:
        """Whether any template can begin with `word`."""
        return word in self._beginnings or word[0].isdecimal()

    def at(self, tokens: tuple[Token, ...], at: int) -> Iterator[tuple[Template, Named]]:
        """The templates that fit from token `at` on, with what fills their slots."""
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        for start in self._keys(tokens[at].word):
            for each in self._starts.get(start, ()):
                if each.second in ("", following):
                    named = self._named(each, tokens[at : at + len(each.pieces)])
                    if named is not None:
                        yield each, named

    def _keys(self, word: str) -> Iterator[str]:
        yield word
        if word in self.weekdays:
            yield "{weekday}"
        if word in self.months:
            yield "{month}"
        if self._ordinal(word) is not None or self._number(word) is not None:
            yield "{day}"
            yield "{n}"

    def _named(self, wanted: Template, tokens: tuple[Token, ...]) -> Named | None:
        if len(tokens) < len(wanted.pieces):
            return None
        named: Named = {}
        for piece, token in zip(wanted.pieces, tokens, strict=True):
            if piece[0] == "{":
                value = self._slot(piece[1:-1], token.word)
                if value is None:
                    return None
                named[piece[1:-1]] = value
            elif piece != token.word:
                return None
        return named

    def _slot(self, slot: str, word: str) -> int | None:
        """The number that `word` means in `slot`; 0 for any word in `{word}`, None where it does not fit."""
        if slot == "weekday":
            return self.weekdays.get(word)
        if slot == "month":
            return self.months.get(word)
        if slot == "n":
            return self._number(word)
        if slot == "year":
            return int(word) if _YEAR.fullmatch(word) else None
        return self._day(word) if slot == "day" else 0

    def _day(self, word: str) -> int | None:
        day = self._ordinal(word)
        if day is None and word[0].isdecimal():
            day = self._number(word)
        return day if day is not None and 1 <= day <= 31 else None

    def _number(self, word: str) -> int | None:
        return int(word) if _NUMBER.fullmatch(word) else self._numbers.get(word)

    def _ordinal(self, word: str) -> int | None:
        if word[0].isdecimal():
            for ending in self._endings:
                if word.endswith(ending) and _NUMBER.fullmatch(word[: -len(ending)]):
                    return int(word[: -len(ending)])
        return self._ordinals.get(word)
