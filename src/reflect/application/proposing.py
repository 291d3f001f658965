"""Which pack is right to open with today, if it is not the usual one, and why.

The rules stand in one table, the most pressing first. What was proposed and not taken is
not proposed again for two weeks, and nothing is ever proposed but once a start.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from reflect.application.coming import CONCLUDE, PULSE, looking_back
from reflect.application.grounds import Grounds
from reflect.errors import PackError, ReflectError
from reflect.mentorship.cadence import IN_TOUCH, SILENCE
from reflect.script import Lifecycle, Script

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.transcripts.store import Store

Reason = Literal[
    "met",
    "meeting",
    "moved",
    "task",
    "reached",
    "silence",
    "stage",
    "stalled",
    "low",
    "pulse",
    "quarter",
    "people",
    "one-kind",
]

CHECK_IN, MAINTAIN, REPAIR, STALLED = "check-in", "maintain", "repair", "stalled"
TASK, TO_THE_MENTOR, STEP_BACK, PEOPLE = (
    "stretch-task",
    "feedback-to-the-mentor",
    "step-back",
    "network-map",
)
AGAIN = 14
"""Days after which what was not taken may be proposed once more."""
QUARTER = 90
MOVED = 2
"""Meetings in a row that were moved, after which that is worth a talk."""
ACQUAINTED = 60
"""Days after which two people know one another well enough to look at who else there is."""
FEW = 3
"""Fewer people than that on the list are few."""

_OF_STATE: dict[Lifecycle, str] = {
    "find": "finding-a-mentor",
    "start": "first-meeting",
    "conclude": CONCLUDE,
    "maintain": MAINTAIN,
}


class Fit(NamedTuple):
    """That a rule fits: `day` is the ISO date it is about, `days` for how many days, or how often."""

    day: str = ""
    days: int = 0


class Rule(NamedTuple):
    """When `fits` says so, `pack` is proposed with the sentence `propose-REASON` of core."""

    reason: Reason
    pack: str | Callable[[Relation], str]
    fits: Callable[[Grounds], Fit | None]

    def pack_for(self, relation: Relation) -> str:
        """The id of the pack, "" for none."""
        return self.pack if isinstance(self.pack, str) else self.pack(relation)


def _coming(kind: str) -> Callable[[Grounds], Fit | None]:
    """Fits when the next step is of that kind."""

    def fits(on: Grounds) -> Fit | None:
        step = on.step
        day = step.day.isoformat() if step.day else ""
        return Fit(day, step.days) if step.kind == kind else None

    return fits


def _moved(on: Grounds) -> Fit | None:
    moved = on.relation.moved
    if len(moved) < MOVED or on.had(REPAIR, moved[-1].on):
        return None
    return Fit(moved[-1].on, len(moved))


def _task(on: Grounds) -> Fit | None:
    day = on.task_over(TASK)
    return Fit(day) if day and not on.had(TASK, day) else None


def _reached(on: Grounds) -> Fit | None:
    day = on.last_goal_reached if on.is_under_way else ""
    return Fit(day) if day and not on.had(MAINTAIN, day) else None


def _dormant(on: Grounds) -> Fit | None:
    return Fit(days=on.quiet) if on.is_under_way and on.quiet >= IN_TOUCH else None


def _stage(on: Grounds) -> Fit | None:
    return Fit() if on.relation.state in _OF_STATE else None


def _stalled(on: Grounds) -> Fit | None:
    """Three weeks without a word, or with promises of which none was settled."""
    if not on.is_under_way or on.since(STALLED) < SILENCE:
        return None
    if on.quiet >= SILENCE:
        return Fit(days=on.quiet)
    stands = on.waiting >= SILENCE and not on.settled_within(SILENCE)
    return Fit(days=SILENCE) if stands else None


def _low(on: Grounds) -> Fit | None:
    return Fit() if on.sounded_low else None


def _quarter_since(pack: str) -> Callable[[Grounds], Fit | None]:
    """Fits a quarter after the last session of `pack`, or after the beginning."""

    def fits(on: Grounds) -> Fit | None:
        return Fit() if on.is_under_way and on.since(pack) >= QUARTER else None

    return fits


def _people(calls_for: Callable[[tuple[str, ...]], bool]) -> Callable[[Grounds], Fit | None]:
    """Fits after two months when the kinds of people on the list call for it; once a quarter is enough."""

    def fits(on: Grounds) -> Fit | None:
        if not on.is_under_way or on.age < ACQUAINTED or not calls_for(on.contacts):
            return None
        since = (on.today - timedelta(QUARTER)).isoformat()
        return None if on.had(PEOPLE, since) else Fit()

    return fits


def _are_few(kinds: tuple[str, ...]) -> bool:
    return len(kinds) < FEW


def _are_alike(kinds: tuple[str, ...]) -> bool:
    return "" not in kinds and len(set(kinds)) == 1


RULES = (
    Rule("met", lambda relation: looking_back(relation.role), _coming("debrief")),
    Rule("meeting", CHECK_IN, _coming("prepare")),
    Rule("moved", REPAIR, _moved),
    Rule("task", TASK, _task),
    Rule("reached", MAINTAIN, _reached),
    Rule("silence", MAINTAIN, _coming("keep-in-touch")),
    Rule("silence", MAINTAIN, _dormant),
    Rule("stage", lambda relation: _OF_STATE.get(relation.state, ""), _stage),
    Rule("stalled", STALLED, _stalled),
    Rule("low", REPAIR, _low),
    Rule("pulse", PULSE, _coming("pulse")),
    Rule("quarter", TO_THE_MENTOR, _quarter_since(TO_THE_MENTOR)),
    Rule("quarter", STEP_BACK, _quarter_since(STEP_BACK)),
    Rule("people", PEOPLE, _people(_are_few)),
    Rule("one-kind", PEOPLE, _people(_are_alike)),
)
"""What calls for which pack, the most pressing first."""


class Proposal(NamedTuple):
    """A pack to open with, and the reason; `day` is the ISO date it is about, `days` a number of days or times."""

    script: Script
    reason: Reason
    day: str = ""
    days: int = 0

    @property
    def thing(self) -> str:
        """What tells it from other proposals: a new meeting is a new thing."""
        return f"{self.reason} {self.script.pack} {self.day}"


def proposal(app: Application, relation: Relation, usual: Script) -> Proposal | None:
    """What to propose to `relation` instead of `usual`, in its language; None where nothing calls for it."""
    on = Grounds(app, relation)
    for rule in RULES:
        fit = rule.fits(on)
        pack = rule.pack_for(relation) if fit else ""
        if fit is None or pack in ("", usual.pack):
            continue
        script = _script(app, pack, usual.language, relation)
        found = Proposal(script, rule.reason, *fit) if script else None
        if found and found.thing not in _passed_over(app, relation):
            return found
    return None


def pass_over(app: Application, relation: Relation, offer: Proposal) -> None:
    """Remember that `offer` was seen and not taken; where nothing can be written it comes again."""
    today = app.now().date().isoformat()
    marks = {**_passed_over(app, relation), offer.thing: today}
    with suppress(ReflectError):
        app.store.put_mark(_mark(relation), msgspec.json.encode(marks).decode())


def _passed_over(app: Application, relation: Relation) -> dict[str, str]:
    """What was not taken in the last two weeks, each with its day."""
    since = (app.now().date() - timedelta(AGAIN)).isoformat()
    return {thing: day for thing, day in _marks(app.store, relation).items() if day > since}


def _marks(store: Store, relation: Relation) -> dict[str, str]:
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(store.mark(_mark(relation)) or "{}", type=dict[str, str])
    return {}


def _mark(relation: Relation) -> str:
    return f"proposed {relation.id}"


def _script(app: Application, pack: str, language: str, relation: Relation) -> Script | None:
    """The pack, when it is there, is for this role, and speaks `language`."""
    try:
        script = app.script(pack, language)
    except PackError:
        return None
    return script if script.audience in ("both", relation.role) else None
