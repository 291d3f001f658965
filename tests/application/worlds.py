"""Two worlds that differ in private answers only: the same person, the same sessions, other words in private.

A world is a home with real sessions of a random script, played by the engine without an Ear. What is
answered at a key follows from the seed; at a private one from the number of the world too.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import msgspec

from reflect.application.begin import _freeze, _started
from reflect.application.keeping_keys import use_key
from reflect.application.noting import note
from reflect.application.stored import past_of
from reflect.dialogue.keys import base_key
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.slots import Slot
from reflect.events import (
    Answered,
    ItemNoted,
    MentorshipBegan,
    Refused,
    Said,
    ShareChanged,
    SharingBegan,
    StageMoved,
)
from reflect.mentorship.relation import Relation
from reflect.mentorship.stages import moved_because, moved_to
from reflect.script import Block, Question, Repeat, Script, Single
from reflect.sharing.identities import Identity, make_identity
from reflect.transcripts.values import Stream
from tests.dialogue.generated import _Author, said
from tests.sharing.sessions import QuietApplication

MENTORSHIP = "01KAAAAAAAAAAAAAAAAAAAAAAA"
SECRET = "0123456789abcdef" * 2
BEGAN = datetime.fromisoformat("2026-09-01T09:00:00+02:00")
DAYS = (0, 0, 9, 30)
WORDS = ("fine", "the card with three names", "he talks over me", "w1 w2\nw3 w4", "{mentor} {{")


class Author(_Author):
    """Writes no hard checks: what was refused would be asked again, in private too."""

    def musts(self, name: str) -> tuple:
        return ()


def script_of(seed: int, size: int, *, plain: bool) -> Script:
    """A random script; a `plain` one has no conditions on groups, whose members take turns."""
    written = Author(seed).write(size)
    actions = iter(range(100))
    stage = written.stages[0]
    phases = {
        phase: tuple(_tamed(block, plain, actions) for block in stage.blocks(phase))
        for phase in ("opening", "worked", "adjust", "next", "closing")
    }
    tamed = msgspec.structs.replace(stage, **phases)
    return msgspec.structs.replace(written, stages=(tamed, *written.stages[1:]))


def _tamed(block: Block, plain: bool, actions: Iterator[int]) -> Block:
    """`block` with no more than three actions in all: the fourth would wait, private ones before it."""

    def question(one: Question, in_rounds: bool) -> Question:
        if one.keep != "action":
            return one
        fits = not in_rounds and next(actions) < 3
        return one if fits else msgspec.structs.replace(one, keep=None)

    if isinstance(block, Single):
        return Single(question(block.question, False))
    if isinstance(block, Repeat):
        asked = tuple(question(one, True) for one in block.questions)
        return msgspec.structs.replace(block, questions=asked)
    members = tuple(question(one, True) for one in block.members)
    if plain:
        members = tuple(msgspec.structs.replace(one, when=None) for one in members)
    return msgspec.structs.replace(block, members=members, when=None if plain else block.when)


@cache
def _key() -> Identity:
    """The key of whoever writes, the same in every world."""
    return make_identity(BEGAN.date().isoformat())


class World:
    """A home; `number` is which of the worlds it is."""

    def __init__(self, folder: Path, seed: int, number: int) -> None:
        self.seed = seed
        self.number = number
        self.now = BEGAN
        self.app = QuietApplication({"REFLECT_HOME": str(folder)}, clock=lambda: self.now)
        self.sessions: list[str] = []
        self.canaries: set[str] = set()
        use_key(self.app, _key())
        began = MentorshipBegan(BEGAN.isoformat(), "Ada", "Grace")
        start = StageMoved(BEGAN.isoformat(), "rapport")
        journey = Stream("journey", MENTORSHIP, MENTORSHIP)
        self.app.store.append(journey, 0, [began, start, SharingBegan(began.at, SECRET)])

    @property
    def relation(self) -> Relation:
        found = self.app.relation()
        assert found is not None
        return found

    # --- playing ---

    def sit(self, script: Script, length: str) -> bool:
        """One session; False when more promises were open than are asked about."""
        number = len(self.sessions)
        session = f"01KB{number:02d}AAAAAAAAAAAAAAAAAAAA"
        frozen = _freeze(script)
        started = _started(self.app, self.relation, frozen, script.stages[0], length)  # type: ignore[arg-type]
        started = msgspec.structs.replace(started, role="mentee")
        dialogue = Dialogue(script, [started], past_of(self.app.store, started))
        self._play(dialogue, session)
        dialogue.apply(dialogue.finish(self.now))
        self.app.store.put_script(frozen.digest, frozen.data)
        stream = Stream("session", session, MENTORSHIP)
        state = moved_to(dialogue)
        if state is not None:
            moved = StageMoved(self.now.isoformat(), state, moved_because(dialogue), session)
            note(self.app, MENTORSHIP, moved)
        self.app.store.append(stream, 0, dialogue.events)
        self.sessions.append(session)
        self._later(dialogue, session)
        self.now += timedelta(days=1 + self._of("days", number).choice(DAYS))
        return started.waiting == 0

    def _play(self, dialogue: Dialogue, session: str) -> None:
        for _ in range(400):
            slot = dialogue.slot
            if slot is None:
                return
            dialogue.apply(self._next(dialogue, session))
            if self._is_kept_at_once(dialogue, session, slot):
                kept = dialogue.decide(slot.key, "keep", self.now)
                assert isinstance(kept, Answered)
                dialogue.apply(kept)
        raise AssertionError("the session does not end")

    def _is_kept_at_once(self, dialogue: Dialogue, session: str, slot: Slot) -> bool:
        """Whether `/private` is typed behind the answer."""
        if slot.role != "question" or not self._is_private(dialogue, session, slot.key):
            return False
        answered = dialogue.replies[slot.key].event.status == "answered"
        return answered and self._of("at once", session, slot.key).random() < 0.5

    def _next(self, dialogue: Dialogue, session: str) -> Answered:
        slot, turn = dialogue.slot, dialogue.turn
        assert slot is not None and turn is not None
        base = slot.subject or slot.key
        if slot.role in ("share", "words"):
            return self._decision(dialogue, slot, session, base)
        private = self._is_private(dialogue, session, base)
        rng = self._of(session, slot.key, self.number if private else "")
        # What follows on promises competes for little room, private ones too.
        passes = rng.random() < 0.15 and not (private and self._must_answer(slot))
        if passes or slot.role == "outcome":
            event = dialogue.skip(self.now)
        else:
            event = dialogue.hear(self._said(rng, turn, private), self.now)
        if isinstance(event, Refused):
            event = dialogue.hear(Said("so be it", said(rng, turn).value), self.now)
        assert isinstance(event, Answered), event
        return event

    def _must_answer(self, slot: Slot) -> bool:
        """What is kept private by a word is an answer; the first of a round tells by being there."""
        by_choice = slot.role == "question" and slot.question and slot.question.share != "no"
        return bool(by_choice or (slot.round and slot.key == slot.round))

    def _said(self, rng: Random, turn: object, private: bool) -> Said:
        """An answer; a private one holds a word of its own."""
        texts = WORDS
        if private:
            canary = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=16))
            self.canaries.add(canary)
            texts = (canary, f"{canary} and more", f"I say {canary}")
        found = said(rng, turn, texts)  # type: ignore[arg-type]
        return msgspec.structs.replace(found, problem="")

    def _decision(self, dialogue: Dialogue, slot: Slot, session: str, base: str) -> Answered:
        """What is decided at the end is the same in every world; private is kept, or left open."""
        at = self.now.isoformat()
        if not self._is_private(dialogue, session, base):
            return Answered(slot.key, at, value="share")
        if self._of("decides", session, base).random() < 0.5:
            return Answered(slot.key, at, value="keep")
        return Answered(slot.key, at, status="declined")

    def _is_private(self, dialogue: Dialogue, session: str, base: str) -> bool:
        name = base_key(base).partition("#")[0]
        found = next((one for one in dialogue.script.stages[0].questions() if one.id == name), None)
        if found is None:
            return False
        return found.share == "no" or self._of("private", session, base).random() < 0.3

    def _later(self, dialogue: Dialogue, session: str) -> None:
        """After the session: answers that were open are kept back, and things are noted by hand."""
        at = self.now.isoformat()
        for key, (question, given) in dialogue.walk.readings.items():
            kept = question.share == "yes" and self._is_private(dialogue, session, key)
            if kept and given.status == "answered":
                note(self.app, MENTORSHIP, ShareChanged(at, session, key, "no"))
        rng = self._of("noted", session)
        if rng.random() < 0.3:
            item = f"01KB{len(self.sessions):02d}NAAAAAAAAAAAAAAAAAAA:core.noted"
            share = rng.choice(("yes", "no"))
            words = "noted by hand" if share == "yes" else self._canary(session)
            note(self.app, MENTORSHIP, ItemNoted(at, item, "win", words, share=share))  # type: ignore[arg-type]

    def _canary(self, session: str) -> str:
        word = "".join(self._of("word", session, self.number).choices("abcdefgh", k=16))
        self.canaries.add(word)
        return word

    def _of(self, *names: object) -> Random:
        return Random(f"{self.seed} {names}")


@contextmanager
def worlds(seed: int, numbers: tuple[int, ...] = (1, 2)) -> Iterator[list[World]]:
    """Homes of the same person, one for each of `numbers`, in memory where there is such a place."""
    memory = Path("/dev/shm")
    place = tempfile.mkdtemp(dir=memory if memory.is_dir() else None)
    found = [World(Path(place) / str(number), seed, number) for number in numbers]
    try:
        yield found
    finally:
        for one in found:
            one.app.close()
        shutil.rmtree(place, ignore_errors=True)
