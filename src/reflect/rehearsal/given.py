"""What a story says under `given`: what went before it.

    given:
      today: 2026-03-02
      sessions: 3
      days since: 14
      state: goals
      since: 2026-01-20
      kept: 1
      goals:
        - lead the morning round on my own, agreed
        - keep bees
      open:
        - ask Sam for the rota, by 2026-02-27, not yet twice
      last:
        at-ease: The review was slow
      meeting: 2026-03-09
      notes:
        - You asked first, beside the rota was late

Behind a comma stands what is known of a goal or a promise; everything before it is the
mentee's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from reflect.diagnostics import Place
from reflect.mentorship.item import CLOSED, STATES
from reflect.packs.names import JOURNEY
from reflect.packs.report import Report
from reflect.packs.story_table import GIVEN, GIVEN_COUNTS
from reflect.packs.tree import List, Map, Text, text_at, word_at
from reflect.rehearsal.codes import GIVEN_TWICE, NOT_A_GOAL_STATE, NOT_A_NUMBER, NOT_IN_ORDER
from reflect.rehearsal.shapes import Shapes, day_of
from reflect.script import LIFECYCLE, Lifecycle

TODAY = date(2026, 3, 2)
"""The day of a story that names none: a Monday."""
BETWEEN = timedelta(days=14)
"""How far apart the sessions lie, as far as a story does not say when they were."""
GOAL_STATES = STATES["goal"]

_BY = ", by "
_BESIDE = ", beside "
_NOT_YET = re.compile(r"(?P<words>.+), not yet(?: (?P<times>once|twice|[1-9][0-9]? times))?")
_TIMES = re.compile(r".+, not yet \w+ times?")
_ONCE = {"": 1, "once": 1, "twice": 2}
_TEXTS = (
    "today",
    "sessions",
    "last session",
    "days since",
    "mentee",
    "mentor",
    "meeting",
    "state",
    "since",
    "kept",
    "offered",
)


class Open(msgspec.Struct, frozen=True):
    """A promise that is still open: its words, the day it was made for, and how often it was "not yet"."""

    text: str
    due: date | None = None
    not_yet: int = 0


class Written(msgspec.Struct, frozen=True):
    """A note of the mentor's, and the mentee's words that it is beside."""

    text: str
    beside: str = ""


class Goal(msgspec.Struct, frozen=True):
    """A goal in the mentee's words, and what has become of it."""

    text: str
    state: str = GOAL_STATES[0]

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.state not in CLOSED


class Standing(msgspec.Struct, frozen=True):
    """Where the mentorship is: its state (None: the first that the stage serves), and since when.

    `kept` counts promises kept since then; `offered` is the day on which core last offered to move.
    """

    place: Place
    state: Lifecycle | None = None
    since: date | None = None
    kept: int = 0
    offered: date | None = None


class Given(msgspec.Struct, frozen=True):
    """What went before.

    `last` holds answers by question; the questions in `asked` were put since, and what was
    answered there does not matter. `items` counts open items by kind, the promises in
    `open` apart. `notes` are what was written back. `standing` is None where a story does not say where the mentorship is.
    """

    today: date = TODAY
    sessions: int = 0
    last_session: date | None = None
    mentee: str = "Amina"
    mentor: str = "Daniel"
    meeting: date | None = None
    open: tuple[Open, ...] = ()
    goals: tuple[Goal, ...] = ()
    last: dict[str, Text] = {}
    asked: tuple[Text, ...] = ()
    items: dict[str, int] = {}
    standing: Standing | None = None
    notes: tuple[Written, ...] = ()

    def session_days(self) -> Iterator[date]:
        """When the sessions were, the latest first."""
        if self.last_session is not None:
            yield from (self.last_session - BETWEEN * n for n in range(self.sessions))


def read_given(node: Map, report: Report) -> Given:
    """What `node`, the map under `given`, says; what is wrong with it goes to `report`."""
    return _Reading(node, report).given()


