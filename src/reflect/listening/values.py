"""Answers that are a value: yes or no, a number, a place on a scale."""

from __future__ import annotations

import re

from reflect.listening.language import Language
from reflect.listening.words import Words

_FIGURES = re.compile(r"(?<![\w.,])([-−+]?\d{1,15}(?:[.,]\d{1,9})?)(?![\w]|[.,]\d)")
_THOUSANDS = {
    ",": re.compile(r"(?<![\w.,])([-−+]?\d{1,3}(?:,\d{3})+)(?![\w,]|\.\d)"),
    ".": re.compile(r"(?<![\w.,])([-−+]?\d{1,3}(?:\.\d{3})+)(?![\w.]|,\d)"),
}


def yes_or_no(words: Words, language: Language) -> bool | None:
    """True for yes or 1, False for no or 2; None when it is neither, or both."""
    head = words.tokens[:6]
    if len(words) == 1 and head[0].word in ("1", "2"):
        return head[0].word == "1"
    if language.find("unsure", head):
        return None
    whole = " ".join(token.word for token in words.tokens[:8])
    for name, meaning in (("no", False), ("yes", True)):
        spans = language.find(name, head)
        if spans and spans[0].start == head[0].start:
            opposite = language.find("yes" if name == "no" else "no", head)
            told = [span for span in opposite if span.start >= spans[0].end]
            return None if told and whole.count(" ") < 4 else meaning
    return None


def number(text: str, words: Words, language: Language) -> int | float | None:
    """The one number in `text`, in figures ("1,000" is a thousand, "3,5" three and a half) or a word."""
    mark = next((mark for mark in language.entries("thousands") if mark in _THOUSANDS), ",")
    grouped = _THOUSANDS[mark].sub(lambda match: match[1].replace(mark, ""), text[:1_000])
    found = {match[1] for match in _FIGURES.finditer(grouped)}
    if found:
        return _value(found.pop()) if len(found) == 1 else None
    table = language.table("numbers")
    named = {table[token.word] for token in words.tokens[:20] if token.word in table}
    return named.pop() if len(named) == 1 else None


def _value(figures: str) -> int | float:
    figures = figures.replace(",", ".").replace("−", "-")
    return float(figures) if "." in figures else int(figures)


def on_scale(value: float | None, low: int, high: int) -> int | None:
    """`value` when it is a whole number from `low` to `high`."""
    if value is None or value != int(value) or not low <= value <= high:
        return None
    return int(value)
