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
from reflect.listening.days import MEANINGS, upcoming
from reflect.listening.language import Language
from reflect.listening.templates import Template, Templates, template
from reflect.listening.together import Together
from reflect.listening.words import Token, Words, first_from

WORDS_READ = 1_000
"""Among how many first words of an answer dates are looked for."""

_LETTERS_READ = 20_000
_ISO = re.compile(r"(?<![\w./-])(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?![\w/-]|\.\d)", re.ASCII)
_FULL = re.compile(r"(?<![\w./-])(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?![\w/-]|\.\d)", re.ASCII)
_SHORT = re.compile(r"(?<![\w./-])(\d{1,2})/(\d{1,2})(?![\w/%-]|\.\d)", re.ASCII)
_DOTTED = re.compile(r"(?<![\w./-])(\d{1,2})\.(\d{1,2})(?:\.(\d{2})?)?(?![\w/%-]|[.,]\d)", re.ASCII)
_JOINED = ("-", "/", ".")
_LONGEST_LEAD = 4


class Due(NamedTuple):
    """A day (None: an occasion without a date) and the words that name it."""

    day: date | None
    span: Span


class _Match(NamedTuple):
    first: int
    last: int
    day: date
    is_led: bool


class Dates:
    """Reads dates with the words of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._templates = Templates(language, _dated(language))
        lists = ("meetings", "occasions")
        occasions = (template(entry, name) for name in lists for entry in language.entries(name))
        self._occasions = Templates(language, filter(None, occasions))
        self._together = Together(language)

    def read(self, words: Words, today: date, *, past: bool = False) -> Due | None:
        """The date that `words` name, seen from `today`; with `past`, one that is over counts too.

        Of several, the first that stands after a word like "by"; else the first.
        """
        tokens = words.tokens[:WORDS_READ]
        matches = [
            *self._in_figures(words, tokens, today),
            *self._in_words(words.text, tokens, today),
        ]
        fit = [match for match in matches if past or match.day >= today]
        if not fit:
            return None
        best = min(fit, key=lambda match: (not match.is_led, match.first, -match.last))
        return Due(best.day, Span(tokens[best.first].start, tokens[best.last].end))

    def occasion(self, words: Words, meeting: date | None = None, other: str = "") -> Due | None:
        """An occasion such as "before the next shift", which names no date.

        `meeting` is the day of "before we meet", and of "before I meet Daniel" where `other` is his name.
        """
        tokens = words.tokens[:WORDS_READ]
        together = self._together.find(words, tokens, other)
        for at, token in enumerate(tokens):
            if together is not None and together.start <= token.start:
                return Due(meeting, together)
            found = self._occasion(tokens, at)
            if found is not None:
                span = Span(token.start, tokens[at + len(found.pieces) - 1].end)
                theirs = found.meaning == "meetings" and not self._together.is_with_another(
                    words, tokens, span.end, other
                )
                return Due(meeting if theirs else None, span)
        return None

    def _occasion(self, tokens: tuple[Token, ...], at: int) -> Template | None:
        """The occasion that begins at token `at`; of several, one that means the meeting of the two."""
        if not self._occasions.may_begin(tokens[at].word):
            return None
        found = [one for one, _ in self._occasions.at(tokens, at)]
        meant = (one for one in found if one.meaning == "meetings")
        return next(meant, found[0] if found else None)

    # --- in figures ------------------------------------------------------------------

    def _in_figures(self, words: Words, tokens: tuple[Token, ...], today: date) -> Iterator[_Match]:
        if not tokens or not any(token.word.isdecimal() for token in tokens):
            return
        text = words.text[: min(tokens[-1].end + 2, _LETTERS_READ)]
        for match in _ISO.finditer(text):
            year, _, month, day = match.groups()
            yield from self._figures(match, tokens, _date(int(year), int(month), int(day)))
        for match in _FULL.finditer(text):
            day, _, month, year = match.groups()
            yield from self._figures(match, tokens, _day_first(int(day), int(month), int(year)))
        for match in _SHORT.finditer(text):
            yield from self._short(match, tokens, today)
        if "." in self._language.entries("day-month-marks"):
            for match in _DOTTED.finditer(text):
                yield from self._dotted(match, tokens, today)

    def _short(
        self, match: re.Match[str], tokens: tuple[Token, ...], today: date
    ) -> Iterator[_Match]:
        """A day and a month with a stroke: not where it may be a fraction ("3/4") or a name."""
        day, month = int(match[1]), int(match[2])
        if match[0] in self._language.entries("due-no-date"):
            return
        for found in self._figures(match, tokens, _next_of(day, month, today)):
            alone = found.first == 0 and found.last == len(tokens) - 1
            if found.is_led or alone or day > 12 >= month:
                yield found

    def _dotted(
        self, match: re.Match[str], tokens: tuple[Token, ...], today: date
    ) -> Iterator[_Match]:
        """A day and a month with dots ("3.5.", "3.5.26"), led to or alone: not "see chapter 2.1."."""
        day, month = int(match[1]), int(match[2])
        named = _date(2000 + int(match[3]), month, day) if match[3] else upcoming(today, month, day)
        closed = match[0].endswith(".") or bool(match[3])
        for found in self._figures(match, tokens, named):
            alone = found.first == 0 and found.last == len(tokens) - 1
            leads = tokens[found.first].start < match.start()
            if found.is_led or alone or (closed and (leads or day > 12 >= month)):
                yield found

    def _figures(
        self, match: re.Match[str], tokens: tuple[Token, ...], day: date | None
    ) -> Iterator[_Match]:
        first, beyond = first_from(tokens, match.start()), first_from(tokens, match.end())
        if day is not None and first < beyond:
            yield from self._placed(match.string, tokens, first, beyond - 1, day)

    # --- in words --------------------------------------------------------------------

    def _in_words(self, text: str, tokens: tuple[Token, ...], today: date) -> Iterator[_Match]:
        at = 0
        others = {
            place
            for span in self._language.find("due-no-date", tokens)
            for place in range(span.start, span.end)
        }
        while at < len(tokens):
            maybe = tokens[at].start not in others and self._templates.may_begin(tokens[at].word)
            found = self._longest(text, tokens, at, today) if maybe else None
            if found:
                yield from self._placed(text, tokens, at, found[0], found[1])
            at = found[0] + 1 if found else at + 1

    def _longest(
        self, text: str, tokens: tuple[Token, ...], at: int, today: date
    ) -> tuple[int, date] | None:
        """The number of the last token of the longest date beginning at token `at`, and its day."""
        best: tuple[int, date] | None = None
        for wanted, named in self._templates.at(tokens, at):
            last = at + len(wanted.pieces) - 1
            if best and last <= best[0]:
                continue
            if self._is_date(wanted, text, tokens, at, last):
                day = MEANINGS[wanted.meaning].day(today, named)
                best = (last, day) if day else best
        return best

    def _is_date(
        self, wanted: Template, text: str, tokens: tuple[Token, ...], at: int, last: int
    ) -> bool:
        """Whether the words around allow a date: "every Friday" and "on the 3rd try" do not."""
        if self._is_no_lead(text, tokens, self._led_from(tokens, at), last):
            return False
        if MEANINGS[wanted.meaning].alone:
            return last + 1 == len(tokens) and self._is_led_only(tokens[:at])
        if wanted.is_bare and not self._may_be_bare(text, tokens, at, last):
            return False
        return wanted.meaning != "due-day" or self._ends(text, tokens, last)

    def _is_no_lead(self, text: str, tokens: tuple[Token, ...], start: int, last: int) -> bool:
        """Whether what stands before tokens `start` to `last` allows no date to come.

        "from Monday" and "June next year" are none; "the list from June by the 13th" is one.
        """
        word = _beside(text, tokens, start)
        if word in self._language.words("due-never-after"):
            return True
        until = self._language.words("due-until")
        if any(token.word in until for token in tokens[start : last + 1]):
            return False
        return word in self._templates.weekdays or word in self._templates.months

    def _led_from(self, tokens: tuple[Token, ...], at: int) -> int:
        """The number of the first of the words that lead to token `at`: "by", "a más tardar"."""
        leading = self._language.words("due-before")
        sizes = range(_LONGEST_LEAD, 0, -1)
        while size := next(
            (n for n in sizes if n <= at and leading.length_at(tokens[at - n : at], 0) == n), 0
        ):
            at -= size
        return at

    def _is_led_only(self, tokens: tuple[Token, ...]) -> bool:
        leading = self._language.words("due-before")
        return all(token.word in leading for token in tokens)

    def _may_be_bare(self, text: str, tokens: tuple[Token, ...], at: int, last: int) -> bool:
        """Whether a bare name is a date: not in "the Tuesday triage", "2019-sep-1", "wed to it"."""
        start = tokens[at].start
        before = _beside(text, tokens, at)
        if (
            before in self._language.words("due-no-name-after")
            or text[max(0, start - 1) : start] in _JOINED
        ):
            return False
        if (
            last == at
            and last + 1 < len(tokens)
            and tokens[last + 1].word in self._templates.months
        ):
            return False
        doubtful = self._language.words("doubtful-names")
        unsure = any(t.word in doubtful and text[t.start].islower() for t in tokens[at : last + 1])
        return not unsure or self._ends(text, tokens, last)

    def _ends(self, text: str, tokens: tuple[Token, ...], last: int) -> bool:
        """Whether a clause ends after token `last`, or goes on with a word that may follow a date."""
        if last + 1 == len(tokens):
            return True
        following = tokens[last + 1]
        may_follow = following.word in self._language.words("due-may-follow")
        gap = text[tokens[last].end : following.start]
        if gap == ". " and tokens[last].word.isdecimal() and self._writes_ordinals_with_a_dot:
            return may_follow or text[following.start].islower()
        return may_follow or gap != " "

    @property
    def _writes_ordinals_with_a_dot(self) -> bool:
        return "." in self._language.entries("ordinal-endings")

    def _placed(
        self, text: str, tokens: tuple[Token, ...], first: int, last: int, day: date
    ) -> Iterator[_Match]:
        """The match widened by the words that lead to it ("by") and belong to it ("morning")."""
        trailing = self._language.words("due-after")
        start = self._led_from(tokens, first)
        if self._is_no_lead(text, tokens, start, last):
            return
        while last + 1 < len(tokens) and (length := trailing.length_at(tokens, last + 1)):
            last += length
        until = self._language.words("due-until")
        led = any(token.word in until for token in tokens[start : last + 1])
        yield _Match(start, last, day, led)


def _dated(language: Language) -> Iterator[Template]:
    """Every template that names a day and has the slots which its list's meaning needs."""
    for meaning, means in MEANINGS.items():
        for entry in language.entries(meaning):
            found = template(entry, meaning)
            if found and found.slots.issuperset(means.needs):
                yield found


def _beside(text: str, tokens: tuple[Token, ...], at: int) -> str:
    """The word before token `at` with nothing but a space between; "" when there is none."""
    if not at or text[tokens[at - 1].end : tokens[at].start] != " ":
        return ""
    return tokens[at - 1].word


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_first(day: int, month: int, year: int) -> date | None:
    return _date(year, month, day) or _date(year, day, month)


def _next_of(day: int, month: int, today: date) -> date | None:
    return upcoming(today, month, day) or upcoming(today, day, month)
