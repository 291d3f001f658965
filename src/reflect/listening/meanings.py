"""What the lists of templates mean that name a day.

A lexicon's list is called after its meaning: `due-…` names a day; `stretches.py` has the
others. To say more in a language, write templates into these lists; a line here is needed
only for a new way to reckon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from reflect.listening.days import (
    Amount,
    Stretch,
    after,
    block_named,
    easter,
    in_days,
    next_day,
    nth_weekday,
    on_day,
    upcoming,
)
from reflect.listening.stretches import AMOUNTS, Named

_HOLIDAY = re.compile(
    r"(?:(?P<easter>easter)|(?P<month>\d\d)-(?:(?P<day>\d\d)|w(?P<weekday>[0-6])-(?P<nth>[1-5l])))"
    r"(?P<away>[+-]\d{1,2})?",
    re.ASCII,
)

DayReader = Callable[[date, Named], date | None]


def _weekday(today: date, named: Named) -> date | None:
    return in_days(today, (named["weekday"] - today.weekday() - 1) % 7 + 1)


def _week_and_weekday(weeks: int) -> DayReader:
    return lambda today, named: in_days(today, 7 * weeks - today.weekday() + named["weekday"])


def _weekday_and(days: int) -> DayReader:
    def day(today: date, named: Named) -> date | None:
        found = _weekday(today, named)
        return found and in_days(found, days)

    return day


def _date(today: date, named: Named) -> date | None:
    day, month = named.get("day2", named["day"]), named.get("month2", named["month"])
    if "year" in named:
        return on_day(named["year"], month, day)
    return upcoming(today, month, day)


def _day_of(today: date, named: Named) -> date | None:
    first, _, kind, *_ = named["period"]
    day = named.get("day2") or named.get("day") or named.get("nth", 0)
    return on_day(first.year, first.month, day) if kind == "month" else None


def _last_weekday(today: date, named: Named) -> date | None:
    return _weekday(today, {"weekday": named.get("weekday2", named["weekday"])})


def _weekdays_on(today: date, named: Named) -> date | None:
    first = _weekday(today, named)
    return first and in_days(first, 7 * (named["n"] - 1))


def _nth_weekday(today: date, named: Named) -> date | None:
    stretch: Stretch | None = named.get("span") or named.get("period")
    return nth_weekday(stretch, named["weekday"], named["nth"]) if stretch else None


def _middle(today: date, named: Named) -> date | None:
    stretch: Stretch = named["span"]
    if stretch.kind == "month":
        return next_day(max(stretch.first, today), 15)
    if stretch.kind == "week":
        return in_days(stretch.first, 2)
    return stretch.first + (stretch.last - stretch.first) / 2


def _last_working_day(today: date, named: Named) -> date | None:
    stretch: Stretch = named["span"]
    return in_days(stretch.last, min(0, 4 - stretch.last.weekday()))


def _early(today: date, named: Named) -> date | None:
    stretch: Stretch = named["span"]
    return in_days(stretch.first, 2) if stretch.kind == "week" else stretch.first


def _from(today: date, named: Named) -> date | None:
    stretch: Stretch | None = named.get("period")
    day: date | None = named.get("date")
    return max(stretch.first, today) if stretch else day


def _holiday(today: date, named: Named) -> date | None:
    """The next of a holiday; its code is `MM-DD`, `MM-wW-N` (the N-th weekday W, `l` the last) or `easter`.

    The last two may end with the days to go on from there: `easter-2`, `11-w3-4+1`.
    """
    for year in range(today.year, min(today.year + 2, 10_000)):
        found = _holiday_of(year, named["holiday"])
        if found and found >= today:
            return found
    return None


def _holiday_of(year: int, code: str) -> date | None:
    found = _HOLIDAY.fullmatch(code)
    if found is None:
        return None
    if found["easter"]:
        return in_days(easter(year), int(found["away"] or 0))
    if found["day"]:
        return on_day(year, int(found["month"]), int(found["day"]))
    stretch = block_named(date(year, 1, 1), int(found["month"]), 1, year, "month")
    nth = -1 if found["nth"] == "l" else int(found["nth"])
    day = stretch and nth_weekday(stretch, int(found["weekday"]), nth)
    return day and in_days(day, int(found["away"] or 0))


def _in(today: date, named: Named) -> date | None:
    amount: Amount | None = named.get("amount") or named.get("unit")
    if amount is None or 0 < amount.hours < 24:
        return None
    return after(today, amount)


def _hours(today: date, named: Named) -> date | None:
    """Only from a day on: "48 hours" is a term, "3 hours" is how long something takes."""
    amount: Amount = named["amount"]
    return after(today, amount) if amount.hours >= 24 else None


def _after(today: date, named: Named) -> date | None:
    return after(named["date"], named["amount"])


def _weekday_beside(days: int) -> DayReader:
    """The weekday nearest to a date, after it (1) or before it (-1)."""

    def day(today: date, named: Named) -> date | None:
        start: date = named["date"]
        away = (days * (named["weekday"] - start.weekday()) - 1) % 7 + 1
        return in_days(start, days * away)

    return day


def _before(today: date, named: Named) -> date | None:
    amount: Amount = named.get("amount") or Amount(days=1)
    return after(named["date"], amount.times(-1))


class Meaning(NamedTuple):
    """The day that templates of a list name, and how doubtful they are where other words stand around."""

    day: DayReader
    needs: tuple[str, ...] = ()
    alone: bool = False
    """Counts only where nothing else is said."""
    name: bool = False
    """A name that may belong to a thing: "the Tuesday triage"."""
    closed: bool = False
    """Counts only where a clause ends after it: "on the 3rd", not "on the 3rd attempt"."""
    point: bool = False
    """Names one day, from which others can be reckoned: "a week after the 3rd"."""
    feast: bool = False
    """Things are called after it: "Christmas cards"; it counts where a clause ends, or led to by "by"."""
    clock: bool = False
    """Says a time of this day: in a goal it is how long something takes."""
    goal: bool = False
    """Counts in a goal only: what is to be so "from January" is a goal for January."""

    def counts(self, *, in_a_goal: bool) -> bool:
        """Whether it can say when something is due in a goal, or in an action."""
        return not (self.clock if in_a_goal else self.goal)


DAYS: Mapping[str, Meaning] = {
    "due-today": Meaning(lambda today, named: today, point=True),
    "due-now": Meaning(lambda today, named: today, alone=True),
    "due-next-working-day": Meaning(lambda today, named: after(today, Amount(working_days=1))),
    "due-tomorrow": Meaning(lambda today, named: in_days(today, 1), point=True),
    "due-day-after-tomorrow": Meaning(lambda today, named: in_days(today, 2), point=True),
    "due-tomorrow-week": Meaning(lambda today, named: in_days(today, 8)),
    "due-yesterday": Meaning(lambda today, named: in_days(today, -1), point=True),
    "due-within-hours": Meaning(_hours, ("amount",), clock=True),
    "due-in": Meaning(_in),
    "due-after-amount": Meaning(_in, ("amount",), closed=True),
    "due-in-hours": Meaning(_hours, ("amount",), closed=True),
    "due-in-an-hour": Meaning(lambda today, named: today, clock=True, closed=True),
    "due-in-minutes": Meaning(lambda today, named: today, clock=True, alone=True),
    "due-amount-after": Meaning(_after, ("amount", "date")),
    "due-day-after-date": Meaning(lambda today, named: in_days(named["date"], 1), ("date",)),
    "due-before-date": Meaning(_before, ("date",)),
    "due-weekday-before-date": Meaning(_weekday_beside(-1), ("weekday", "date")),
    "due-weekday-after-date": Meaning(_weekday_beside(1), ("weekday", "date")),
    "due-at-date": Meaning(lambda today, named: named["date"], ("date",)),
    "due-weekday": Meaning(_weekday, ("weekday",), name=True, point=True),
    "due-weekday-this-week": Meaning(_week_and_weekday(0), ("weekday",), point=True),
    "due-next-weekday": Meaning(_week_and_weekday(1), ("weekday",), point=True),
    "due-weekday-after-next": Meaning(_week_and_weekday(2), ("weekday",)),
    "due-weekday-week": Meaning(_weekday_and(7), ("weekday",)),
    "due-weekday-two-weeks": Meaning(_weekday_and(14), ("weekday",)),
    "due-weekday-and-day": Meaning(
        lambda today, named: next_day(today, named["day"]), ("day",), point=True
    ),
    "due-weekdays-on": Meaning(_weekdays_on, ("n", "weekdays")),
    "due-weekday-range": Meaning(_last_weekday, ("weekday",), name=True),
    "due-nth-weekday": Meaning(_nth_weekday, ("nth", "weekday"), point=True),
    "due-date": Meaning(_date, ("day", "month"), name=True, point=True),
    "due-date-range": Meaning(_date, ("day", "month"), name=True),
    "due-day-of": Meaning(_day_of, ("period",), point=True),
    "due-day-range": Meaning(
        lambda today, named: next_day(today, named.get("day2", named["day"])), ("day",), closed=True
    ),
    "due-day": Meaning(
        lambda today, named: next_day(today, named.get("day") or named.get("nth", 0)), closed=True
    ),
    "due-day-alone": Meaning(
        lambda today, named: next_day(today, named["day"]), ("day",), alone=True, point=True
    ),
    "due-end": Meaning(lambda today, named: named["span"].last, ("span",)),
    "due-last-working-day": Meaning(_last_working_day, ("span",)),
    "due-start": Meaning(lambda today, named: named["span"].first, ("span",)),
    "due-early": Meaning(_early, ("span",)),
    "due-middle": Meaning(_middle, ("span",)),
    "due-period": Meaning(lambda today, named: named["period"].last, ("period",)),
    "due-period-alone": Meaning(lambda today, named: named["period"].last, ("period",), name=True),
    "due-from": Meaning(_from),
    "due-goal-from": Meaning(_from, goal=True),
    "due-holiday": Meaning(_holiday, ("holiday",), feast=True, point=True),
}
"""By the name of a lexicon's list of templates; of two that fit equally well the first counts."""


NEEDED: Mapping[str, tuple[str, ...]] = {
    **{name: meaning.needs for name, meaning in DAYS.items()},
    **dict.fromkeys(AMOUNTS, ("unit",)),
    "amount-week": (),
    "amount-fortnight": (),
    "amount-n": ("n", "unit"),
    "amount-n-and-a-half": ("n", "unit"),
    "amount-sum": ("n", "unit"),
    "period-week-of": ("date",),
    "period-nth-week": ("nth", "span"),
    "period-month": ("month",),
    "period-month-next-year": ("month",),
    "period-half": ("half",),
    "period-season": ("season", "year"),
    "period-year": ("year",),
}
"""The slots that a template of a list must have; a second filling is looked for when it is reckoned."""
