"""Files opened one after the other in a home of either side, and what has to hold for each of them.

A file is refused, with a code, and then every byte of the home is as it was; or it is taken whole,
and then everything that shows it works. Each within `MOST_MS` of processor time.
"""

from __future__ import annotations

import shutil
import time
import traceback
from abc import ABC, abstractmethod
from collections import Counter
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from reflect.application.keeping_keys import identities
from reflect.application.wiring import Application
from reflect.errors import ReflectError
from reflect.settings import NO_PLUGINS
from reflect.sharing.shared import Bundle
from reflect.text import for_terminal
from tests.faults.tampered import Tamperer

MOST_MS = 250
LATER = datetime.fromisoformat("2026-11-29T18:00:00+01:00")
_PASSING = ("logs", "cache")


class Good(NamedTuple):
    """Two homes between which a round is done, what either sends next (as JSON), and both keys."""

    amina: Path
    daniel: Path
    shared: bytes
    reply: bytes
    keys: list[str]


class Came(NamedTuple):
    """How many were taken, which codes the others were refused with, and what fell over or took too long."""

    taken: int
    refused: Counter[str]
    fell: list[str]
    slowest: float


def contents(home: Path) -> dict[str, str]:
    """What is in every file of a home, as a digest; empty ones and shared memory hold nothing."""
    files = (file for file in home.rglob("*") if file.is_file() and not file.name.endswith("-shm"))
    return {
        str(file.relative_to(home)): sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.relative_to(home).parts[0] not in _PASSING and file.stat().st_size
    }


class Side(ABC):
    """A home in which files are opened, put back after each that was taken."""

    def __init__(self, good: Path, place: Path) -> None:
        self._good = good
        self.home = place
        self._fresh()

    def _fresh(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self._good, self.home)
        environ = {"REFLECT_HOME": str(self.home), "REFLECT_TODAY": "2026-11-29"}
        self.app = Application(environ, clock=lambda: LATER, plugins=NO_PLUGINS)
        _ = self.app.store
        self._before = contents(self.home)
        self._known = self.state()

    def close(self) -> None:
        self.app.close()

    def open(self, data: bytes) -> tuple[str, float]:
        """Open a file: the code it was refused with, "" for none, and the milliseconds it took."""
        began = time.process_time()
        try:
            bundle = self.take(data)
        except ReflectError as error:
            took = (time.process_time() - began) * 1000
            assert contents(self.home) == self._before, (
                f"{error.code}, but the home is not as it was"
            )
            assert for_terminal(str(error)) == str(error) and len(str(error)) < 200
            return error.code, took
        took = (time.process_time() - began) * 1000
        if self.state() == self._known:
            assert contents(self.home) == self._before or self.may_mark
        else:
            self.check(bundle)
        self.app.close()
        self._fresh()
        return "", took

    may_mark = False
    """Whether a file that brings nothing may still be remembered as the one looked at last."""

    @abstractmethod
    def take(self, data: bytes) -> Bundle:
        """Open it as the command does, to the point where it is kept."""

    @abstractmethod
    def state(self) -> object:
        """What a file can change."""

    @abstractmethod
    def check(self, bundle: Bundle) -> None:
        """Everything of it is there, and everything that shows it works."""


