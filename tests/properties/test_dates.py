"""Days as people write them: made from a day that is known, they are found; where none is named, none is heard."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from reflect.listening.words import Words
from tests.listening.test_date_grammar import MONTHS, dates

from .profile import ordinarily

LANGUAGES = ("en", "de", "es")


class Asked(NamedTuple):
    """A day on which something is said, and what is said of it in numbers."""

    today: date
    n: int
    day: date
    weekday: int
    nth: int


# --- a calendar of our own -------------------------------------------------------------


def in_months(day: date, count: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def sunday(day: date) -> date:
    return day + timedelta(6 - day.weekday())


def coming(asked: Asked) -> date:
    """The next day of that name; a day of today's name is in a week."""
    return asked.today + timedelta((asked.weekday - asked.today.weekday() - 1) % 7 + 1)


def nth_of_month(asked: Asked) -> date:
    """The so-many-th day of that name in the month of `day`."""
    first = asked.day.replace(day=1)
    return first + timedelta((asked.weekday - first.weekday()) % 7 + 7 * (asked.nth - 1))


def last_of_month(asked: Asked) -> date:
    last = end_of_month(asked.day)
    return last - timedelta((last.weekday() - asked.weekday) % 7)


def working(asked: Asked) -> date:
    day, left = asked.today, asked.n
    while left:
        day += timedelta(1)
        left -= day.weekday() < 5
    return day


def upcoming(asked: Asked) -> date:
    """The next time that day of the year comes, today counted."""
    month, day = asked.day.month, min(asked.day.day, 28)
    found = date(asked.today.year, month, day)
    return found if found >= asked.today else date(asked.today.year + 1, month, day)


def days(number: Callable[[Asked], int]) -> Callable[[Asked], date]:
    return lambda asked: asked.today + timedelta(number(asked))


TODAY, TOMORROW, AFTER = (days(lambda _, ahead=ahead: ahead) for ahead in range(3))  # type: ignore[misc]
IN_DAYS, IN_WEEKS = days(lambda asked: asked.n), days(lambda asked: 7 * asked.n)
FEW_WEEKS = days(lambda asked: 7 * (2 + asked.n % 9))
ONE_WEEK, TWO_WEEKS = days(lambda _: 7), days(lambda _: 14)
PLAIN: Callable[[Asked], date] = lambda asked: asked.day  # noqa: E731


def on_months(count: Callable[[Asked], int]) -> Callable[[Asked], date]:
    return lambda asked: in_months(asked.today, count(asked))


IN_MONTHS, HALF_YEAR, YEAR = (
    on_months(lambda a: a.n),
    on_months(lambda _: 6),
    on_months(lambda _: 12),
)


def month_end(asked: Asked) -> date:
    return end_of_month(asked.today)


def next_month_end(asked: Asked) -> date:
    return end_of_month(in_months(asked.today.replace(day=1), 1))


def named_month_end(asked: Asked) -> date:
    return end_of_month(asked.day)


def year_end(asked: Asked) -> date:
    return date(asked.today.year, 12, 31)


def week_end(asked: Asked) -> date:
    return sunday(asked.today)


def next_week(asked: Asked) -> date:
    return sunday(asked.today) + timedelta(7)


def christmas_eve(asked: Asked) -> date:
    return upcoming(asked._replace(day=date(2000, 12, 24)))


