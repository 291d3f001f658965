"""Four mentees hold their sessions: nothing is asked that was answered, nothing wrong is said of them.

`dialogues.jsonl` has what each of them types, by what is asked about (`check` is the look at a promise that
is open), what they would answer if more were asked ("-": to ask that is asking too much), and what must hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.dialogue.turn import Turn
from reflect.mentorship.item import Item
from reflect.mentorship.items import checks, items
from reflect.script import Length
from reflect.terminal.opening import Opening, Wishes
from reflect.terminal.run import conversation
from reflect.terminal.screen import Typed, Watch
from tests.terminal.screens import Hand

TODAY = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
STAGES = {
    "setting goals": "goals",
    "building rapport": "rapport",
    "feedback and guidance": "feedback",
}
CHALLENGES = ("time", "power", "expectations", "distance", "conflict", "no-progress", "confidence")
PARTS = {
    "due": "by_when",
    "time-bound": "by_when",
    "owner": "who",
    "measurable": "measure",
    "specific": "what_exactly",
}
"""What core asks for on its own, as the dialogues call it."""

MOST_ASKED = 40

LIVES = [
    json.loads(line)
    for line in (Path(__file__).parent / "dialogues.jsonl").read_text("utf-8").splitlines()
]


@dataclass(frozen=True)
class Asked:
    """One thing that was asked: where, as what (`question`, `what_exactly`, `by_when`, `time`, …), in which words."""

    phase: str
    kind: str
    text: str


@dataclass
class Told:
    """What a session came to."""

    asked: list[Asked] = field(default_factory=list)
    said: str = ""
    items: tuple[Item, ...] = ()
    checks: dict[str, str] = field(default_factory=dict)
    weights: dict[str, str] = field(default_factory=dict)

    def was(self, kind: str, phase: str = "") -> bool:
        """Whether something of `kind` was asked, in `phase` if one is given."""
        return any(one.kind == kind and phase in ("", one.phase) for one in self.asked)

    @property
    def action(self) -> Item:
        (action,) = (item for item in self.items if item.kind == "action")
        return action


class Mentee(Hand):
    """Answers what is asked as somebody of the dialogues would, and keeps account of it."""

    def __init__(self, life: dict[str, Any], told: Told) -> None:
        super().__init__(())
        self.patient = False
        sitting = life["sessions"][0]
        self._turns = {turn["q"]: turn for turn in sitting["turns"]}
        self._replies: dict[str, str] = sitting["if_asked"]
        self._told = told
        self._settled: list[str] = []
        self.session: Session | None = None

    def ask(self, offered: str, watch: Watch) -> Typed:
        assert self.session is not None and self.session.turn is not None
        line = self._line(self.session.turn)
        self.said += f"> {line}\n"
        self._page.typed()
        return Typed(line)

    def _line(self, turn: Turn) -> str:
        phase = "check" if turn.role in ("promise", "outcome") else str(turn.heading.phase)
        kind = self._kind(turn)
        self._told.asked.append(Asked(phase, kind, turn.text))
        assert len(self._told.asked) < MOST_ASKED, self.said
        if kind == "question":
            return self._planned(phase, turn)
        replies = self._replies
        names = (f"{kind}:{phase}", f"challenge_{kind}", kind)
        found = next((replies[name] for name in names if name in replies), "")
        if not found and kind in CHALLENGES:
            found = replies.get("challenge", "")
        assert found != "-", f"{kind} is asked too much: {turn.text}"
        return found

    def _planned(self, phase: str, turn: Turn) -> str:
        planned = self._turns.get(phase)
        if planned is None or phase in self._settled:
            # Asked again after a no, a link is explained; what is not planned is left out.
            again = turn.role == "promise"
            return self._replies.get("what_exactly", "") if again else ""
        self._settled.append(phase)
        return str(planned.get("say") or f"/{planned['do']}")

    def _kind(self, turn: Turn) -> str:
        if turn.role in ("question", "promise"):
            return "question"
        if turn.role == "part":
            name = turn.key.rpartition("/")[2]
            return PARTS.get(name, name)
        if turn.role == "probe":
            assert self.session is not None
            why = self.session.dialogue.why()
            assert why is not None
            named = [kind for kind in CHALLENGES if kind in why.rule.split()]
            named += ["power"] * ("boss" in why.rule and not named)
            return named[0] if named else "what_exactly"
        return turn.role


def sit(app: Application, screen: Mentee, stage: str, length: Length) -> Session:
    """One session of `stage` on `screen`, to its end."""
    opening = Opening(app, screen, Wishes(stage=stage, length=length))
    session, words = opening.begin()
    screen.session = session
    assert conversation(app, screen, session, words).run() == "finished"
    return session


def played(
    app: Application, life: dict[str, Any], length: Length, before_in: str = "relationship"
) -> Told:
    """What comes of the dialogue `life`, two weeks after a session `before_in` that left a promise open."""
    stage = STAGES[life["stage"]]
    app._clock = lambda: TODAY - timedelta(days=14)
    promise = {"turns": [{"q": "next", "say": "I will call the office"}], "if_asked": {}}
    before = Mentee({"sessions": [promise]}, Told())
    opening = Opening(app, Hand(("Ada", "Grace")), Wishes(stage=before_in or stage, length="short"))
    session, words = opening.begin()
    before.session = session
    assert conversation(app, before, session, words).run() == "finished"

    app._clock = lambda: TODAY
    told = Told()
    screen = Mentee(life, told)
    held = sit(app, screen, stage, length)
    told.said = screen.said
    told.items = items(held.dialogue, held.id)
    told.checks = {one.item: one.outcome for one in checks(held.dialogue)}
    told.weights = {key: reply.event.parts.weight for key, reply in held.dialogue.replies.items()}
    return told


def of_the_mentee(told: Told) -> bool:
    """The action is the mentee's own: said so, or nobody else named; the summary calls it "yours"."""
    return told.action.owner in ("me", "none") and "yours" in told.said


