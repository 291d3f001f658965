"""Before the first question: meeting for the first time, coming back, going on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from reflect.application.begin import (
    begin_mentorship,
    begin_session,
    check_audience,
    resume,
    stage_for,
)
from reflect.application.languages import usual_language
from reflect.application.mentorships import usual_pack
from reflect.application.stored import texts
from reflect.application.wiring import DEFAULT_PACK
from reflect.errors import PackError, ReflectError, StoreError, UsageError
from reflect.events import Ref
from reflect.mentorship.moving import lately
from reflect.script import Length, Option, Role, Script, Stage
from reflect.terminal.asking import Asking
from reflect.terminal.brief import brief
from reflect.terminal.commands import Command, parse
from reflect.terminal.screen import Screen
from reflect.terminal.words import Words, counted
from reflect.text import clean_input, nearest, shorten

if TYPE_CHECKING:
    from reflect.application.session import Session
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation

LONGEST_NAME = 40
"""Cells of a name."""
LONGEST_TOLD = 60
"""Cells of what a greeting tells in the mentee's words."""


Newer = Literal["ask", "take", "as begun"]
"""What to do when the pack of a session has changed since: ask, where somebody sits there, or not."""


class Wishes(NamedTuple):
    """What was asked for on the command line; `begin` is who one is in a mentorship to begin."""

    pack: str | None = None
    stage: str | None = None
    length: str | None = None
    resume: str | None = None
    new: bool = False
    newer: Newer = "as begun"
    language: str | None = None
    begin: Role | None = None


