"""One home of a person, on one device, beside what it should hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from reflect.application.begin import begin_session, resume, stage_for
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.events import (
    Answered,
    Event,
    Kept,
    Refused,
    Reopened,
    SessionFinished,
    ShareChanged,
    StageMoved,
)
from reflect.mentorship.relation import Relation
from reflect.script import Length, Script, Share
from reflect.settings import NO_PLUGINS
from reflect.text import clean_input
from reflect.transcripts.store import Store

from .record import Copies, Erased, Record, belongs, essences, identities, left_of, standing

START = datetime.fromisoformat("2026-11-21T18:00:00+01:00")


class Clock:
    """What time it is, everywhere."""

    now = START

    def __call__(self) -> datetime:
        return self.now


class Kit:
    """What every home shares: packs, word lists, the clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.base = Application({"REFLECT_HOME": str(folder)}, clock=self.clock, plugins=NO_PLUGINS)

    def app(self, root: Path) -> Application:
        """The program, started in the home at `root`."""
        made = self.base.apart(root)
        made._ears = self.base._ears
        self.base.ear("en")
        return made


class Device:
    """A home in which a person answers; every door tells the model what was acknowledged."""

    def __init__(self, kit: Kit, folder: Path, name: str) -> None:
        self.kit = kit
        self.folder = folder
        self.name = name
        self.times = 0
        self.record = Record()
        self.session: Session | None = None
        self.said: set[str] = set()
        self.root = folder / f"{name}-0"
        self.app = kit.app(self.root)
        self.shown: tuple[str, bytes | None] | None = None

    # --- looking -----------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """The record itself."""
        return self.app.store

    @property
    def relation(self) -> Relation | None:
        """The mentorship, once one was begun or brought here."""
        return self.app.relation()

    @property
    def mentorship(self) -> str:
        """Its id."""
        assert self.relation is not None
        return self.relation.id

    @property
    def turn(self) -> Any:
        """What is asked now, if a session is under way."""
        return self.session.turn if self.session else None

    # --- sessions ----------------------------------------------------------------------

    def begin(self, script: Script, length: Length) -> None:
        """Sit down; where a session is open, go on with it."""
        relation = self.relation
        assert relation is not None
        if self.store.open_session(relation.id) is not None:
            self.go_on()
            return
        stage = stage_for(script, relation)
        self.session = begin_session(self.app, relation, script, stage, length)
        self.record.sessions[self.session.id] = list(self.session.dialogue.events)

    def go_on(self, *, over: bool = False) -> None:
        """Take up the open session: the same is asked as before."""
        found = self.store.open_session(self.mentorship) if self.relation else None
        if self.session is not None or found is None:
            return
        self.session = resume(self.app, found.id, over=over)
        shown, self.shown = self.shown, None
        if shown is not None and shown[0] == found.id:
            assert self._shot() == shown[1], "another question is asked after a restart"

    def _shot(self) -> bytes | None:
        return msgspec.json.encode(self.turn) if self.turn is not None else None

    def leave(self) -> None:
        """Pause what is under way."""
        if self.session is not None:
            self.shown = (self.session.id, self._shot())
            self.session.pause()
            self.session = None

    def acknowledged(self, refused: Refused | None, typed: str | None = None) -> None:
        """What the session took for done is told to the model; a refusal leaves all as it was."""
        assert self.session is not None
        known = self.record.sessions[self.session.id]
        events = self.session.dialogue.events
        assert len(events) == len(known) + (refused is None)
        if refused is not None:
            return
        event = events[-1]
        if isinstance(event, Answered) and event.status == "answered" and typed is not None:
            assert event.text.split() == clean_input(typed).split(), "an answer was altered"
        assert isinstance(event, (Answered, Kept, Reopened))
        known.append(event)

    def finish(self, how: Any) -> None:
        """End the session."""
        assert self.session is not None
        self.session.finish(how)
        end = self.session.dialogue.events[-1]
        assert isinstance(end, SessionFinished)
        self.record.sessions[self.session.id].append(end)
        self.session = None
        self.grown(StageMoved)

    # --- the journey -------------------------------------------------------------------

    def grown(self, *kinds: type[Event]) -> list[Event]:
        """The journey went on, by events of these kinds only; gives them."""
        events = list(self.store.events(self.mentorship))
        before = len(self.record.journey)
        assert events[:before] == self.record.journey, "what was noted by hand was altered"
        new = events[before:]
        assert all(isinstance(one, kinds) for one in new), {type(one).__name__ for one in new}
        self.record.journey = events
        return new

    def erase(self, gone: Erased, *kinds: type[Event]) -> None:
        """What was erased is taken out of the model, and only that may be different here."""
        self.record.erase(gone)
        self.shown = None
        for name, events in self.record.sessions.items():
            found = list(self.store.events(name))
            assert essences(found) == essences(events), "erasing touched something else"
            self.record.sessions[name] = found
        self.grown(*kinds)

    # --- two devices -------------------------------------------------------------------

    def merge(self, path: Path, other: Record, copies: Copies) -> None:
        """Bring in the record at `path`, which holds `other`."""
        self.leave()
        ours = [
            left_of(one, "", self.record.erased.plus(other.erased)) for one in self.record.journey
        ]
        theirs = [left_of(one, "", self.record.erased.plus(other.erased)) for one in other.journey]
        self.store.merge(path)
        found = {row.id: self.store.events(row.id) for row in self.store.sessions()}
        self.record.unite(other, copies, found)
        assert found.keys() == self.record.sessions.keys()
        for name, events in self.record.sessions.items():
            assert essences(found[name]) == essences(events), "two homes are not united"
        self.record.sessions = {name: list(events) for name, events in found.items()}
        self.record.journey = list(self.store.events(self.mentorship)) if self.relation else []
        both = {*identities(ours), *identities(theirs)}
        assert set(identities(self.record.journey)) == both
        assert standing([self.record.journey]) == standing([ours, theirs])
        self.shown = None

    # --- restarts ----------------------------------------------------------------------

    def restart(self, how: str) -> None:
        """Stop the program, at an end, in the middle or by pulling the plug, and start it again."""
        if how == "paused":
            self.leave()
        elif self.session is not None:
            self.shown = (self.session.id, self._shot())
        if how == "killed":
            # What a killed process leaves is what the files hold while it has them open.
            self.moved()
        else:
            self.app.close()
        self.session = None
        self.app = self.kit.app(self.root)
        self.go_on(over=how != "paused")

    def moved(self, *, empty: bool = False) -> None:
        """The home stands in another folder, as its files are now, or with nothing in it."""
        self.times += 1
        old, self.root = self.root, self.folder / f"{self.name}-{self.times}"
        if not empty:
            shutil.copytree(old, self.root, ignore=shutil.ignore_patterns("*-shm"))
        self.app.close()
        shutil.rmtree(old)

    # --- what must hold ----------------------------------------------------------------

    def check(self) -> None:
        """Everything that was acknowledged is there, once and unaltered; what was erased is nowhere."""
        store = self.store
        for name, events in self.record.sessions.items():
            assert list(store.events(name)) == events, "what was acknowledged is not what is kept"
        assert {row.id for row in store.sessions()} == self.record.sessions.keys()
        if self.relation is not None:
            assert list(store.events(self.mentorship)) == self.record.journey
        self._is_gapless()
        assert [str(one) for one in store.check()] == []
        self._nothing_erased_is_left()
        self.asks_nothing_twice()

    def _is_gapless(self) -> None:
        rows = self.store.rows(
            "SELECT t.id, t.length, COUNT(e.seq), COUNT(DISTINCT e.seq), MIN(e.seq), MAX(e.seq)"
            " FROM streams t LEFT JOIN events e ON e.stream = t.number GROUP BY t.number"
        )
        ids = [row[0] for row in rows]
        assert len(set(ids)) == len(ids)
        for _, length, *found in rows:
            assert found == [length, length, 0, length - 1]

    def _nothing_erased_is_left(self) -> None:
        gone = self.record.gone
        if not gone:
            return
        data = b"".join(one.read_bytes() for one in sorted(self.root.rglob("*")) if one.is_file())
        # The index keeps words without what they share with their neighbours: look for their ends.
        left = {word for word in gone if word[-7:].encode() in data}
        assert not left, f"{len(left)} erased words are still there"
        for word in sorted(gone)[:2]:
            assert self.store.search(word) == []

    def asks_nothing_twice(self) -> None:
        """What was settled is not asked again."""
        if self.session is None or self.turn is None:
            return
        events, key = self.record.sessions[self.session.id], self.turn.key
        if not is_settled(events, key):
            return
        raise AssertionError("a question that was settled is asked again")


def is_settled(events: Iterable[Event], key: str) -> bool:
    """Whether what is asked at `key` was settled, and nothing since made it open again."""
    settled = False
    for event in events:
        if isinstance(event, (Answered, Kept)) and event.key == key:
            settled = True
        elif (isinstance(event, Reopened) and event.key == key) or (
            isinstance(event, Answered) and belongs(key, event.key)
        ):
            settled = False
    return settled


def is_private(session: list[Event], journey: list[Event], name: str, key: str, own: Share) -> bool:
    """Whether the mentee decided, or the pack, that the answer at `key` of `name` stays private."""
    decided = [
        one.value if one.status == "answered" else None
        for one in session
        if isinstance(one, Answered) and one.key == f"core.share@{key}"
    ]
    later = [
        one.share
        for one in journey
        if isinstance(one, ShareChanged) and (one.session, one.key) == (name, key)
    ]
    if later:
        return later[-1] != "yes"
    if decided and decided[-1] != "share":
        return decided[-1] is not None or own != "yes"
    return own == "no" or (own == "at the end" and not decided)