def no_claim(told: Told) -> bool:
    """No feeling is named, and nobody is sent to a crisis line."""
    claims = ("sounds hard", "sound easy", "Thank you for saying it", "crisis line")
    return not any(claim in told.said for claim in claims)


HOLDS: dict[str, Callable[[Told], bool]] = {
    "'good' gets a what-exactly probe": lambda told: told.was("what_exactly", "worked"),
    "'time' gets either a what-exactly probe or the time-constraints follow-up": lambda told: (
        told.was("what_exactly", "adjust") or told.was("time", "adjust")
    ),
    "'finish portfolio' gets by-when and who": lambda told: (
        told.was("by_when", "next") and of_the_mentee(told)
    ),
    "final action: owner me, deadline 2026-12-31": lambda told: (
        of_the_mentee(told) and told.action.due == "2026-12-31"
    ),
    "power-imbalance follow-up": lambda told: told.was("power", "adjust"),
    "skip is accepted without nagging on check and next": lambda told: (
        sum(one.phase in ("check", "next") for one in told.asked) == 2
        and "needs an answer" not in told.said
    ),
    "summary does not invent an action": lambda told: (
        not [item for item in told.items if item.kind == "action"]
        and "No next step this time." in told.said
    ),
    "'merge conflict' does not trigger the conflict follow-up": lambda told: (
        not told.was("conflict")
    ),
    "owner other (ana), deadline 2026-11-25": lambda told: (
        (told.action.owner, told.action.due) == ("other", "2026-11-25")
        and not told.was("who")
        and not told.was("by_when")
    ),
    "URL as an answer to check gets a done/not done question at most": lambda told: (
        sum(one.phase == "check" and one.kind == "question" for one in told.asked) <= 2
    ),
    "'cried, not from sadness' is not treated as a crisis or as plain negative mood": no_claim,
    "win celebrated": lambda told: (
        "That counts." in told.said
        and bool({item.kind for item in told.items} & {"win", "feedback", "lesson"})
    ),
    "deadline 2026-12-01": lambda told: told.action.due == "2026-12-01" and not told.was("by_when"),
    "no vague probe": lambda told: not told.was("what_exactly"),
}


@pytest.mark.parametrize(
    ("length", "before_in"),
    [("short", ""), ("short", "relationship"), ("long", "relationship")],
    ids=["second here", "first here", "first here, long"],
)
@pytest.mark.parametrize("life", LIVES, ids=[life["id"] for life in LIVES])
def test_it_goes_as_it_should(
    app: Application, life: dict[str, Any], length: Length, before_in: str
) -> None:
    told = played(app, life, length, before_in)
    assert [claim for claim in life["expect"] if not HOLDS[claim](told)] == [], told.said


@pytest.mark.parametrize("life", LIVES, ids=[life["id"] for life in LIVES])
def test_nobody_is_told_how_they_feel(app: Application, life: dict[str, Any]) -> None:
    assert no_claim(played(app, life, "short"))


@pytest.mark.parametrize(
    ("name", "outcome"), [("DL02", "not-yet"), ("DL12", "kept"), ("DL17", "kept")]
)
def test_what_became_of_the_promise_is_understood(
    app: Application, name: str, outcome: str
) -> None:
    (life,) = (life for life in LIVES if life["id"] == name)
    assert list(played(app, life, "short").checks.values()) == [outcome]