class _Reading(Shapes):
    def given(self) -> Given:
        self.known((*GIVEN.names, *GIVEN_COUNTS))
        self.texts(_TEXTS)
        if self.report.failed:
            return Given()
        today = self.day("today") or TODAY
        last = dict(self.pairs("last"))
        asked = tuple(self.listed("asked"))
        goals = tuple(self._goals())
        promises = tuple(self._open())
        standing = self._standing()
        before = self._last_session(today)
        sessions = max(self.count("sessions"), 1 if last or asked or before else 0)
        given = Given(
            today=today,
            sessions=sessions,
            last_session=before or (today - BETWEEN if sessions else None),
            mentee=word_at(self.node, "mentee", "Amina"),
            mentor=word_at(self.node, "mentor", "Daniel"),
            meeting=self.day("meeting"),
            open=promises,
            goals=goals,
            last=last,
            asked=asked,
            items=self._items(),
            standing=standing,
            notes=tuple(self._notes()),
        )
        self._in_order(given)
        return given

    # --- when --------------------------------------------------------------------------

    def _last_session(self, today: date) -> date | None:
        """The day of the last session, as a day or as days before `today`."""
        if "days since" not in self.node.values:
            return self.day("last session")
        self._only_one("last session", "days since")
        return today - timedelta(days=self.count("days since"))

    def _only_one(self, name: str, other: str) -> None:
        if name in self.node.values and other in self.node.values:
            message = f"`{name}` and `{other}` say the same."
            self.report.error(GIVEN_TWICE, self.node.key_place(other), message, "Keep one of them.")

    def _in_order(self, given: Given) -> None:
        """Report a day that lies on the wrong side of today."""
        for name in ("last session", "since", "offered"):
            day = self.day(name)
            if day is not None and day > given.today:
                self._misplaced(name, "is before the story, or on its day")
        if given.meeting is not None and given.meeting < given.today:
            self._misplaced("meeting", "is still to come, or on the day of the story")

    def _misplaced(self, name: str, where: str) -> None:
        text = text_at(self.node, name)
        assert text is not None
        hint = "`today` is the day of the story: write it, or change this one."
        self.report.error(NOT_IN_ORDER, text.place, f"`{name}` {where}.", hint)

    # --- where the mentorship is ---------------------------------------------------------

    def _standing(self) -> Standing | None:
        names = ("state", "since", "kept", "offered")
        first = next((name for name in names if name in self.node.values), None)
        if first is None:
            return None
        state = self.one_of("state", LIFECYCLE) if "state" in self.node.values else ""
        return Standing(
            self.node.key_place(first),
            next((one for one in LIFECYCLE if one == state), None),
            self.day("since"),
            self.count("kept"),
            self.day("offered"),
        )

    # --- what is open --------------------------------------------------------------------

    def _items(self) -> dict[str, int]:
        """The counts; goals that are told one by one are counted where they stand."""
        names = [name for name in self.node.values if name in JOURNEY and name != "sessions"]
        if self._tells_goals:
            for name in names:
                if JOURNEY[name] == "goal" and name != "goals":
                    self._only_one("goals", name)
            names = [name for name in names if JOURNEY[name] != "goal"]
        return {JOURNEY[name]: self.count(name) for name in names}

    @property
    def _tells_goals(self) -> bool:
        return isinstance(self.node.values.get("goals"), List)

    def _goals(self) -> Iterator[Goal]:
        """The goals, each with the state behind its last comma."""
        for text in self.listed("goals") if self._tells_goals else ():
            words, _, state = text.value.rpartition(", ")
            if words and state in GOAL_STATES:
                yield Goal(words, state)
                continue
            near = _meant(state) if words else ""
            if near:
                message = f"`{near}` is written differently."
                hint = f"If these are the goal's own words, write `, {GOAL_STATES[0]}` behind them."
                self.report.error(NOT_A_GOAL_STATE, text.place, message, hint)
            yield Goal(text.value)

    def _open(self) -> Iterator[Open]:
        """The promises, each with the day and the number of times that stand behind its words."""
        usual = self.count("not yet")
        for text in self.listed("open"):
            rest, times = self._not_yet(text)
            words, _, by = rest.rpartition(_BY)
            due = day_of(by)
            not_yet = usual if times is None else times
            yield Open(words, due, not_yet) if due and words else Open(rest, None, not_yet)

    def _notes(self) -> Iterator[Written]:
        """What was written back, each with the words behind its last `, beside `."""
        for text in self.listed("notes"):
            words, _, beside = text.value.rpartition(_BESIDE)
            yield Written(words, beside) if words and beside else Written(text.value)

    def _not_yet(self, text: Text) -> tuple[str, int | None]:
        """The promise without ", not yet twice", and how often that is; None where it is not said."""
        found = _NOT_YET.fullmatch(text.value)
        if found:
            times = found["times"] or ""
            return found["words"], _ONCE.get(times) or int(times.split()[0])
        if _TIMES.fullmatch(text.value):
            message = "How often it was not yet kept is a number."
            hint = "Write `, not yet`, `, not yet twice` or `, not yet 3 times`."
            self.report.error(NOT_A_NUMBER, text.place, message, hint)
        return text.value, None


def _meant(state: str) -> str:
    """The state of a goal from which `state` is a letter away; "" when there is none."""
    from rapidfuzz.distance import OSA

    return next((one for one in GOAL_STATES if OSA.distance(one, state, score_cutoff=1) <= 1), "")
