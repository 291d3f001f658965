"""A date in the words of core: "Thursday 26 November"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reflect.script import CoreText, Placeholder, Template


def spoken(iso: str, core: Mapping[str, CoreText], today: str) -> str:
    """The local date `iso` (YYYY-MM-DD) as core says dates; with the year where it is not that of `today`."""
    day = date.fromisoformat(iso)
    form = core["date"] if iso[:4] == today[:4] else core.get("date-year", core["date"])
    names = {
        "weekday": plain(core["weekdays"].ask[day.weekday()]),
        "day": str(day.day),
        "month": plain(core["months"].ask[day.month - 1]),
        "year": str(day.year),
    }
    return "".join(
        names.get(piece.name, "") if isinstance(piece, Placeholder) else piece
        for piece in form.ask[0]
    )


def plain(template: Template) -> str:
    """A text without placeholders."""
    return "".join(piece for piece in template if isinstance(piece, str))
