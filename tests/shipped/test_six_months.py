"""Six months of three mentees, on the real record: every promise comes back, and none once it is closed.

pytest -s tests/shipped/test_six_months.py     # with the table
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from reflect.application.begin import begin_mentorship, begin_session, stage_for
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.dialogue.keys import PROMISE, text_id
from reflect.dialogue.turn import Turn
from reflect.mentorship.item import CLOSED
from reflect.mentorship.items import checks, items
from reflect.script import Length
from reflect.settings import NO_PLUGINS

FIRST = datetime.fromisoformat("2026-01-12T18:00:00+00:00")
SESSIONS, DAYS_BETWEEN = 12, 15
SENTENCE_FREE: dict[Length, int] = {"short": 8, "long": 4}
ASKED_AT_ONCE = 3


class Persona(NamedTuple):
    """Somebody who promises: how long they sit down, how often they keep a promise, what they say."""

    name: str
    length: Length
    outcomes: tuple[str, ...]
    deeds: tuple[str, ...]
    talk: tuple[str, ...]


PERSONAS = (
    Persona(
        "Amina, a nurse who keeps her word",
        "short",
        ("kept", "kept", "partly"),
        (
            "Ask Sam for the rota by Friday",
            "Bring the checklist to the round",
            "Call the ward by Monday",
        ),
        ("I read the handover from a card on Tuesday", "Two shifts with four beds and one printer"),
    ),
    Persona(
        "Piotr, a welder who puts things off",
        "short",
        ("not-yet", "not-yet", "kept", "dropped"),
        ("Book the welding test by the end of the month", "Show Mick my seam next week"),
        ("It was fine", "I do not know, the week was long and the shop was loud"),
    ),
    Persona(
        "Nia, a doctoral student who writes a lot",
        "long",
        ("kept", "partly", "not-yet", "dropped"),
        ("Send chapter two to Ruth by next Wednesday", "Write one page every morning until June"),
        (
            "I rewrote the method and cut eleven pages, which Ruth liked",
            "My supervisor reads nothing",
        ),
    ),
)


class Outcome(NamedTuple):
    """What came of one persona's six months."""

    promises: int
    asked: int
    late: list[str]
    after_closing: list[str]
    said_twice: list[str]


class Months:
    """The sessions of one persona, and what must be remembered to judge them."""

    def __init__(self, root: Path, persona: Persona, seed: int) -> None:
        self._root = root
        self._persona = persona
        self._random = Random(seed)
        self._now = FIRST
        self._owed: dict[str, int] = {}
        self._closed: set[str] = set()
        self._said: list[set[str]] = []
        self.outcome = Outcome(0, 0, [], [], [])

    def run(self) -> Outcome:
        """Hold every session, each from a fresh start of the program."""
        for number in range(SESSIONS):
            app = Application(
                {"REFLECT_HOME": str(self._root)}, clock=lambda: self._now, plugins=NO_PLUGINS
            )
            script = app.script()
            relation = app.relation() or begin_mentorship(app, "A", "B", script.stages[2])
            stage = stage_for(script, relation)
            self._hold(begin_session(app, relation, script, stage, self._persona.length), number)
            app.close()
            self._now += timedelta(days=DAYS_BETWEEN)
        return self.outcome

    def _hold(self, session: Session, number: int) -> None:
        asked = [promise.item for promise in session.dialogue.started.promises]
        self._judge_opening(asked)
        said: set[str] = set()
        while (turn := session.turn) is not None:
            if not turn.key.startswith("core."):
                said.add(f"{text_id(turn.key)} {turn.wording}")
            if session.say(self._answer(turn)) is not None:
                session.skip()
        self._judge_wordings(said)
        session.finish()
        self._remember(session)

    def _answer(self, turn: Turn) -> str:
        persona, random = self._persona, self._random
        if turn.key.startswith(PROMISE) and turn.role == "promise":
            return random.choice(persona.outcomes)
        if turn.options:
            return random.choice(turn.options).id
        kind = turn.expectation.kind
        simple: dict[str, Callable[[], str]] = {
            "scale": lambda: str(random.randint(1, 5)),
            "number": lambda: "2",
            "yesno": lambda: random.choice(("yes", "no")),
            "due": lambda: random.choice(("next Friday", "")),
            "date": lambda: "1 July",
        }
        if kind in simple:
            return simple[kind]()
        deed = turn.heading.phase == "next" and turn.role == "question"
        return random.choice(persona.deeds if deed else persona.talk)

    def _judge_opening(self, asked: list[str]) -> None:
        outcome = self.outcome
        outcome.after_closing.extend(item for item in asked if item in self._closed)
        waiting = [item for item in self._owed if item not in self._closed]
        for item in waiting:
            if item in asked:
                self._owed[item] = 0
            else:
                self._owed[item] += 1
                # With three asked at once, whoever waits behind n others comes ceil(n / 3) sessions later.
                patience = -(-len(waiting) // ASKED_AT_ONCE)
                if self._owed[item] > patience:
                    outcome.late.append(item)
        self.outcome = outcome._replace(asked=outcome.asked + len(asked))

    def _judge_wordings(self, said: set[str]) -> None:
        recent = self._said[-(SENTENCE_FREE[self._persona.length] - 1) :]
        twice = [text for text in said if any(text in before for before in recent)]
        self.outcome.said_twice.extend(twice)
        self._said.append(said)

    def _remember(self, session: Session) -> None:
        dialogue = session.dialogue
        for check in checks(dialogue, session.id):
            if check.outcome in CLOSED:
                self._closed.add(check.item)
        made = [
            item.id
            for item in items(dialogue, session.id)
            if item.kind == "action" and item.owner not in ("mentor", "other")
        ]
        self._owed.update(dict.fromkeys(made, 0))
        self.outcome = self.outcome._replace(promises=self.outcome.promises + len(made))


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name.split(",")[0])
def test_six_months(persona: Persona, tmp_path: Path) -> None:
    came = Months(tmp_path / "home", persona, seed=len(persona.name)).run()
    print(
        f"\n{persona.name:<42} {came.promises:>3} promises, asked {came.asked:>3} times, "
        f"{len(came.late)} late, {len(came.after_closing)} after closing, "
        f"{len(came.said_twice)} said twice"
    )
    assert came.promises >= 5 and came.asked >= 5
    assert not came.after_closing
    assert not came.late
    assert not came.said_twice, came.said_twice
