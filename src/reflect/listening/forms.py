"""The words of a text in the form in which templates hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from reflect.listening.words import Token, fold, plain

NO_WORD = "."
"""Stands for what no template can hold."""
_MARKS_BEFORE, _MARKS_AFTER = tuple("£$€#"), tuple("%°€£$‰")


def written(entries: Iterable[str]) -> dict[str, str]:
    """By every word of an entry but its last, that last one: "nxt nex next"."""
    meant = (plain(fold(entry)).split() for entry in entries)
    return {word: words[-1] for words in meant for word in words[:-1]}


def forms(
    text: str,
    tokens: tuple[Token, ...],
    meant: Mapping[str, str],
    mended: Callable[[str], str],
) -> list[str]:
    """The words of `tokens`, those of `meant` replaced, the others `mended`; no decimals and no sums."""
    words = [meant.get(token[0]) or mended(token[0]) for token in tokens]
    figures = [at for at, token in enumerate(tokens) if token[0][0].isdecimal()]
    for at in figures:
        if _is_decimal(text, tokens[at : at + 2]):
            words[at] = words[at + 1] = NO_WORD
        if _is_measured(text, tokens[at]):
            words[at] = NO_WORD
    return words


def _is_decimal(text: str, tokens: tuple[Token, ...]) -> bool:
    """Whether the first of `tokens` is the whole part of a decimal: "1.5 years"."""
    one, other = tokens[0], tokens[-1]
    joined = other.start == one.end + 1 and text[one.end] in ".,"
    return joined and one.word.isdecimal() and other.word[0].isdecimal()


def _is_measured(text: str, token: Token) -> bool:
    """Whether a figure is one of money, per cent or degrees: "4%", "£30", "#7"."""
    before, after = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return before in _MARKS_BEFORE or after in _MARKS_AFTER
