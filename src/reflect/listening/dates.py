"""When something is to be done: dates and occasions named in a text.

The words are the lexicon's: each list `due-…` holds templates such as
`in {n} weeks`, and the calendar (`days.py`) says which day the list's name means.
Only what is plainly a date is read, the future is preferred, a past date is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reflect.events import Span
from reflect.listening.days import RESOLVERS, Named, upcoming
from reflect.listening.language import Language
from reflect.listening.words import Token, Words

WORDS_READ = 1_000
"""Among how many first words of an answer dates are looked for."""

_ISO = re.compile(r"(?<![\w./-])(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?![\w/-]|\.\d)", re.ASCII)
_FULL = re.compile(r"(?<![\w./-])(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?![\w/-]|\.\d)", re.ASCII)
_SHORT = re.compile(r"(?<![\w./-])(\d{1,2})/(\d{1,2})(?![\w/%-]|\.\d)", re.ASCII)
_NUMBER = re.compile(r"(\d{1,3})", re.ASCII)
_YEAR = re.compile(r"(20\d\d)", re.ASCII)


class Due(NamedTuple):
    """A day (None: an occasion without a date) and the words that name it."""

    day: date | None
    span: Span


class Template(NamedTuple):
    """One way to name a day: literal words and slots; `meaning` is the name of its list."""

    pieces: tuple[str, ...]
    meaning: str


class _Match(NamedTuple):
    first: int
    last: int
    day: date
    is_led: bool


class Dates:
    """Reads dates with the words of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._weekdays = language.table("weekdays")
        self._months = language.table("months")
        self._numbers = language.table("numbers")
        self._ordinals = language.table("ordinals")
        self._starts: dict[str, list[Template]] = {}
        for meaning in RESOLVERS:
            self._add(meaning)
        self._occasions: dict[str, list[Template]] = {}
        for entry in language.entries("occasions"):
            template = Template(tuple(entry.split()), "occasions")
            self._occasions.setdefault(template.pieces[0], []).append(template)

    def _add(self, meaning: str) -> None:
        for entry in self._language.entries(meaning):
            template = Template(tuple(entry.split()), meaning)
            if template.pieces:
                self._starts.setdefault(template.pieces[0], []).append(template)

    def read(self, words: Words, today: date, *, past: bool = False) -> Due | None:
        """The date that `words` name, seen from `today`; with `past`, one that is over counts too.

        Of several, the first that stands after a word like "by"; else the first.
        """
        tokens = words.tokens[:WORDS_READ]
        matches = [*self._in_figures(words, tokens, today), *self._in_words(words.text, tokens, today)]
        fit = [match for match in matches if past or match.day >= today]
        if not fit:
            return None
        best = min(fit, key=lambda match: (not match.is_led, match.first, -match.last))
        return Due(best.day, Span(tokens[best.first].start, tokens[best.last].end))

    def occasion(self, words: Words) -> Due | None:
        """An occasion such as "before our next session", which names no date."""
        tokens = words.tokens[:WORDS_READ]
        for at, token in enumerate(tokens):
            for template in self._occasions.get(token.word, ()):
                if self._named(template, tokens, at) is not None:
                    last = tokens[at + len(template.pieces) - 1]
                    return Due(None, Span(token.start, last.end))
        return None

    # --- in figures ------------------------------------------------------------------

    def _in_figures(self, words: Words, tokens: tuple[Token, ...], today: date) -> Iterator[_Match]:
        if not tokens or not any(token.word.isdecimal() for token in tokens):
            return
        text = words.text[: tokens[-1].end + 2]
        for match in _ISO.finditer(text):
            year, _, month, day = match.groups()
            yield from self._figures(match, tokens, _date(int(year), int(month), int(day)))
        for match in _FULL.finditer(text):
            day, _, month, year = match.groups()
            yield from self._figures(match, tokens, _day_first(int(day), int(month), int(year)))
        for match in _SHORT.finditer(text):
            yield from self._short(match, tokens, today)

    def _short(self, match: re.Match[str], tokens: tuple[Token, ...], today: date) -> Iterator[_Match]:
        """A day and a month with a stroke: only where it cannot well be a fraction or a name ("3/4", "24/7")."""
        day, month = int(match[1]), int(match[2])
        if match[0] in self._language.entries("due-no-date"):
            return
        for found in self._figures(match, tokens, _next_of(day, month, today)):
            alone = found.first == 0 and found.last == len(tokens) - 1
            if found.is_led or alone or day > 12 >= month:
                yield found

    def _figures(self, match: re.Match[str], tokens: tuple[Token, ...], day: date | None) -> Iterator[_Match]:
        inside = [at for at, t in enumerate(tokens) if match.start() <= t.start and t.end <= match.end()]
        if day is not None and inside:
            yield from self._placed(tokens, inside[0], inside[-1], day)

    # --- in words --------------------------------------------------------------------

    def _in_words(self, text: str, tokens: tuple[Token, ...], today: date) -> Iterator[_Match]:
        at = 0
        while at < len(tokens):
            found = self._longest(text, tokens, at, today)
            if found:
                yield from self._placed(tokens, at, found[0], found[1])
            at = found[0] + 1 if found else at + 1

    def _longest(
        self, text: str, tokens: tuple[Token, ...], at: int, today: date
    ) -> tuple[int, date] | None:
        best: tuple[int, date] | None = None
        for template in self._templates(tokens[at].word):
            last = at + len(template.pieces) - 1
            if best and last <= best[0]:
                continue
            named = self._named(template, tokens, at)
            if named and self._is_date(template, text, tokens, at, last):
                day = RESOLVERS[template.meaning](today, named)
                best = (last, day) if day else best
        return best

    def _templates(self, word: str) -> Iterator[Template]:
        yield from self._starts.get(word, ())
        if word in self._weekdays:
            yield from self._starts.get("{weekday}", ())
        if word in self._months:
            yield from self._starts.get("{month}", ())
        if self._ordinal(word) is not None or self._number(word) is not None:
            yield from self._starts.get("{day}", ())

    def _named(self, template: Template, tokens: tuple[Token, ...], at: int) -> Named | None:
        """What fills the template's slots from token `at` on, or None when it does not fit."""
        if at + len(template.pieces) > len(tokens):
            return None
        named: dict[str, int] = {}
        for piece, token in zip(template.pieces, tokens[at:], strict=False):
            if piece[0] != "{":
                if piece != token.word:
                    return None
                continue
            value = self._slot(piece[1:-1], token.word)
            if value is None:
                return None
            named[piece[1:-1]] = value
        return named

    def _slot(self, slot: str, word: str) -> int | None:
        if slot == "weekday":
            return self._weekdays.get(word)
        if slot == "month":
            return self._months.get(word)
        if slot == "n":
            return self._number(word)
        if slot == "year":
            return int(word) if _YEAR.fullmatch(word) else None
        if slot == "word":
            return 0
        ordinal = self._ordinal(word)
        if slot == "day" and ordinal is None and len(word) <= 2:
            ordinal = self._number(word) if word.isdecimal() else None
        return ordinal if ordinal and 1 <= ordinal <= 31 else None

    def _number(self, word: str) -> int | None:
        return int(word) if _NUMBER.fullmatch(word) else self._numbers.get(word)

    def _ordinal(self, word: str) -> int | None:
        for ending in self._language.entries("ordinal-endings"):
            if word.endswith(ending) and _NUMBER.fullmatch(word[: -len(ending)]):
                return int(word[: -len(ending)])
        return self._ordinals.get(word)

    def _is_date(
        self, template: Template, text: str, tokens: tuple[Token, ...], at: int, last: int
    ) -> bool:
        """Whether the words around allow a date: "the Tuesday triage", "every Friday", "on the 3rd try" do not."""
        before = tokens[at - 1].word if at else ""
        if before in self._language.words("due-never-after"):
            return False
        is_bare = template.pieces[0].startswith("{")
        if is_bare and before in self._language.words("due-no-name-after"):
            return False
        doubtful = self._language.words("months-doubtful")
        unsure = any(t.word in doubtful and text[t.start].islower() for t in tokens[at : last + 1])
        must_end = template.meaning == "due-day" or (unsure and template.pieces[0] == "{month}")
        return not must_end or self._ends(text, tokens, last)

    def _ends(self, text: str, tokens: tuple[Token, ...], last: int) -> bool:
        """Whether a clause ends after token `last`, or goes on with a word that may follow a date."""
        if last + 1 == len(tokens):
            return True
        following = tokens[last + 1]
        if text[tokens[last].end : following.start] != " ":
            return True
        return following.word in self._language.words("due-may-follow")

    def _placed(self, tokens: tuple[Token, ...], first: int, last: int, day: date) -> Iterator[_Match]:
        """The match widened by the words that lead to it ("by") and belong to it ("morning")."""
        leading, trailing = self._language.words("due-before"), self._language.words("due-after")
        start = first
        while start and tokens[start - 1].word in leading:
            start -= 1
        if start and tokens[start - 1].word in self._language.words("due-never-after"):
            return
        while last + 1 < len(tokens) and tokens[last + 1].word in trailing:
            last += 1
        until = self._language.words("due-until")
        led = any(token.word in until for token in tokens[start : last + 1])
        yield _Match(start, last, day, led)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_first(day: int, month: int, year: int) -> date | None:
    return _date(year, month, day) or _date(year, day, month)


def _next_of(day: int, month: int, today: date) -> date | None:
    return upcoming(today, month, day) or upcoming(today, day, month)
