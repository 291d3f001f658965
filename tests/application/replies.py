"""A mentee's home in which something was shared, and the replies that a mentor could make to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.carried import carried
from reflect.application.noting import note as write_down
from reflect.application.receiving import MENTORSHIP, Received, receive
from reflect.application.wiring import Application
from reflect.events import BundleShared, Expectation, Note, Parts, Said, SharingBegan, Span
from reflect.sharing.aliases import Aliases
from reflect.sharing.shared import SCHEMA_VERSION, Bundle, Reply
from tests.dialogue.scripts import question, script

SECRET = "0f" * 16
FILE = "f" * 16
DAY = "2026-11-22"
LATER = "2026-11-29T08:00:00+01:00"
PACK = script(
    worked=(question("win", keep="win", share="yes"),),
    adjust=(question("snag", share="no"), question("aim", keep="goal", share="yes")),
    next=(
        question("step", keep="action", share="yes"),
        question("query", keep="question", share="yes"),
    ),
)
SAID = {
    "win": "I wrote the three worst patients on a card first and read them out",
    "snag": "dr Lang talks over me",
    "aim": "lead the morning round on my own",
    "step": "ask dr Lang for two minutes",
    "query": "how did he learn to interrupt politely",
}


class Ear:
    """Hears an action whole."""

    def hear(self, text: str, expectation: Expectation, now: object) -> Said:
        wants = expectation.wants == "action"
        return Said(text, parts=Parts(what=Span(0, len(text)), owner="me") if wants else Parts())


class App(Application):
    """The application with that ear and that pack."""

    def ear(self, language: str) -> Any:
        return Ear()


class Shared(NamedTuple):
    """A home after a first share: its application, the session, and the names in the file."""

    app: App
    mentorship: str
    session: str
    names: Aliases

    @property
    def name(self) -> str:
        """What the mentorship is called in shared files."""
        return self.names.of(MENTORSHIP, self.mentorship)

    def answer(self, key: str) -> str:
        """The name of an answer."""
        return self.names.of(self.session, key)

    def item(self, key: str) -> str:
        """The name of the item that was made of an answer."""
        return self.names.of(f"{self.session}:{key}")

    def receive(self, *notes: Note, day: str = DAY) -> Received:
        """A reply with `notes` comes."""
        return receive(self.app, self.bundle(*notes, day=day))

    def bundle(self, *notes: Note, day: str = DAY) -> Bundle:
        """A reply with `notes`."""
        reply = Reply(mentee="Amina", mentor="Daniel", day=day, notes=notes)
        return Bundle(
            schema_version=SCHEMA_VERSION, share="r" * 16, mentorship=self.name, reply=reply
        )

    def items(self, kind: Any) -> list[tuple[str, str, str]]:
        """Text, state and owner of every item of a kind."""
        found = carried(self.app.store, self.mentorship, kind, closed=True)
        return [(one.text, one.state, one.owner) for one in found]

    @property
    def relation(self) -> Any:
        """The mentorship."""
        return self.app.relation()


def name_of(number: int) -> str:
    """The name of note `number`."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    return letters[number // 32] + letters[number % 32] * 15


def note(number: int, kind: Any = "note", about: str = "", text: str = "", **more: Any) -> Note:
    """Note `number`, of the file that was shared."""
    words = text if text or more.get("withdrawn") else f"words of {number}"
    known = {"share": FILE, "day": DAY, "about": about, "text": words, **more}
    return Note(id=name_of(number), kind=kind, **known)


def sitting(app: App, answers: dict[str, str] = SAID, notes: Iterable[str] = ()) -> str:
    """One session; gives its id."""
    relation = app.relation() or begin_mentorship(app, "Amina", "Daniel", PACK.stages[0])
    session = begin_session(app, relation, PACK, PACK.stages[0], "short")
    while session.turn is not None:
        assert session.say(answers.get(session.turn.key, "")) is None
    session.finish()
    return session.id


def application(at: str = "2026-11-21T08:00:00+01:00") -> App:
    """The application in the home of the test."""
    return App(dict(os.environ), clock=lambda: datetime.fromisoformat(at))


def shared(app: App, keys: Sequence[str] = ("win", "aim", "step", "query")) -> Shared:
    """A session was held and shared."""
    session = sitting(app)
    relation = app.relation()
    assert relation is not None
    items = tuple(f"{session}:{key}" for key in keys)
    at = app.now().isoformat()
    write_down(
        app,
        relation.id,
        SharingBegan(at, SECRET),
        BundleShared(at, FILE, "Daniel", "bundle", (session,), items),
    )
    return Shared(app, relation.id, session, Aliases(SECRET))
