"""Two homes on one machine, a mentee's and a mentor's, and sheets that go from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.reviewing import file_away, opened
from reflect.application.sharing_out import Sharing, Wish
from reflect.application.wiring import Application
from reflect.mentorship.relation import Relation
from reflect.script import Length, Role
from reflect.settings import NO_PLUGINS

AMINA = {
    "often": "fortnight",
    "hour": "hour",
    "agenda": "mentee",
    "reach": "days",
    "between": "slips, home",
    "part": "listen, honest",
    "not-for": "decide",
    "brings": "questions, the card from the ward",
    "honest-word": "once",
    "stop": "If we put it off three times in a row",
    "look-again": "three",
    "unsure": "I have never had a mentor before",
}
DANIEL = {
    **AMINA,
    "often": "month",
    "between": "slips, everything",
    "brings": "skip",
    "honest-word": "end",
    "stop": "When I hear myself preach",
    "unsure": "I sit on her panel",
}


class Person:
    """Somebody with a home of their own; `names` are the mentee's and the mentor's as this one has them."""

    def __init__(
        self,
        root: Path,
        role: Role,
        language: str = "en",
        names: tuple[str, str] = ("Amina", "Daniel"),
        day: str = "2026-11-21",
    ) -> None:
        self.root, self.role, self.language, self.names, self.day = root, role, language, names, day
        self._at = datetime.fromisoformat(f"{day}T18:00:00+01:00")

    def app(self) -> Application:
        environ = {"REFLECT_HOME": str(self.root), "REFLECT_TODAY": self.day}
        return Application(environ, clock=lambda: self._at, plugins=NO_PLUGINS)

    def relation(self, app: Application, pack: str) -> Relation:
        stage = app.script(pack, self.language).stages[0]
        return app.relation() or begin_mentorship(app, *self.names, stage, self.language, self.role)

    def answers(
        self,
        given: Mapping[str, str],
        *,
        pack: str = "expectations",
        length: Length = "long",
        at_the_end: str = "2",
    ) -> str:
        """Answer the pack: what is not in `given` is skipped; gives the session."""
        app = self.app()
        relation = self.relation(app, pack)
        script = app.script(pack, self.language)
        session = begin_session(app, relation, script, script.stages[0], length)
        while (turn := session.turn) is not None:
            text = given.get(turn.key, "skip") if turn.role == "question" else ""
            text = at_the_end if turn.role == "share" else text
            if text == "skip":
                session.skip()
            else:
                refused = session.say(text)
                assert refused is None, turn.key
        session.finish("completed")
        app.close()
        return session.id

    def shares(self, *sessions: str, replaces: str = "") -> bytes:
        """The bytes of a file with `sessions`, as they leave inside the encryption."""
        app = self.app()
        relation = app.relation()
        assert relation is not None
        wish = Wish(to=relation.other, form="bundle", sessions=sessions, replaces=replaces)
        sharing = Sharing(app, relation, wish)
        data = sharing.draft().data
        sharing.send(data, lambda _: None)
        app.close()
        return data

    def opens(self, data: bytes) -> str:
        """Take in a file; gives the name of its mentorship."""
        app = self.app()
        bundle = opened(data, ())
        file_away(app, bundle)
        app.close()
        return bundle.mentorship