class Opening:
    """Asks what must be known before a session, on `screen`, and begins or resumes it."""

    def __init__(self, app: Application, screen: Screen, wishes: Wishes) -> None:
        self._app = app
        self._screen = screen
        self._wishes = wishes
        self._asking = Asking(app, screen)

    def begin(self) -> tuple[Session, Words]:
        """A session to go on with, and core's words for it. Raises `Left`."""
        relation = None if self._wishes.begin else self._relation()
        wished = self._wished(relation)
        if relation is None:
            return self._meet()
        open_one = self._open_one(relation)
        if open_one is None:
            return self._welcome(relation)
        session, words = self._go_on(open_one, relation)
        if not self._wishes.new:
            if wished is not None and not _is_of(session, *wished):
                self._asking.tell("other-waits")
            return session, words
        session.finish("abandoned")
        self._asking.tell("set-aside")
        return self._welcome(relation)

    def _relation(self) -> Relation | None:
        """The mentorship to talk about: that of the session that goes on, else as the application says."""
        if self._wishes.resume:
            self._app.wanted = self._app.store.session(self._wishes.resume).mentorship
        return self._app.relation()

    def another(self) -> tuple[Session, Words]:
        """A new session straight after the last one was set aside. Raises `Left`."""
        relation = self._app.relation()
        assert relation is not None
        return self._start(relation, self._script(relation), len_of_journey(self._app, relation))

    # --- for the first time ---

    def _meet(self) -> tuple[Session, Words]:
        role = self._role()
        language = self._wishes.language or usual_language(self._app)
        usual = self._app.script(language=language)
        pack = self._wishes.pack or usual_pack(role)
        self._asking.speak(usual, Words(usual))
        self._asking.tell("hello-first")
        self._asking.tell("stays-here")
        me = self._name("ask-mentee")
        other = self._name("ask-mentor" if role == "mentee" else "ask-their-mentee")
        mentee, mentor = (me, other) if role == "mentee" else (other, me)
        stage = self._first_stage(usual)
        length = self._length()
        relation = begin_mentorship(self._app, mentee, mentor, stage, language, role)
        script = usual if pack == DEFAULT_PACK else self._app.script(pack, language)
        return self._session(relation, script, length, 0)

    def _role(self) -> Role:
        """Who one is in a mentorship to begin: as was asked for, else whom the wished pack is for."""
        if self._wishes.begin or self._wishes.pack is None:
            return self._wishes.begin or "mentee"
        entry = self._app.catalogue.entry(self._wishes.pack)
        return "mentor" if entry.audience == "mentor" else "mentee"

    def _name(self, question: str) -> str:
        self._asking.ask(question)
        while True:
            name = " ".join(clean_input(self._asking.line()).split())
            if name:
                return shorten(name, LONGEST_NAME)
            self._asking.tell("name-needed")

    def _first_stage(self, usual: Script) -> Stage:
        wish = self._wishes.stage
        named = _stage_named(usual, wish) if wish else None
        if named is not None:
            return named
        signs = [(stage.signs or (stage.title,))[0] for stage in usual.stages]
        self._asking.ask("ask-stage", tuple(signs), compact=False)
        by_sign = _options(usual, signs)
        by_title = _options(usual, [stage.title for stage in usual.stages])
        return usual.stage(self._asking.choice(by_sign, by_title))

    def _length(self) -> Length:
        if self._wishes.length in ("short", "long"):
            return "long" if self._wishes.length == "long" else "short"
        options = self._asking.words.options("ask-length")
        self._asking.ask("ask-length", tuple(option.label for option in options))
        return "long" if self._asking.choice(options, empty="short") == "long" else "short"

    # --- again ---

    def _welcome(self, relation: Relation) -> tuple[Session, Words]:
        script = self._script(relation)
        journey = len_of_journey(self._app, relation)
        words = Words(script, relation.me, relation.other, journey)
        self._asking.speak(script, words)
        self._greet(relation)
        if self._app.several:
            self._asking.tell("with-whom")
        return self._start(relation, script, journey)

    def _start(self, relation: Relation, script: Script, journey: int) -> tuple[Session, Words]:
        self._asking.speak(script, Words(script, relation.me, relation.other, journey))
        if self._is_free():
            from reflect.terminal.choosing import Choosing

            script, length, stage = Choosing(self._app, self._asking, relation).choose(script)
            return self._session(relation, script, length, journey, stage)
        return self._session(relation, script, self._length(), journey)

    def _is_free(self) -> bool:
        """Whether it was left open what to talk about, and for how long."""
        return self._wishes.pack is None and self._wishes.stage is None and not self._wishes.length

    def _session(
        self,
        relation: Relation,
        script: Script,
        length: Length,
        journey: int,
        stage: str = "",
    ) -> tuple[Session, Words]:
        where = script.stage(stage) if stage else self._stage(script, relation)
        session = begin_session(self._app, relation, script, where, length)
        words = Words(script, relation.me, relation.other, journey)
        self._asking.speak(script, words)
        waiting = session.dialogue.started.waiting
        if waiting:
            self._asking.tell("promises-wait", n=str(waiting))
        return session, words

    def _greet(self, relation: Relation) -> None:
        """One line with what is known: how long ago, and what was done last or where it leads."""
        ago = self._ago(relation)
        found = lately(self._app.store.rows, relation.id)
        for name, ref in (("hello-kept", found.kept), ("hello-goal", found.goal)):
            words = self._told(ref) if ref else ""
            if words and self._asking.words.knows(name):
                self._asking.tell(name, ago=ago, what=words)
                return
        self._asking.tell("hello-again", ago=ago)

    def _told(self, ref: Ref) -> str:
        """The mentee's words at `ref`, short enough for a greeting."""
        text = texts(self._app.store, [(ref.session, ref.seq)]).get((ref.session, ref.seq), "")
        whole = text[ref.start : ref.end] if ref.start >= 0 else text
        return brief(whole, LONGEST_TOLD).rstrip(".")

    def _ago(self, relation: Relation) -> str:
        rows = self._app.store.sessions(mentorship=relation.id, limit=1)
        if not rows:
            return self._asking.words.say("ago-never")
        days = (self._app.now().date() - date.fromisoformat(rows[0].day)).days
        return ago(days, self._asking.words)

    def _script(self, relation: Relation) -> Script:
        pack = self._wishes.pack or usual_pack(relation.role)
        return self._app.script(pack, self._language_of(relation))

    def _language_of(self, relation: Relation | None) -> str:
        """As asked for, as settled, or as the machine speaks."""
        settled = relation.language if relation else None
        return self._wishes.language or settled or usual_language(self._app)

    def _wished(self, relation: Relation | None) -> tuple[str, str] | None:
        """The pack and the stage ("" for any) that were asked for, if any; both are there."""
        pack, stage = self._wishes.pack, self._wishes.stage
        if pack is None and stage is None:
            return None
        try:
            role = relation.role if relation else self._role()
            usual = pack or usual_pack(role)
            script = self._app.script(usual, self._language_of(relation))
        except PackError as error:
            if error.code != "no-such-pack":
                raise
            raise UsageError(error.code, error.message, error.hint) from None
        check_audience(script, role)
        return script.pack if pack else "", _stage_of(script, stage).id if stage else ""

    def _stage(self, script: Script, relation: Relation) -> Stage:
        wish = self._wishes.stage
        return stage_for(script, relation) if wish is None else _stage_of(script, wish)

    # --- going on ---

    def _open_one(self, relation: Relation) -> str | None:
        if self._wishes.resume:
            row = self._app.store.session(self._wishes.resume)
            if row.state != "open":
                raise ReflectError(
                    "session-ended", "this session has ended", "To read it: reflect show"
                )
            return row.id
        found = self._app.store.open_session(relation.id)
        return found.id if found else None

    def _go_on(self, session: str, relation: Relation) -> tuple[Session, Words]:
        try:
            resumed = resume(self._app, session)
        except StoreError as error:
            if error.code != "session-open-elsewhere" or not self._screen.patient:
                raise
            resumed = self._from_elsewhere(session, relation)
        script = resumed.dialogue.script
        journey = resumed.dialogue.started.journey.sessions
        words = Words(script, relation.me, relation.other, journey)
        self._asking.speak(script, words)
        if self._wishes.new:
            return resumed, words
        self._asking.tell("resumed")
        if self._app.several:
            self._asking.tell("with-whom")
        return self._perhaps_newer(resumed, relation), words

    def _perhaps_newer(self, session: Session, relation: Relation) -> Session:
        """`session`, or the one that goes on in its place with the pack as it is now."""
        if self._wishes.newer == "as begun":
            return session
        from reflect.application.newer import newer, take

        offer = newer(self._app, relation, session)
        if offer is None:
            return session
        self._asking.tell("newer-pack")
        self._asking.list("newer-kept", offer.kept)
        self._asking.list("newer-new", offer.new)
        self._asking.list("newer-aside", offer.aside)
        if self._wishes.newer == "ask" and not (
            self._screen.patient and self._asking.agrees("newer-ask")
        ):
            self._asking.tell("newer-left")
            return session
        self._asking.tell("newer-taken")
        return take(self._app, session, offer)

    def _from_elsewhere(self, session: str, relation: Relation) -> Session:
        """Wait until the other window is closed, or take the session from it."""
        script = self._app.script(language=self._language_of(relation))
        self._asking.speak(script, Words(script, relation.me, relation.other))
        while True:
            since = self._app.store.session(session).updated[11:16]
            self._asking.tell("elsewhere", since=since)
            line = parse(self._asking.line())
            try:
                return resume(self._app, session, over=line == Command("take"))
            except StoreError as error:
                if error.code != "session-open-elsewhere":
                    raise


