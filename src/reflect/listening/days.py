"""Which day is meant: one small function for each way to name a day, over the proleptic Gregorian calendar.

Weeks begin on Monday and a span of days means its last: "next week" is the
Sunday that ends it, "end of the month" the month's last day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

Named = dict[str, int]
"""What filled the slots of a template: `n`, `weekday` (Monday is 0), `month`, `day`, `year`."""

Resolver = Callable[[date, Named], date | None]


def upcoming(today: date, month: int, day: int) -> date | None:
    """The next day `day` of `month`, today included; None when the next eight years have none."""
    for year in range(today.year, min(today.year + 9, 10_000)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if found >= today:
                return found
    return None


def in_days(today: date, days: int) -> date | None:
    """`days` after `today`; None beyond the calendar."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def in_months(today: date, months: int) -> date | None:
    """The same day `months` later, or the last of that month; None beyond the calendar."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _end_of_month(day: date | None) -> date | None:
    return day and day.replace(day=monthrange(day.year, day.month)[1])


def _end_of_week(today: date, weeks: int = 0) -> date | None:
    return in_days(today, 6 - today.weekday() + 7 * weeks)


def _next_first(today: date) -> date | None:
    return in_months(today.replace(day=1), 1)


def _weekday(today: date, named: Named) -> date | None:
    return in_days(today, (named["weekday"] - today.weekday() - 1) % 7 + 1)


def _weekday_week(today: date, named: Named) -> date | None:
    return in_days(today, (named["weekday"] - today.weekday() - 1) % 7 + 8)


def _next_weekday(today: date, named: Named) -> date | None:
    return in_days(today, 7 - today.weekday() + named["weekday"])


def _weekday_after_next(today: date, named: Named) -> date | None:
    return in_days(today, 14 - today.weekday() + named["weekday"])


def _day_and_month(today: date, named: Named) -> date | None:
    month, day = named["month"], named["day"]
    if "year" not in named:
        return upcoming(today, month, day)
    try:
        return date(named["year"], month, day)
    except ValueError:
        return None


def _day(today: date, named: Named) -> date | None:
    for months in range(3):
        first = in_months(today.replace(day=1), months)
        if first and named["day"] <= monthrange(first.year, first.month)[1]:
            found = first.replace(day=named["day"])
            if found >= today:
                return found
    return None


def _month(today: date, named: Named) -> date | None:
    month = named["month"]
    year = named.get("year", today.year + (month < today.month))
    return _end_of_month(date(year, month, 1)) if year <= 9999 else None


def _in_month(day: int) -> Resolver:
    return lambda today, named: upcoming(today, named["month"], day)


def _quarter_end(today: date, named: Named) -> date | None:
    return _end_of_month(in_months(today.replace(day=1), -(today.month) % 3))


def _year_end(today: date, years: int = 0) -> date | None:
    return date(today.year + years, 12, 31) if today.year + years <= 9999 else None


class Meaning(NamedTuple):
    """What a list of templates means: the day, seen from a local date, and the slots that it `needs`."""

    day: Resolver
    needs: tuple[str, ...] = ()
    alone: bool = False
    """Whether it counts only where nothing else is said."""


MEANINGS: Mapping[str, Meaning] = {
    "due-today": Meaning(lambda today, named: today),
    "due-tomorrow": Meaning(lambda today, named: in_days(today, 1)),
    "due-day-after-tomorrow": Meaning(lambda today, named: in_days(today, 2)),
    "due-yesterday": Meaning(lambda today, named: in_days(today, -1)),
    "due-in-week": Meaning(lambda today, named: in_days(today, 7)),
    "due-in-fortnight": Meaning(lambda today, named: in_days(today, 14)),
    "due-in-days": Meaning(lambda today, named: in_days(today, named["n"]), ("n",)),
    "due-in-weeks": Meaning(lambda today, named: in_days(today, 7 * named["n"]), ("n",)),
    "due-in-months": Meaning(lambda today, named: in_months(today, named["n"]), ("n",)),
    "due-in-years": Meaning(lambda today, named: in_months(today, 12 * named["n"]), ("n",)),
    "due-weekday": Meaning(_weekday, ("weekday",)),
    "due-next-weekday": Meaning(_next_weekday, ("weekday",)),
    "due-weekday-week": Meaning(_weekday_week, ("weekday",)),
    "due-weekday-after-next": Meaning(_weekday_after_next, ("weekday",)),
    "due-week-end": Meaning(lambda today, named: _end_of_week(today)),
    "due-next-week": Meaning(lambda today, named: _end_of_week(today, 1)),
    "due-week-after-next": Meaning(lambda today, named: _end_of_week(today, 2)),
    "due-month-end": Meaning(lambda today, named: _end_of_month(today)),
    "due-next-month": Meaning(lambda today, named: _end_of_month(_next_first(today))),
    "due-mid-month": Meaning(lambda today, named: _day(today, {"day": 15})),
    "due-quarter-end": Meaning(_quarter_end),
    "due-year-end": Meaning(lambda today, named: _year_end(today)),
    "due-next-year": Meaning(lambda today, named: _year_end(today, 1)),
    "due-date": Meaning(_day_and_month, ("day", "month")),
    "due-month": Meaning(_month, ("month",)),
    "due-month-alone": Meaning(_month, ("month",), alone=True),
    "due-month-start": Meaning(_in_month(1), ("month",)),
    "due-month-middle": Meaning(_in_month(15), ("month",)),
    "due-day": Meaning(_day, ("day",)),
    "due-day-alone": Meaning(_day, ("day",), alone=True),
}
"""By the name of a lexicon's list of templates; of two that fit equally well the first counts."""
