"""When something is to be done: dates and occasions named in a text.

The words are the lexicon's: its lists of templates (`grammar.py`) say how a day is
written, the calendar (`meanings.py`) which day each list means, and what stands around it
(`around.py`) whether it is one. Only what is plainly a date is read, the future is
preferred, a past date is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from reflect.events import Span
from reflect.listening.around import Around
from reflect.listening.clock import clock
from reflect.listening.days import Stretch
from reflect.listening.figures import in_figures
from reflect.listening.grammar import Fit, Grammar, Reading
from reflect.listening.language import Language
from reflect.listening.meanings import DAYS, Meaning
from reflect.listening.occasions import Occasions
from reflect.listening.words import Token, Words, first_from

WORDS_READ = 400
"""Among how many first words of an answer dates are looked for."""

_FIGURES = "figures"
_NAMING = ("weekend", "quarter", "half", "year")
_FAR = 270
"""A day of a year that is not said, more days ahead than this, was meant as a past one."""


_ORDER = {name: number for number, name in enumerate(DAYS)}


class Due(NamedTuple):
    """A day (None: an occasion without a date), the words that name it, and the list that knows them."""

    day: date | None
    span: Span
    rule: str = ""


class _Match(NamedTuple):
    first: int
    last: int
    day: date
    is_term: bool
    rule: str
    has_year: bool

    def is_in(self, other: _Match) -> bool:
        """Whether this shares a word with `other`, a date with its year."""
        return other.has_year and self.first <= other.last and other.first <= self.last


class Dates:
    """Reads dates with the words of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    @cached_property
    def _grammar(self) -> Grammar:
        return Grammar(self._language)

    @cached_property
    def _occasions(self) -> Occasions:
        return Occasions(self._language)

    def prepare(self) -> Iterator[None]:
        """Make the grammar ready, then the occasions, one at each step; else they are made when needed."""
        self._grammar.beginnings  # noqa: B018 - it is made by being asked for
        yield
        self._occasions  # noqa: B018 - likewise
        yield

    def read(
        self, words: Words, today: date, *, past: bool = False, clocks: bool = True
    ) -> Due | None:
        """The date that `words` name, seen from `today`; with `past`, one that is over counts too.

        Of several, the first that stands after a word like "by"; else the first. A time
        of day is one of today, unless `clocks` is false.
        """
        tokens = words.tokens[:WORDS_READ]
        around = Around(self._language, self._names, words, tokens)
        written = [*self._in_figures(words, tokens, today, around)]
        said = self._in_words(words.text, tokens, today, around)
        # The year of a date in figures is no year of its own: "by 2026-11-02" is over, and not "by 2026".
        matches = [
            *written,
            *(one for one in said if not any(one.is_in(other) for other in written)),
        ]
        fit = [
            match
            for match in matches
            if (match.rule == _FIGURES or DAYS[match.rule].counts(in_a_goal=not clocks))
            and (past or self._is_to_come(match, today, around))
        ]
        if not fit:
            return self._by_the_clock(words, tokens, today, around) if clocks else None
        best = min(fit, key=lambda match: (not match.is_term, match.first, -match.last))
        return Due(best.day, Span(tokens[best.first].start, tokens[best.last].end), best.rule)

    def occasion(self, words: Words, meeting: date | None = None, other: str = "") -> Due | None:
        """An occasion such as "before the next shift", which names no date.

        `meeting` is the day of "before we meet", and of "before I meet Daniel" where `other` is his name.
        """
        found = self._occasions.find(words, words.tokens[:WORDS_READ], other)
        if found is None:
            return None
        return Due(meeting if found.is_theirs else None, found.span, found.rule)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset((*self._grammar.weekdays, *self._grammar.months))

    def _is_to_come(self, match: _Match, today: date, around: Around) -> bool:
        if match.day < today:
            return False
        if match.is_term:
            return True
        unsaid = match.rule in ("due-date", _FIGURES) and not match.has_year
        far = unsaid and (match.day - today).days > _FAR
        if far and not around.is_alone(match.first, match.last):
            return False
        first = match.first
        stretch = match.rule.startswith("due-period")
        if around.is_of_a_thing(first, stretch=stretch):
            return False
        return not (around.is_told(first) or around.is_quoted(first))

    # --- in figures ------------------------------------------------------------------

    def _in_figures(
        self, words: Words, tokens: tuple[Token, ...], today: date, around: Around
    ) -> Iterator[_Match]:
        if not any(map(str.isdecimal, words.distinct)):
            return
        for found in in_figures(words.text[: tokens[-1].end + 2], self._language, today):
            first, beyond = first_from(tokens, found.start), first_from(tokens, found.end)
            if first >= beyond:
                continue
            for match in _placed(
                around, first, beyond - 1, found.day, _FIGURES, has_year=found.has_year
            ):
                alone = around.is_alone(first, match.last)
                led = match.is_term or (match.first < first and not found.loose)
                if found.sure or alone or led:
                    yield match

    # --- in words --------------------------------------------------------------------

    def _in_words(
        self, text: str, tokens: tuple[Token, ...], today: date, around: Around
    ) -> Iterator[_Match]:
        beyond, reading = 0, self._grammar.reading(text, tokens, today)
        no_dates = self._no_dates(tokens) if reading.starts else frozenset()
        for at in reversed(reading.starts):  # a date within a date is known before the outer one:
            reading.fits("due", at)  # "the day before the day before …" goes as deep as it is long
        for at in reading.starts:
            found = self._furthest(reading, at, around, no_dates) if at >= beyond else None
            if found is None:
                continue
            first, fit, day = found
            yield from _placed(
                around, first, fit.end - 1, day, fit.meaning, has_year="year" in fit.named
            )
            beyond = fit.end

    def _furthest(
        self, reading: Reading, at: int, around: Around, nothing: frozenset[int]
    ) -> tuple[int, Fit, date] | None:
        """The date that begins at token `at`; one that begins within it and goes further is meant instead.

        "by December" is a date of its own, but not in "by December 10th".
        """
        found = _longest(reading, at, around, nothing)
        if found is None:
            return None
        for later in range(at + 1, found[0].end):
            other = _longest(reading, later, around, nothing)
            if other and other[0].end > found[0].end:
                return later, *other
        return at, *found

    def _no_dates(self, tokens: tuple[Token, ...]) -> frozenset[int]:
        """Where the words begin that lie in a phrase which only sounds like a date."""
        spans = self._language.find("due-no-date", tokens)
        return frozenset(place for span in spans for place in range(span.start, span.end))

    def _by_the_clock(
        self, words: Words, tokens: tuple[Token, ...], today: date, around: Around
    ) -> Due | None:
        """Today, where a time of day stands by itself after "by" or "at", and nothing recurs."""
        if "due-clock" not in self._language.lexicon.lists:
            return None
        found = clock(words.text[:2_000])
        if found is None or self._language.find("due-recurring", tokens):
            return None
        first, beyond = first_from(tokens, found.span.start), first_from(tokens, found.span.end)
        start = around.led_from(first)
        led = bool(self._language.find("due-clock", tokens[start : first + 1]))
        if beyond == first or not (led or around.is_alone(first, beyond - 1)):
            return None
        if not around.ends(beyond - 1) or around.is_told(first):
            return None
        return Due(today, Span(tokens[start].start, tokens[beyond - 1].end), "due-clock")


