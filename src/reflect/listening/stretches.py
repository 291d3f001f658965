"""What the lists of templates mean that name a stretch of days or a length of time.

A lexicon's list is called after its meaning: `period-…` and `span-…` name a stretch, `amount-…` a length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from reflect.listening.days import (
    Amount,
    Stretch,
    block,
    block_named,
    month_named,
    months,
    nth_week,
    week,
)

Named = Mapping[str, Any]
"""What filled the slots: `n`, `day`, `month`, `year`, `nth` and `weekday` are numbers (Monday is 0), `unit`
and `amount` lengths, `span` and `period` stretches, `date` a day; a slot's second filling ends in 2."""

StretchReader = Callable[[date, Named], Stretch | None]


def _in_year(named: Named) -> int | None:
    year: int | None = named.get("year")
    return year


STRETCHES: Mapping[str, StretchReader] = {
    "period-this-week": lambda today, named: week(today),
    "period-next-week": lambda today, named: week(today, 1),
    "period-week-after-next": lambda today, named: week(today, 2),
    "period-week-of": lambda today, named: week(named["date"]),
    "period-nth-week": lambda today, named: nth_week(named["span"], named["nth"]),
    "period-weekend": lambda today, named: week(today, kind="weekend"),
    "period-next-weekend": lambda today, named: week(today, 1, "weekend"),
    "period-this-month": lambda today, named: block(today, 1, 0, "month"),
    "period-next-month": lambda today, named: block(today, 1, 1, "month"),
    "period-month-after-next": lambda today, named: block(today, 1, 2, "month"),
    "period-month": lambda today, named: month_named(today, named["month"], _in_year(named)),
    "period-month-next-year": lambda today, named: month_named(
        today, named["month"], today.year + 1
    ),
    "period-this-quarter": lambda today, named: block(today, 3, 0, "quarter"),
    "period-next-quarter": lambda today, named: block(today, 3, 1, "quarter"),
    "period-quarter": lambda today, named: block_named(
        today, named.get("quarter") or named.get("nth", 0), 3, _in_year(named), "quarter"
    ),
    "period-half": lambda today, named: block_named(
        today, named["half"], 6, _in_year(named), "half"
    ),
    "period-season": lambda today, named: months(
        date(named["year"], named["season"], 1), 3, "quarter"
    ),
    "period-this-year": lambda today, named: block(today, 12, 0, "year"),
    "period-next-year": lambda today, named: block(today, 12, 1, "year"),
    "period-year": lambda today, named: month_year(named["year"]),
    "span-day": lambda today, named: Stretch(today, today, "day"),
    "span-week": lambda today, named: week(today),
    "span-month": lambda today, named: block(today, 1, 0, "month"),
    "span-quarter": lambda today, named: block(today, 3, 0, "quarter"),
    "span-year": lambda today, named: block(today, 12, 0, "year"),
}
"""`period-…` names a stretch by itself; `span-…` only after a word such as "end of"."""


def month_year(year: int) -> Stretch | None:
    """The whole of `year`."""
    return months(date(year, 1, 1), 12, "year", named=True)


AMOUNTS: Mapping[str, Callable[[Named], Amount]] = {
    "amount-week": lambda named: Amount(days=7),
    "amount-fortnight": lambda named: Amount(days=14),
    "amount-n": lambda named: named["unit"].times(named.get("n2", named["n"])),
    "amount-one": lambda named: named["unit"],
    "amount-two": lambda named: named["unit"].times(2),
    "amount-half": lambda named: _half(named["unit"]),
    "amount-one-and-a-half": lambda named: named["unit"].plus(_half(named["unit"])),
    "amount-n-and-a-half": lambda named: named["unit"].times(named["n"]).plus(_half(named["unit"])),
    "amount-sum": lambda named: named["unit"].times(named["n"]).plus(_second(named)),
}


def _second(named: Named) -> Amount:
    unit: Amount = named.get("unit2", Amount())
    return unit.times(named.get("n2", 1))


def _half(unit: Amount) -> Amount:
    if unit.months == 1:
        return Amount(days=15)
    return Amount(*(part // 2 for part in unit))