class Mentee(Side):
    """`reflect receive`."""

    def take(self, data: bytes) -> Bundle:
        from reflect.application.receiving import opened, receive

        bundle = opened(self.app, data)
        if bundle.shared is not None:
            from reflect.application.reviewing import file_away

            file_away(self.app, bundle)
        else:
            receive(self.app, bundle)
        return bundle

    def state(self) -> object:
        reviews = [self.app.store.events(one) for one in self.app.store.reviews()]
        return self.app.store.events(self._relation.id), reviews

    def check(self, bundle: Bundle) -> None:
        from reflect.application.notes import kept, shown
        from reflect.application.taking import accept, decline
        from reflect.events import NotesReceived

        if bundle.reply is None:
            return
        events = self.app.store.events(self._relation.id)
        here = {
            (one.id, one.revision)
            for event in events
            if isinstance(event, NotesReceived)
            for one in event.notes
        }
        assert {(one.id, one.revision) for one in bundle.reply.notes} <= here, "not whole"
        known = kept(self.app, self._relation)
        assert len(shown(self.app, self._relation, known)) == len(known)
        for number, one in enumerate(known):
            try:
                (decline if number % 4 == 3 else accept)(self.app, self._relation, one.number)
            except ReflectError as error:
                assert error.code in ("note-not-waiting", "note-about-nothing"), error.code
        assert not list(self.app.store.check())
        self._begins()

    def _begins(self) -> None:
        """The next session opens with it."""
        from reflect.application.begin import begin_session
        from reflect.terminal.layout import PLAIN, Page
        from reflect.terminal.view import turn_blocks
        from reflect.terminal.words import Words

        script = self.app.script("rounds", "en")
        words = Words(self.app.script(), "Amina", "Daniel")
        session = begin_session(self.app, self._relation, script, script.stages[0], "short")
        for _ in range(20):
            if session.turn is None or session.turn.role == "question":
                break
            blocks = turn_blocks(session.turn, words, None, patient=False)
            text = Page().text(blocks, PLAIN)
            assert for_terminal(text) == text
            session.say("")

    @property
    def _relation(self) -> Any:
        found = self.app.relation()
        assert found is not None
        return found


class Mentor(Side):
    """`reflect review FILE`."""

    may_mark = True

    def take(self, data: bytes) -> Bundle:
        from reflect.application.reviewing import file_away, needs_passphrase, opened

        own = identities(self.app)
        if needs_passphrase(data):
            raise ReflectError("needs-passphrase", "", "")
        bundle = opened(data, own)
        file_away(self.app, bundle)
        return bundle

    def state(self) -> object:
        return [self.app.store.events(one) for one in self.app.store.reviews()]

    def check(self, bundle: Bundle) -> None:
        from reflect.application.phrasing import phrases
        from reflect.application.review_searching import search
        from reflect.application.reviewing import case, listed
        from reflect.review.places import places
        from reflect.review.telling import Telling, compared
        from reflect.sharing.brief import brief
        from reflect.sharing.sheet import as_text

        found = case(self.app, bundle.mentorship)
        assert listed(self.app)
        says = phrases(self.app, found.language)
        lines: list[str] = [*compared(found, says, 60)]
        for filed in found.files:
            telling = Telling(found, filed, says, 60)
            assert len({one.number for one in places(found, filed)}) == len(places(found, filed))
            lines += [*telling.open_ones(), *telling.transcript(), *telling.on_the_whole()]
            lines.append(as_text(brief(filed.shared, says), 60))
        assert all(for_terminal(line) == line for line in lines)
        search(self.app, "a* the", None)
        _ = found.owed, found.offered, found.asked, found.unsent, found.takings
        if any(one.share == bundle.share for one in found.files):
            (own,) = (one.shared for one in found.files if one.share == bundle.share)
            assert bundle.shared is not None and len(own.items) == len(bundle.shared.items)


def run(good: Good, number: int, seed: int) -> Came:
    """Open `number` files, by turns on either side."""
    refused: Counter[str] = Counter()
    fell: list[str] = []
    taken, slowest = 0, 0.0
    with TemporaryDirectory() as folder:
        sides: tuple[Side, ...] = (
            Mentee(good.amina, Path(folder, "amina")),
            Mentor(good.daniel, Path(folder, "daniel")),
        )
        made = (Tamperer(good.reply, good.keys, seed), Tamperer(good.shared, good.keys, seed))
        for at in range(number):
            side = sides[at % 2]
            try:
                code, took = side.open(made[at % 2].file(at // 2))
            except Exception:
                fell.append(f"{type(side).__name__} {at // 2}: {traceback.format_exc()[-1500:]}")
                side.close()
                side._fresh()
                continue
            taken, slowest = taken + (not code), max(slowest, took)
            refused[code] += bool(code)
            if took > MOST_MS:
                fell.append(f"{type(side).__name__} {at // 2}: {took:.0f} ms")
        for side in sides:
            side.close()
    return Came(taken, +refused, fell, slowest)
