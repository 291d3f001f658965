"""A text divided into clauses: the stretches of words within which a phrase can be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reflect.listening.language import Language
from reflect.listening.words import Token

_END = re.compile(r"[.!?…](?:[\s\"'”’)\]]|$)|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|[。！？]")
_BREAK = re.compile(
    r"[;,:](?=\s|$)|[()\[\]{}<>\"“”„«»|•→]|\s[-–—/]+>?\s|—|[\x00-\x1f\x7f-\x9f]|[،؛、，；：]"
)

_DAY = re.compile(r"\d{1,2}", re.ASCII)

Clause = tuple[Token, ...]

_LONGEST_GAP = 40
_DOTS = (". ", ".")

MOST_WORDS = 400
"""In how many first words of an answer clauses are looked for; phrases come from its beginning."""


def sentences(text: str, tokens: tuple[Token, ...], language: Language) -> Iterator[Clause]:
    """The words of `text`, sentence by sentence."""
    return _divide(text, tokens[:MOST_WORDS], language, within=False)


def further(text: str, tokens: tuple[Token, ...], language: Language) -> Iterator[Clause]:
    """The words behind the first 400, sentence by sentence."""
    return _divide(text, tokens[MOST_WORDS:], language, within=False)


def clauses(text: str, tokens: tuple[Token, ...], language: Language) -> list[Clause]:
    """The words of `text`, divided at stops, commas, brackets, quotation marks and dashes."""
    return list(_divide(text, tokens[:MOST_WORDS], language, within=True))


def _divide(
    text: str, tokens: tuple[Token, ...], language: Language, *, within: bool
) -> Iterator[Clause]:
    begin = 0
    abbreviations = language.words("abbreviations")
    ordinals = "." in language.entries("ordinal-endings")
    for at, ((word, _, end), (_, start, _)) in enumerate(pairwise(tokens), 1):
        if start == end + 1 and text[end] == " ":
            continue
        gap = text[end : min(start, end + _LONGEST_GAP)]
        dotted = gap in _DOTS and (
            word in abbreviations or (ordinals and bool(_DAY.fullmatch(word)))
        )
        if not dotted and _divides(gap, within):
            yield tokens[begin:at]
            begin = at
    if tokens:
        yield tokens[begin:]


def _divides(gap: str, within: bool) -> bool:
    return bool(_END.search(gap) or (within and _BREAK.search(gap)))