def ago(days: int, words: Words) -> str:
    """How long ago the last session was, in the largest whole unit that says enough."""
    if days <= 0:
        return words.say("ago-today")
    if days == 1:
        return words.say("ago-yesterday")
    if days < 14:
        return words.say("ago-days", n=counted(days, words))
    if days < 61:
        return words.say("ago-weeks", n=counted(days // 7, words))
    return words.say("ago-months", n=counted(round(days / 30.44), words))


def len_of_journey(app: Application, relation: Relation) -> int:
    """How many sessions of the mentorship have ended; wordings take turns by it."""
    rows = app.store.rows("SELECT COUNT(*) FROM m_sessions WHERE mentorship = ?", (relation.id,))
    return int(rows[0][0])


def _is_of(session: Session, pack: str, stage: str) -> bool:
    """Whether `session` is one of `pack` and `stage`, as far as they are given."""
    started = session.dialogue.started
    return pack in ("", session.dialogue.script.pack) and stage in ("", started.stage)


def _stage_of(script: Script, wish: str) -> Stage:
    """The stage of `script` that is called `wish`. Raises `UsageError` "no-such-stage"."""
    stage = _stage_named(script, wish)
    if stage is not None:
        return stage
    names = [one.id for one in script.stages]
    near = nearest(wish, names)
    hint = f"did you mean {near}?" if near else ", ".join(names)
    raise UsageError("no-such-stage", f"the pack {script.pack} has no stage of that name", hint)


def _stage_named(script: Script, name: str) -> Stage | None:
    wanted = name.casefold()
    for stage in script.stages:
        if wanted in (stage.id.casefold(), stage.title.casefold()):
            return stage
    return None


def _options(script: Script, labels: list[str]) -> tuple[Option, ...]:
    pairs = zip(script.stages, labels, strict=True)
    return tuple(Option(stage.id, label) for stage, label in pairs)
