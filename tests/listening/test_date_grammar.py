"""The date grammar: whatever is written, and every day written out and found again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reflect.listening.dates import Dates
from reflect.listening.days import easter
from reflect.listening.language import Language
from reflect.listening.templates import MOST_TEMPLATES, expand
from reflect.listening.words import Words
from reflect.script import Lexicon

from .conftest import EN

TODAY = date(2026, 11, 21)
LANGUAGES = ("en", "de", "es")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
WRITTEN = {
    "en": (
        "by {day} {month} {year}",
        "{month} {day}, {year}",
        "done on the {day}th of {month} {year}",
    ),
    "de": (
        "bis {day}. {month} {year}",
        "am {day}. {month} {year}",
        "bis {day}.{number}.{year} fertig",
    ),
    "es": ("el {day} de {month} de {year}", "antes del {day} de {month} de {year}"),
}
PIECES = {
    "en": "by on the next this last 3 3rd 31 first friday may march week month year in end of days before "
    "every from to at 5pm 24/7 2026 ' . , - q3 eod tomorrow our session half a",
    "de": "bis am der nächste letzte 3 3. 31. freitag mai woche monat jahr in ende des tagen vor jeden "
    "von 17 uhr 24/7 2026 . , - q3 morgen halben einem",
    "es": "el para antes de que próximo último 3 31 viernes mayo semana mes año en fin del días cada "
    "desde a las 5 24/7 2026 . , - mañana medio un",
}


@cache
def dates(language: str) -> Dates:
    raw = yaml.load((EN.parent / f"{language}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    lists = {name: tuple(words) for name, words in raw["lists"].items()}
    return Dates(Language(Lexicon(language, lists)))


def is_sound(language: str, text: str, today: date) -> bool:
    words = Words(text)
    for due in (dates(language).read(words, today), dates(language).occasion(words, today)):
        if due is None:
            continue
        if not 0 <= due.span.start < due.span.end <= len(text) or not due.rule:
            return False
        if due.day is not None and due.day < today:
            return False
    return True


@given(st.sampled_from(LANGUAGES), st.text(max_size=80), st.dates())
def test_any_text_is_read(language: str, text: str, today: date) -> None:
    assert is_sound(language, text, today)


@given(st.sampled_from(LANGUAGES), st.data(), st.dates())
def test_words_of_dates_in_any_order_are_read(
    language: str, data: st.DataObject, today: date
) -> None:
    pieces = data.draw(st.lists(st.sampled_from(PIECES[language].split()), max_size=14))
    assert is_sound(language, " ".join(pieces), today)


@given(st.sampled_from(LANGUAGES), st.integers(0, 3_000), st.data())
def test_a_day_that_is_written_out_is_found_again(
    language: str, ahead: int, data: st.DataObject
) -> None:
    day = TODAY + timedelta(ahead)
    form = data.draw(st.sampled_from(WRITTEN[language]))
    month = MONTHS[language].split()[day.month - 1]
    text = form.format(day=day.day, month=month, number=day.month, year=day.year)
    found = dates(language).read(Words(text), TODAY)
    assert found is not None and found.day == day


@given(st.integers(1, 300), st.sampled_from(["days", "weeks"]))
def test_a_length_of_time_is_added(count: int, unit: str) -> None:
    found = dates("en").read(Words(f"I'll ask again in {count} {unit}"), TODAY)
    assert found is not None
    assert found.day == TODAY + timedelta(**{unit: count})


@given(st.text("ab []()|{}n", max_size=30))
def test_any_notation_is_expanded(entry: str) -> None:
    templates = expand(entry)
    assert len(templates) <= MOST_TEMPLATES
    assert all(piece for pieces in templates for piece in pieces)


def test_the_notation() -> None:
    assert expand("in [the] (next|coming) {n} days") == [
        ("in", "next", "{n}", "days"),
        ("in", "coming", "{n}", "days"),
        ("in", "the", "next", "{n}", "days"),
        ("in", "the", "coming", "{n}", "days"),
    ]


def test_many_alternatives_are_cut() -> None:
    assert len(expand("(a|b)" * 40)) <= MOST_TEMPLATES


@pytest.mark.parametrize(
    ("year", "day"), [(2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


def test_the_time_grows_with_the_text() -> None:
    long = "by Friday in two weeks on the 3rd of May " * 2_000
    found = dates("en").read(Words(long), TODAY)
    assert found is not None and found.day == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("language", "phrase", "day"),
    [("en", "the day after ", "Friday"), ("de", "am Tag vor ", "Freitag")],
)
def test_a_date_may_stand_within_a_date_as_often_as_it_is_written(
    language: str, phrase: str, day: str
) -> None:
    read = dates(language).read
    twice, often = (read(Words(phrase * n + day), TODAY, past=True) for n in (2, 130))
    assert (often and often.day) == (twice and twice.day)
