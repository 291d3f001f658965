"""Calls into plug-ins, with a count of their failures and everything there is to report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from reflect.diagnostics import Diagnostic
from reflect.plugins.findings import fault
from reflect.plugins.isolation import Outcome, run_apart
from reflect.plugins.results import bad_result
from reflect.plugins.soundness import Hook

STRIKES = 3
"""Failures after which a plug-in is left alone for the rest of the run."""


class Joined(NamedTuple):
    """A plug-in with code that has joined: its name, its name and version, its functions by hook."""

    name: str
    place: str
    hooks: dict[str, Hook]


class Running:
    """Runs what plug-ins do; a plug-in that has failed too often is not run any more."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}
        self._strikes: Counter[str] = Counter()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong so far, each once; the place is a plug-in's name and version."""
        return tuple(self._found)

    def report(self, *diagnostics: Diagnostic) -> None:
        """Add what went wrong."""
        self._found.update(dict.fromkeys(diagnostics))

    def run(self, place: str, doing: str, action: Callable[[], object], seconds: float) -> Outcome:
        """As `run_apart` for the plug-in at `place`, with what it leads to reported."""
        if self._strikes[place] >= STRIKES:
            return Outcome(None, (_struck_out(place),), failed=True)
        outcome = run_apart(place, doing, action, seconds)
        self.report(*outcome.diagnostics)
        if outcome.failed:
            self.strike(place)
        return outcome

    def strike(self, place: str) -> None:
        """Count one failure."""
        self._strikes[place] += 1
        if self._strikes[place] == STRIKES:
            self.report(_struck_out(place))


class Door:
    """The way to one plug-in for what it brought (`guarding.Apart`)."""

    def __init__(self, running: Running, place: str) -> None:
        self._running = running
        self.place = place

    def run(self, doing: str, action: Callable[[], object], seconds: float) -> Outcome:
        """As `Running.run`."""
        return self._running.run(self.place, doing, action, seconds)

    def refuse(self, message: str, hint: str) -> None:
        """Report that what came back cannot be used; counts as a failure."""
        self._running.report(bad_result(self.place, message, hint))
        self._running.strike(self.place)


def _struck_out(place: str) -> Diagnostic:
    message = f"the plug-in failed {STRIKES} times and is left alone for the rest of this run"
    return fault("plugin-off", place, message, "tell its author, or start with --no-plugins")
