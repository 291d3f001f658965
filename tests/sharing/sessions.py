"""Sessions for tests, written into a real store without a pack file or an Ear."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.events import Expectation, Parts, Said, Span
from reflect.script import Script
from tests.dialogue.scripts import question, script

MENTEE, MENTOR = "Amina", "Daniel"
ANSWERS = (
    "I wrote the three worst patients on a card first",
    "dr Lang talks over me every single round",
    "ask dr Lang for two minutes before the round",
)


class QuietEar:
    """Hears what was said and, where an action is wanted, a day in it."""

    def hear(self, text: str, expectation: Expectation, now: datetime) -> Said:
        parts = Parts()
        if expectation.wants == "action":
            parts = Parts(what=Span(0, len(text)), due="2026-11-26", owner="me")
        return Said(text, parts=parts)


class QuietApplication(Application):
    """The application with that ear."""

    def ear(self, language: str) -> QuietEar:  # type: ignore[override]
        return QuietEar()


def pages() -> Script:
    """A pack of three questions: a win, something private, an action."""
    return script(
        worked=(question("win", keep="win", share="yes"),),
        adjust=(question("snag", share="no"),),
        next=(question("step", keep="action", share="yes"),),
    )


def application(when: str = "2026-11-21T18:30:00+01:00") -> Application:
    """The application in the home of the test."""
    return QuietApplication(dict(os.environ), clock=lambda: datetime.fromisoformat(when))


def begin(app: Application) -> Session:
    """A session under way, of the mentorship that is begun when there is none."""
    asked = pages()
    relation = app.relation() or begin_mentorship(app, MENTEE, MENTOR, asked.stages[0])
    return begin_session(app, relation, asked, asked.stages[0], "short")


def answer(session: Session, texts: Sequence[str]) -> None:
    """Give each of `texts`; an empty one skips. What core asks in between is left."""
    left = list(texts)
    while session.turn is not None and (left or session.turn.role != "question"):
        text = left.pop(0) if session.turn.role == "question" else ""
        refused = session.say(text)
        assert refused is None


def keep_session(
    *texts: str, when: str = "2026-11-21T18:30:00+01:00", end: str = "completed"
) -> str:
    """A session with `texts` as its answers in the home of the test; `end` may be "" for a paused one."""
    app = application(when)
    session = begin(app)
    answer(session, texts or ANSWERS)
    while end == "completed" and session.turn is not None:
        session.say("")
    if end == "completed" or end == "abandoned":
        session.finish(end)
    else:
        session.pause()
    app.close()
    return session.id
