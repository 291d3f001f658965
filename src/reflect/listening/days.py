"""Sums with days: one small function each, over the proleptic Gregorian calendar.

Weeks begin on Monday. What lies beyond the calendar is None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

Kind = str
"""What a stretch is: `day`, `week`, `weekend`, `month`, `quarter`, `half`, `year`."""


class Stretch(NamedTuple):
    """The days from `first` to `last`; `named` when it is called by its name alone ("May", "Q2")."""

    first: date
    last: date
    kind: Kind
    named: bool = False


class Amount(NamedTuple):
    """A length of time, as its units add up."""

    hours: int = 0
    days: int = 0
    working_days: int = 0
    months: int = 0

    def times(self, n: int) -> Amount:
        """This `n` times."""
        return Amount(*(n * part for part in self))

    def plus(self, other: Amount) -> Amount:
        """This and `other`."""
        return Amount(*(one + two for one, two in zip(self, other, strict=True)))


UNITS: dict[str, Amount] = {
    "hour": Amount(hours=1),
    "day": Amount(days=1),
    "working-day": Amount(working_days=1),
    "week": Amount(days=7),
    "fortnight": Amount(days=14),
    "month": Amount(months=1),
    "quarter": Amount(months=3),
    "year": Amount(months=12),
}
"""By the end of the name of a lexicon's list `unit-…`, the length of one."""


def in_days(day: date, days: int) -> date | None:
    """`days` after `day`."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def in_months(day: date, months: int) -> date | None:
    """The same day `months` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(day: date, amount: Amount) -> date | None:
    """`amount` after `day`; hours of less than a day leave it the same."""
    moved = in_months(day, amount.months)
    moved = moved and in_days(moved, amount.days + amount.hours // 24)
    return moved and _in_working_days(moved, amount.working_days)


def _in_working_days(day: date, count: int) -> date | None:
    # From a weekend one counts as from the Friday before: on a Saturday the first working day is Monday.
    since = in_days(day, -max(0, day.weekday() - 4)) if count else day
    weeks, rest = divmod(min(count, 10_000), 5)
    found = since and in_days(since, 7 * weeks)
    while found and rest:
        found = in_days(found, 1)
        rest -= bool(found and found.weekday() < 5)
    return found


def upcoming(today: date, month: int, day: int) -> date | None:
    """The next day `day` of `month`, today included; None when the next eight years have none."""
    for year in range(today.year, min(today.year + 9, 10_000)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if found >= today:
                return found
    return None


def on_day(year: int, month: int, day: int) -> date | None:
    """That day; None when the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_day(today: date, day: int) -> date | None:
    """The next day `day` of a month, today included."""
    for months in range(3):
        first = in_months(today.replace(day=1), months)
        if first and 1 <= day <= monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if found >= today:
                return found
    return None


def week(today: date, weeks: int = 0, kind: Kind = "week") -> Stretch | None:
    """The week that is `weeks` after the one of `today`; its Saturday and Sunday for the kind `weekend`."""
    first = in_days(today, 7 * weeks - today.weekday() + (5 if kind == "weekend" else 0))
    last = in_days(today, 7 * weeks - today.weekday() + 6)
    return Stretch(first, last, kind) if first and last else None


def months(day: date, count: int, kind: Kind, *, named: bool = False) -> Stretch | None:
    """The `count` months that begin with the one of `day`."""
    first, beyond = day.replace(day=1), in_months(day.replace(day=1), count)
    last = in_days(beyond, -1) if beyond else on_day(9999, 12, 31)
    return Stretch(first, last, kind, named) if last else None


def block(today: date, size: int, ahead: int, kind: Kind) -> Stretch | None:
    """The month, quarter, half or year of `size` months, `ahead` blocks after the one of `today`."""
    first = in_months(today.replace(day=1), ahead * size - (today.month - 1) % size)
    return months(first, size, kind) if first else None


def month_named(today: date, month: int, year: int | None) -> Stretch | None:
    """The month of `year`; without one, the next that is not over."""
    wanted = year or today.year + (month < today.month)
    return months(date(wanted, month, 1), 1, "month", named=not year) if wanted <= 9999 else None


def block_named(
    today: date, number: int, size: int, year: int | None, kind: Kind
) -> Stretch | None:
    """Quarter or half `number` of `year`; without one, the next that is not over."""
    month = (number - 1) * size + 1
    if not 1 <= month <= 12:
        return None
    wanted = year or today.year + (month + size - 1 < today.month)
    return months(date(wanted, month, 1), size, kind, named=not year) if wanted <= 9999 else None


def nth_weekday(stretch: Stretch, weekday: int, nth: int) -> date | None:
    """The `nth` such weekday in `stretch`, -1 for the last."""
    first = in_days(stretch.first, (weekday - stretch.first.weekday()) % 7)
    last = in_days(stretch.last, -((stretch.last.weekday() - weekday) % 7))
    found = last if nth < 0 else first and in_days(first, 7 * (nth - 1))
    return found if found and stretch.first <= found <= stretch.last else None


def nth_week(stretch: Stretch, nth: int) -> Stretch | None:
    """The `nth` week of `stretch`, -1 for the last; as in ISO 8601 a week belongs where its Thursday is."""
    thursday = nth_weekday(stretch, 3, nth)
    return week(thursday) if thursday else None


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
