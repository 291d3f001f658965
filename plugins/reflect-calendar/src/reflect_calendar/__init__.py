"""A plug-in for reflect: `reflect export --format ical`."""

from __future__ import annotations

from collections.abc import Iterable

from reflect.plugins.api import Collection, Exporter, hookimpl


def write(sessions: Collection) -> bytes:
    """The calendar of `sessions` as of now."""
    from datetime import UTC, datetime

    from reflect_calendar.calendar import calendar

    return calendar(sessions, datetime.now(UTC))


@hookimpl
def reflect_exporters() -> Iterable[Exporter]:
    """One format; what writes it is loaded when it is used."""
    return [Exporter("ical", ".ics", "open actions and the next check-in, for a calendar", write)]
