"""Dates named in an answer, said on Saturday 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from reflect.listening.dates import Dates
from reflect.listening.language import Language
from reflect.listening.words import Words
from reflect.script import Lexicon

TODAY = date(2026, 11, 21)


def read(language: Language, text: str, *, past: bool = False) -> tuple[str, str] | None:
    due = Dates(language).read(Words(text), TODAY, past=past)
    return (str(due.day), text[due.span.start : due.span.end]) if due else None


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("2026-12-11", "2026-12-11", "2026-12-11"),
        ("deadline 2026-12-11, 1 page each", "2026-12-11", "deadline 2026-12-11"),
        ("26 November", "2026-11-26", "26 November"),
        ("Nov 26", "2026-11-26", "Nov 26"),
        ("the 3rd of january", "2027-01-03", "the 3rd of january"),
        ("26/11", "2026-11-26", "26/11"),
        ("before 11/30", "2026-11-30", "before 11/30"),
        ("26.11.2026", "2026-11-26", "26.11.2026"),
        ("today", "2026-11-21", "today"),
        ("read it tmrw am", "2026-11-22", "tmrw am"),
        ("next ward round, thursday", "2026-11-26", "thursday"),
        ("ring him by Friday morning", "2026-11-27", "by Friday morning"),
        ("saturday", "2026-11-28", "saturday"),
        ("next week", "2026-11-29", "next week"),
        ("in two weeks", "2026-12-05", "in two weeks"),
        ("in 3 days", "2026-11-24", "in 3 days"),
        ("two weeks from now", "2026-12-05", "two weeks from now"),
        ("in a month, or in 1 month", "2026-12-21", "in a month"),
        ("by the end of the month", "2026-11-30", "by the end of the month"),
        ("end of the week", "2026-11-22", "end of the week"),
        ("end of the year", "2026-12-31", "end of the year"),
        ("end of February", "2027-02-28", "end of February"),
        ("Wednesday week", "2026-12-02", "Wednesday week"),
        ("on the 3rd", "2026-12-03", "on the 3rd"),
        ("29 February", "2028-02-29", "29 February"),
        ("I see her Monday, done by Tuesday", "2026-11-24", "by Tuesday"),
    ],
)
def test_a_plain_date_is_read(language: Language, text: str, day: str, words: str) -> None:
    assert read(language, text) == (day, words)


@pytest.mark.parametrize(
    "text",
    [
        "I may do it",
        "march over to finance",
        "24/7 support",
        "python 3.11",
        "Node 20.11.1",
        "3/4 of the slides",
        "soon",
        "someday",
        "every Friday",
        "shadow the Tuesday triage",
        "the notes from 12 October",
        "wed to the idea",
        "on the 3rd attempt",
        "June reviewed my PR",
        "2025-03-01",
        "send it by 2026-11-02",
        "yesterday",
        "31/31",
        "2026-13-45",
        "in 5",
        "",
    ],
)
def test_what_only_looks_like_a_date_is_none(language: Language, text: str) -> None:
    assert read(language, text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("plan one lesson for Friday", "2026-11-27"),
        ("done by December 10th", "2026-12-10"),
        ("the draft, December", "2026-12-31"),
        ("raise it in Monday's meeting", "2026-11-23"),
        ("have it by half 3", "2026-11-21"),
        ("file it b4 fri", "2026-11-27"),
        ("file it 2moz", "2026-11-22"),
        ("the Friday before Christmas", "2026-12-18"),
        ("by the last working day of January", "2027-01-29"),
        ("sort the visa (3 weeks max)", "2026-12-12"),
        ("in by autumn 2027", "2027-11-30"),
        ("in 5 working days", "2026-11-27"),
        ("in 6 working days", "2026-11-30"),
    ],
)
def test_a_date_is_told_by_what_stands_around_it(language: Language, text: str, day: str) -> None:
    found = read(language, text)
    assert found is not None and found[0] == day


@pytest.mark.parametrize(
    "text",
    [
        "speak at Friday Forum",
        "buy Christmas cards",
        "Book the table for the first Thursday in April",
        "the budget for next quarter",
        "I should have asked her on Friday",
        "cut it from 4% to 2%",
        "run 10k in 50 minutes",
        "over the coming years",
    ],
)
def test_a_date_of_something_else_is_none(language: Language, text: str) -> None:
    assert read(language, text) is None


def test_from_when_on_counts_in_a_goal_only(language: Language) -> None:
    words = Words("no more Sunday shifts from January")
    dates = Dates(language)
    assert dates.read(words, TODAY) is None
    found = dates.read(words, TODAY, clocks=False)
    assert found is not None and found.day == date(2027, 1, 1)


def test_a_date_that_is_over_counts_only_when_asked_for(language: Language) -> None:
    assert read(language, "2025-03-01", past=True) == ("2025-03-01", "2025-03-01")


def test_without_a_lexicon_only_figures_are_dates() -> None:
    bare = Language(Lexicon("xx", {}))
    assert read(bare, "tomorrow or 2026-12-01") == ("2026-12-01", "2026-12-01")


def test_another_language_is_another_lexicon() -> None:
    lists = {
        "weekdays": ("montag 0",),
        "months": ("dezember 12",),
        "numbers": ("drei 3",),
        "due-weekday": ("{weekday}",),
        "unit-day": ("tag", "tagen"),
        "amount-n": ("{n} {unit}", "no slot", ""),
        "due-in": ("in {amount}", "no slot", ""),
        "due-before": ("bis",),
    }
    german = Language(Lexicon("de", lists))
    assert read(german, "bis Montag") == ("2026-11-23", "bis Montag")
    assert read(german, "in drei Tagen") == ("2026-11-24", "in drei Tagen")
    assert read(german, "no slot") is None
