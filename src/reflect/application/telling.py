"""Tells plug-ins what was stored of a session: that it was, never the words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from reflect.events import SessionEvent

if TYPE_CHECKING:
    from reflect.plugins.manager import Plugins


class Teller:
    """Tells of the events of one session, in order; the plug-ins are loaded when there is time."""

    def __init__(
        self, plugins: Callable[[], Plugins], session: str, clock: Callable[[], datetime]
    ) -> None:
        self._plugins = plugins
        self._session = session
        self._clock = clock
        self._waiting: list[SessionEvent] = []

    def note(self, *events: SessionEvent) -> None:
        """Remember that `events` were stored."""
        self._waiting.extend(events)

    def tell(self) -> None:
        """Tell of what was noted."""
        from reflect.plugins.recorded import Recorded

        waiting, self._waiting = self._waiting, []
        for event in waiting:
            at = getattr(event, "at", "") or self._clock().isoformat(timespec="seconds")
            kind = str(event.__struct_config__.tag)
            key = str(getattr(event, "key", ""))
            self._plugins().tell(Recorded(kind, self._session, key, at))
