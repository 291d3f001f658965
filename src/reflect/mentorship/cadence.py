"""What comes next between two meetings, and why: a rule over a few dates, with no clock of its own.

A mentorship meets about once a month; three weeks of silence are noticed, once; how the two
are doing is asked after 30 days and then every 60; after the work is done, a sign of life every
quarter. Nothing here counts in a row, and nothing is ever late but a promise.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from reflect.script import Lifecycle

SILENCE = 21
"""Days without a session or a meeting after which it is noticed."""
FIRST_PULSE = 30
"""Days after the beginning on which the two are asked how they are doing, for the first time."""
PULSE = 60
"""Days between two such questions afterwards."""
PREPARE = 3
"""Days before a meeting from which on it is prepared."""
FRESH = 7
"""Days after a meeting during which looking back on it is worth while."""
IN_TOUCH = 90
"""Days between two signs of life once the work is concluded."""

Kind = Literal[
    "go-on",
    "debrief",
    "prepare",
    "notes",
    "silence",
    "promise",
    "pulse",
    "keep-in-touch",
    "meeting",
    "set-meeting",
    "reflect",
]


class Facts(msgspec.Struct, frozen=True):
    """What is known on the local date `today`.

    `meeting` is when the two meet next, today included; `unnoted` a day for which a meeting was set
    that is over and not noted as held; `met` the latest noted one; `last`, `debriefed` and `pulsed`
    the latest session of all, after a meeting, and on how the two are doing; `due` the
    earliest open promise that is due; `notes` counts those that were written back and opened no session
    yet; `under_way` says that a session is open, `noticed`
    that this silence has been spoken of.
    """

    today: date
    began: date
    state: Lifecycle = "work"
    meeting: date | None = None
    unnoted: date | None = None
    met: date | None = None
    last: date | None = None
    debriefed: date | None = None
    pulsed: date | None = None
    due: date | None = None
    under_way: bool = False
    noticed: bool = False
    notes: int = 0


class Step(msgspec.Struct, frozen=True):
    """What comes next: `day` is what it is about, or None; `days` how far that is from today, either way."""

    kind: Kind
    day: date | None = None
    days: int = 0


def coming(facts: Facts) -> Step:
    """The one step that comes next."""
    if facts.under_way:
        return Step("go-on")
    met = _to_debrief(facts)
    if met is not None:
        return _step("debrief", met, facts)
    if facts.meeting is not None and (facts.meeting - facts.today).days <= PREPARE:
        return _step("prepare", facts.meeting, facts)
    if facts.notes:
        return Step("notes", facts.last)
    if facts.state == "maintain":
        return _in_touch(facts)
    quiet = _latest(facts)
    if (facts.today - quiet).days >= SILENCE and not facts.noticed:
        return _step("silence", quiet, facts)
    if facts.due is not None:
        return _step("promise", facts.due, facts)
    if facts.today >= _next_pulse(facts):
        return _step("pulse", facts.pulsed or facts.began, facts)
    if facts.meeting is not None:
        return _step("meeting", facts.meeting, facts)
    return Step("set-meeting") if facts.last == facts.today else Step("reflect", facts.last)


def _step(kind: Kind, day: date, facts: Facts) -> Step:
    return Step(kind, day, abs((day - facts.today).days))


def _to_debrief(facts: Facts) -> date | None:
    """The latest meeting that was not looked back on, while it is fresh."""
    days = [day for day in (facts.met, facts.unnoted) if day is not None]
    if not days or (facts.today - max(days)).days > FRESH:
        return None
    met = max(days)
    return met if facts.debriefed is None or facts.debriefed < met else None


def _in_touch(facts: Facts) -> Step:
    quiet = _latest(facts)
    if facts.due is not None:
        return _step("promise", facts.due, facts)
    if (facts.today - quiet).days >= IN_TOUCH:
        return _step("keep-in-touch", quiet, facts)
    return Step("reflect", facts.last)


def _latest(facts: Facts) -> date:
    """The latest day on which something happened between the two, or was thought about."""
    return max(day for day in (facts.began, facts.last, facts.met) if day is not None)


def _next_pulse(facts: Facts) -> date:
    if facts.pulsed is not None:
        return facts.pulsed + timedelta(PULSE)
    return facts.began + timedelta(FIRST_PULSE)
