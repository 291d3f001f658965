"""An Ear that is made when something is first said: the first question need not wait for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from reflect.events import Expectation, Said

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.listening.ear import Ear


def make_ear(app: Application, language: str) -> Ear:
    """The Ear for `language` with the lexicons, cues and kinds of answer of the plug-ins that `app` uses."""
    from reflect.listening.cues import builtin_cues
    from reflect.listening.ear import Ear

    found = app.discovery
    cues = app.plugins.cues() if found.added else builtin_cues()
    kinds = app.plugins.kinds() if found.kinds else ()
    return Ear(app.lexicon(language), cues, kinds)


class LateEar:
    """Hears as the `Ear` that `make` gives, which takes as long as reading its word lists."""

    def __init__(self, make: Callable[[], Ear]) -> None:
        self._make = make

    @cached_property
    def _ear(self) -> Ear:
        return self._make()

    def wake(self) -> None:
        """Make the Ear now, while nobody waits for it."""
        self._ear  # noqa: B018 - it is made by being asked for

    def hear(self, text: str, expectation: Expectation, now: datetime) -> Said:
        """As `Ear.hear`."""
        return self._ear.hear(text, expectation, now)
