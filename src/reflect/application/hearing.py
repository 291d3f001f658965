"""An Ear that is made when something is first said: the first question need not wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
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


STEP_SECONDS = 0.02
"""For how long at most the word lists are prepared in one go: a key that is typed meanwhile waits so long."""


class LateEar:
    """Hears as the `Ear` that `make` gives, which takes as long as reading its word lists."""

    def __init__(
        self, make: Callable[[], Ear], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._make = make
        self._clock = clock

    @cached_property
    def _ear(self) -> Ear:
        return self._make()

    @cached_property
    def _steps(self) -> Iterator[None]:
        return self._ear.prepare()

    def wake(self) -> None:
        """Get ready while nobody waits: the first call makes the Ear, others go on with its word lists."""
        if "_ear" not in self.__dict__:
            self._ear  # noqa: B018 - it is made by being asked for
            return
        until = self._clock() + STEP_SECONDS
        for _ in self._steps:
            if self._clock() >= until:
                return

    def hear(self, text: str, expectation: Expectation, now: datetime) -> Said:
        """As `Ear.hear`."""
        return self._ear.hear(text, expectation, now)
