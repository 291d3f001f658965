"""Dates written in figures: "2026-12-11", "26/11", "3.5."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reflect.listening.days import on_day, upcoming
from reflect.listening.language import Language

_ISO = re.compile(r"(?<![\w./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\w/-]|\.\d)", re.ASCII)
_FULL = re.compile(
    r"(?<![\w./-])(\d{1,2})([-./])(\d{1,2})\2(\d{4}|[1-4]\d)(?![\w/-]|\.\d)", re.ASCII
)
_SHORT = re.compile(r"(?<![\w./-])(\d{1,2})([-/])(\d{1,2})(?![\w/%-]|[.:]\d)", re.ASCII)
_DOTTED = re.compile(r"(?<![\w./-])(\d{1,2})\.(\d{1,2})(?:\.(\d{2})?)?(?![\w/%-]|[.,]\d)", re.ASCII)
_MOST_LETTERS = 20_000


class Figures(NamedTuple):
    """A day in figures from character `start` to `end`.

    Where it is not `sure` it may be a fraction, a chapter or a version and needs a word that
    leads to it, or nothing else beside it; `loose`: that must be a word such as "by".
    """

    start: int
    end: int
    day: date
    sure: bool
    loose: bool = False
    has_year: bool = False


def in_figures(text: str, language: Language, today: date) -> Iterator[Figures]:
    """The days that figures of `text` name, seen from `today`; the past ones too."""
    text = text[:_MOST_LETTERS]
    for match in _ISO.finditer(text):
        yield from _whole(match, on_day(int(match[1]), int(match[3]), int(match[4])))
    for match in _FULL.finditer(text):
        year = int(match[4]) % 2000 + 2000 if len(match[4]) == 2 else int(match[4])
        yield from _whole(match, _day_first(int(match[1]), int(match[3]), year))
    nothing = language.entries("due-no-date")
    for match in _SHORT.finditer(text):
        if match[0] not in nothing:
            yield from _short(match, today)
    yield from _dotted(text, language, today)


def _short(match: re.Match[str], today: date) -> Iterator[Figures]:
    """A day and a month: not where they may be a fraction ("3/4"), a name or a range ("10-12")."""
    day, month = int(match[1]), int(match[3])
    slashed = match[2] == "/"
    sure = slashed and day > 12 >= month
    yield from _found(match, _next_of(day, month, today), sure=sure, loose=not slashed)


def _dotted(text: str, language: Language, today: date) -> Iterator[Figures]:
    """A day and a month with dots, where the language writes them so or the month stands first ("4.22")."""
    dots = "." in language.entries("day-month-marks")
    for match in _DOTTED.finditer(text):
        day, month = int(match[1]), int(match[2])
        if match[3]:
            named = on_day(2000 + int(match[3]), month, day)
        else:
            named = upcoming(today, month, day) or (None if dots else upcoming(today, day, month))
        closed = match[0].endswith(".") or bool(match[3])
        if dots:
            sure = closed and day > 12 >= month
            yield from _found(match, named, sure=sure)
        else:
            yield from _found(match, named, sure=False, loose=True)


def _whole(match: re.Match[str], day: date | None) -> Iterator[Figures]:
    if day is not None:
        yield Figures(match.start(), match.end(), day, sure=True, has_year=True)


def _found(
    match: re.Match[str], day: date | None, *, sure: bool, loose: bool = False
) -> Iterator[Figures]:
    if day is not None:
        yield Figures(match.start(), match.end(), day, sure, loose)


def _day_first(day: int, month: int, year: int) -> date | None:
    return on_day(year, month, day) or on_day(year, day, month)


def _next_of(day: int, month: int, today: date) -> date | None:
    return upcoming(today, month, day) or upcoming(today, day, month)