# --- what people write -----------------------------------------------------------------

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
FEW = {
    "en": "two three four five six seven eight nine ten",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez",
}
NTHS = {
    "en": "first second third fourth",
    "de": "ersten zweiten dritten vierten",
    "es": "primer segundo tercer cuarto",
}
PHRASES: dict[str, tuple[tuple[str, Callable[[Asked], date]], ...]] = {
    "en": (
        ("today", TODAY),
        ("tomorrow", TOMORROW),
        ("by tomorrow evening", TOMORROW),
        ("the day after tomorrow", AFTER),
        ("in {n} days", IN_DAYS),
        ("within {n} weeks", IN_WEEKS),
        ("in {few} weeks", FEW_WEEKS),
        ("{few} weeks from now", FEW_WEEKS),
        ("in a week", ONE_WEEK),
        ("in a fortnight", TWO_WEEKS),
        ("in {n} months", IN_MONTHS),
        ("in half a year", HALF_YEAR),
        ("in a year", YEAR),
        ("in {n} working days", working),
        ("by {weekday}", coming),
        ("on {weekday}", coming),
        ("by the end of the week", week_end),
        ("next week", next_week),
        ("by the end of the month", month_end),
        ("by the end of next month", next_month_end),
        ("by the end of {month} {year}", named_month_end),
        ("by the end of the year", year_end),
        ("on {day} {month} {year}", PLAIN),
        ("by {month} {day}, {year}", PLAIN),
        ("by {iso}", PLAIN),
        ("by the {ordinal28} of {month}", upcoming),
        ("on the {nth} {weekday} of {month} {year}", nth_of_month),
        ("on the last {weekday} of {month} {year}", last_of_month),
        ("by Christmas Eve", christmas_eve),
    ),
    "de": (
        ("heute", TODAY),
        ("morgen", TOMORROW),
        ("bis morgen Abend", TOMORROW),
        ("übermorgen", AFTER),
        ("in {n} Tagen", IN_DAYS),
        ("innerhalb von {n} Wochen", IN_WEEKS),
        ("in {few} Wochen", FEW_WEEKS),
        ("in einer Woche", ONE_WEEK),
        ("heute in einer Woche", ONE_WEEK),
        ("in {n} Monaten", IN_MONTHS),
        ("in einem halben Jahr", HALF_YEAR),
        ("in einem Jahr", YEAR),
        ("in {n} Arbeitstagen", working),
        ("bis {weekday}", coming),
        ("am {weekday}", coming),
        ("bis Ende der Woche", week_end),
        ("nächste Woche", next_week),
        ("bis Ende des Monats", month_end),
        ("bis Monatsende", month_end),
        ("bis Ende nächsten Monats", next_month_end),
        ("bis Ende {month} {year}", named_month_end),
        ("bis Jahresende", year_end),
        ("am {day}. {month} {year}", PLAIN),
        ("bis zum {day}.{number}.{year}", PLAIN),
        ("bis {iso}", PLAIN),
        ("bis zum {day28}. {month}", upcoming),
        ("am {nth} {weekday} im {month} {year}", nth_of_month),
        ("am letzten {weekday} im {month} {year}", last_of_month),
        ("bis Heiligabend", christmas_eve),
    ),
    "es": (
        ("hoy", TODAY),
        ("mañana", TOMORROW),
        ("pasado mañana", AFTER),
        ("en {n} días", IN_DAYS),
        ("dentro de {n} semanas", IN_WEEKS),
        ("dentro de {few} semanas", FEW_WEEKS),
        ("en una semana", ONE_WEEK),
        ("dentro de {n} meses", IN_MONTHS),
        ("en medio año", HALF_YEAR),
        ("en un año", YEAR),
        ("en {n} días hábiles", working),
        ("el {weekday}", coming),
        ("para el {weekday}", coming),
        ("la próxima semana", next_week),
        ("a fin de mes", month_end),
        ("antes de fin de mes", month_end),
        ("a finales del próximo mes", next_month_end),
        ("a finales de {month} de {year}", named_month_end),
        ("a fin de año", year_end),
        ("el {day} de {month} de {year}", PLAIN),
        ("antes del {day}/{number}/{year}", PLAIN),
        ("antes del {iso}", PLAIN),
        ("antes del {day28} de {month}", upcoming),
        ("el {nth} {weekday} de {month} de {year}", nth_of_month),
        ("el último {weekday} de {month} de {year}", last_of_month),
        ("para Nochebuena", christmas_eve),
    ),
}
AROUND = {
    "en": (("I will ask Ruth", ""), ("I'll send it", "."), ("", ""), ("Talk to the team", ", and then rest")),
    "de": (("Ich frage Ruth", ""), ("Ich schicke es", "."), ("", ""), ("Ich rede mit dem Team", ", und dann ruhe ich")),
    "es": (("Le pregunto a Ruth", ""), ("Lo envío", "."), ("", ""), ("Hablo con el equipo", ", y luego descanso")),
}  # fmt: skip


class Written(NamedTuple):
    """What somebody wrote on the day `today`, and the day that is meant."""

    language: str
    text: str
    today: date
    meant: date


asked = st.builds(
    lambda today, n, ahead, weekday, nth: Asked(today, n, today + timedelta(ahead), weekday, nth),
    st.dates(date(2024, 1, 1), date(2060, 12, 31)),
    st.integers(2, 40),
    st.integers(32, 3_000),
    st.integers(0, 6),
    st.integers(1, 4),
)


def phrases(asked: Asked, around: int) -> Iterator[Written]:
    """Every phrase of every language, with what stands around it."""
    for language in LANGUAGES:
        before, behind = AROUND[language][around]
        filled = parts(asked, language)
        for form, meant in PHRASES[language]:
            text = f"{before} {form}{behind}".format(**filled)
            yield Written(language, text, asked.today, meant(asked))


def parts(asked: Asked, language: str) -> dict[str, object]:
    """What stands in the open places of a phrase."""
    day = min(asked.day.day, 28)
    return {
        "n": asked.n,
        "few": FEW[language].split()[asked.n % 9],
        "weekday": WEEKDAYS[language].split()[asked.weekday],
        "month": MONTHS[language].split()[asked.day.month - 1],
        "nth": NTHS[language].split()[asked.nth - 1],
        "day": asked.day.day,
        "day28": day,
        "ordinal28": f"{day}{ending(day)}",
        "number": asked.day.month,
        "year": asked.day.year,
        "iso": asked.day.isoformat(),
    }