def _longest(
    reading: Reading, at: int, around: Around, nothing: frozenset[int]
) -> tuple[Fit, date] | None:
    """The longest date that begins at token `at`, and its day; of two, of the list that stands first."""
    tokens = reading.tokens
    fits = reading.fits("due", at) if at in reading.starts else []
    if not fits or tokens[at].start in nothing:
        return None
    for fit in sorted(fits, key=lambda fit: (-fit.end, _ORDER[fit.meaning])):
        day = reading.day(fit) if tokens[fit.end - 1].start not in nothing else None
        if day and around.allows(_doubts(fit), at, fit.end - 1):
            return fit, day
    return None


def _doubts(fit: Fit) -> Meaning:
    """How doubtful `fit` is: "May" counts alone, "weekend" may belong to a thing, "next week" may not."""
    means = DAYS[fit.meaning]
    if fit.meaning != "due-period-alone":
        return means
    stretch: Stretch = fit.named["period"]
    return means._replace(alone=stretch.named, name=stretch.kind in _NAMING)


def _placed(
    around: Around, first: int, last: int, day: date, rule: str, *, has_year: bool
) -> Iterator[_Match]:
    """The match widened by the words that lead to it ("by") and belong to it ("morning")."""
    start = around.led_from(first)
    if around.may_come_after(start, last):
        last = around.trailing(last)
        yield _Match(start, last, day, around.is_term(start, last), rule, has_year)
