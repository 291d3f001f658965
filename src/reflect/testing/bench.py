"""The application on a bench: in a folder of its own, at a time that a test decides."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.settings import Home, plugin_choice

if TYPE_CHECKING:
    from reflect.application.wiring import Application

START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""When a clock stands that nobody set: the Monday on which stories play, at six in the evening."""


class Clock:
    """A clock that stands still until it is moved; calling it gives the time, with its offset."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """The time it shows."""
        return self._now

    def move(self, **by: float) -> None:
        """Go on by so many `days`, `hours`, `minutes` (as `timedelta` takes them)."""
        self._now += timedelta(**by)

    def set(self, to: datetime | date) -> None:
        """Go to a time (with its offset), or to a day at the present time of day."""
        if isinstance(to, datetime):
            self._now = to if to.tzinfo else to.replace(tzinfo=self._now.tzinfo)
        else:
            self._now = datetime.combine(to, self._now.timetz())


def application(root: Path, clock: Callable[[], datetime] | None = None) -> Application:
    """The application with everything it keeps below `root`; close it when it is done with.

    Of the environment only REFLECT_PLUGINS counts. Plug-ins that hold packs take part; one with
    code takes part when REFLECT_PLUGINS names it, which is leave enough for a test.
    """
    from reflect.application.wiring import Application

    home = Home(root)
    named = os.environ.get("REFLECT_PLUGINS", "")
    _allow(home, plugin_choice(os.environ).names or frozenset())
    environ = {"REFLECT_HOME": str(root), "REFLECT_PLUGINS": named}
    return Application(environ, clock=clock or Clock())


def _allow(home: Home, names: frozenset[str]) -> None:
    """Give the plug-ins called `names` leave to run in `home`."""
    if not names:
        return
    from reflect.plugins.consent import read_consents, write_consents
    from reflect.plugins.installed import installed

    consents = read_consents(home.create().consents)
    for plugin in installed():
        if plugin.name in names:
            consents = consents.enabling(plugin)
    write_consents(home.consents, consents)