def ending(number: int) -> str:
    """Of an English ordinal."""
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def read(language: str, text: str, today: date) -> date | None:
    found = dates(language).read(Words(text), today)
    return found.day if found else None


@ordinarily(16)
@given(asked, st.integers(0, 3))
def test_a_day_that_is_named_is_found(asked: Asked, around: int) -> None:
    for written in phrases(asked, around):
        assert read(written.language, written.text, written.today) == written.meant, written.text


def test_working_days_are_counted_from_every_day_of_a_week() -> None:
    for ahead in range(7):
        today = date(2026, 11, 16) + timedelta(ahead)
        for n in range(1, 12):
            expected = working(Asked(today, n, today, 0, 1))
            assert read("en", f"I will ask in {n} working days", today) == expected


LETTERS: tuple[Callable[[str], str], ...] = (
    str.lower, str.upper, lambda text: text.replace(" ", "  "), lambda text: f"\n  {text} \n",
    lambda text: text.replace(" ", "\n"), lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\t"), lambda text: f"{text}!",
)  # fmt: skip


@ordinarily(12)
@given(asked, st.integers(0, 3), st.sampled_from(LETTERS))
def test_letters_and_blanks_make_no_difference(
    asked: Asked, around: int, other: Callable[[str], str]
) -> None:
    for written in phrases(asked, around):
        text = other(written.text)
        assert read(written.language, text, written.today) == written.meant, text


# --- nothing that is no day ------------------------------------------------------------

COMMON = {
    "en": "I you we she Ruth Tom team will can want to ask tell write help the a my our with about "
    "because rota patient list card plan idea good hard quiet clear very not never maybe and but so "
    "who what why how talk listen learn lead share card door 3 12 100 50% room",
    "de": "ich du wir sie Ruth Tom Team werde kann will fragen sagen schreiben helfen die eine mein "
    "unser mit über weil Plan Idee Karte gut schwer still klar sehr nicht nie vielleicht und aber so "
    "wer was warum wie reden zuhören lernen leiten teilen Tür 3 12 100 50% Zimmer",
    "es": "yo tú nosotros ella Ruth Tomás equipo voy puedo quiero preguntar decir escribir ayudar la "
    "una mi nuestro con sobre porque plan idea tarjeta bueno difícil claro muy no nunca quizás y pero "
    "quién qué cómo hablar escuchar aprender guiar compartir puerta 3 12 100 50% sala",
}
syllables = st.lists(
    st.sampled_from(["ba", "ke", "lo", "mu", "ri", "so", "tu", "ne", "fi", "za"]),
    min_size=2,
    max_size=4,
)
made_up = syllables.map("".join)


@ordinarily(80)
@given(st.sampled_from(LANGUAGES), st.data(), st.dates(date(2024, 1, 1), date(2060, 1, 1)))
def test_where_no_day_is_named_none_is_heard(
    language: str, data: st.DataObject, today: date
) -> None:
    word = st.sampled_from(COMMON[language].split()) | made_up
    said = " ".join(data.draw(st.lists(word, max_size=14)))
    assert read(language, said, today) is None


def scraps(language: str) -> list[str]:
    """Words of every phrase, and what stands around them."""
    words = {word for form, _ in PHRASES[language] for word in form.split() if "{" not in word}
    named = [*WEEKDAYS[language].split(), *MONTHS[language].split(), *FEW[language].split()]
    return [
        *sorted(words),
        *named,
        *NTHS[language].split(),
        *["3", "15.", "31", "2027", "24/7", "5pm", "."],
    ]


@ordinarily(80)
@given(st.sampled_from(LANGUAGES), st.data(), st.dates(max_value=date(9990, 1, 1)))
def test_no_day_lies_behind_unless_it_is_asked_for(
    language: str, data: st.DataObject, today: date
) -> None:
    chosen = st.sampled_from(scraps(language))
    text = " ".join(data.draw(st.lists(chosen, max_size=10)))
    found = read(language, text, today)
    assert found is None or found >= today


@ordinarily(12)
@given(asked, st.integers(0, 3), st.integers(1, 4_000))
def test_a_day_that_was_is_found_only_as_one_that_was(
    asked: Asked, around: int, since: int
) -> None:
    """Written out with its year, and read long after."""
    for written in phrases(asked, around):
        if str(written.meant.year) in written.text:
            later = written.meant + timedelta(since)
            found = dates(written.language).read(Words(written.text), later, past=True)
            assert read(written.language, written.text, later) is None, written.text
            assert found is not None and found.day == written.meant, written.text
