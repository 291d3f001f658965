"""Sessions one after the other, with made-up answers and what they leave behind: no store, no screen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

import msgspec

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.dialogue.turn import Turn
from reflect.events import GoalRef, LastAnswer, Promise, Ref, Refused, Whereabouts
from reflect.listening.ear import Ear
from reflect.memory import Memory
from reflect.mentorship.item import CLOSED
from reflect.mentorship.items import checks, items
from reflect.script import Length, Placeholder, Question, Role, Script, Template

FIRST = datetime.fromisoformat("2026-03-02T18:00:00+00:00")
VAGUE = ("It was fine", "Things are better in general", "This and that", "Quite a lot really")
TELLING = (
    "I wrote the three worst patients on a card and read them out",
    "Ask Mick for the old wiring plans",
    "He showed me the scar on his thumb and how he got it",
    "Pass the licence exam by the end of June",
    "I am worried, and I never have time because we are short-staffed",
    "My supervisor never reads anything I send him",
    "Maybe I might perhaps bring something, I guess",
    "Somebody will book the container",
)


class Put(NamedTuple):
    """One question as it was put: where it comes from, its key, and its text with placeholders unfilled."""

    role: str
    key: str
    text: str
    step: int


class Journey:
    """One person's sessions of one stage, each starting from what those before left."""

    def __init__(
        self,
        script: Script,
        ear: Ear,
        stage: str,
        length: Length,
        random: Random,
        role: Role = "mentee",
    ) -> None:
        self.script, self.ear, self.stage, self.length = script, ear, stage, length
        self.role: Role = role
        self.random = random
        self.now = FIRST
        self.sessions = 0
        self.used: dict[str, dict[int, int]] = {}
        self.last: dict[str, LastAnswer] = {}
        self.promises: dict[str, Promise] = {}
        self.goals: dict[str, GoalRef] = {}
        self.kept = 0
        self.offered: date | None = None
        self.past: dict[tuple[str, int], str] = {}

    def session(self) -> list[Put]:
        """Hold the next session, some days after the last; what was put, in order."""
        days = self.random.choice((0, 3, 14, 30, 55)) if self.sessions else 0
        last_day = self.now.date().isoformat() if self.sessions else None
        self.now += timedelta(days=days)
        memory = Memory(
            sessions=self.sessions,
            last_day=last_day,
            items={},
            promises=tuple(self.promises.values()),
            last=self.last,
            used=self.used,
            asked={text: max(wordings.values()) for text, wordings in self.used.items()},
            goals=tuple(self.goals.values())[:5],
            last_stage=self.stage if self.sessions else "",
            whereabouts=self._whereabouts(),
        )
        names = {"mentorship": "m", "digest": "", "mentee": "Amina", "mentor": "Daniel"}
        started = start(
            self.script,
            memory,
            self.now,
            stage=self.stage,
            length=self.length,
            role=self.role,
            **names,
        )
        dialogue = Dialogue(self.script, [started], self.past)
        put = []
        while dialogue.turn is not None:
            put.append(_put(dialogue))
            dialogue.apply(self._event(dialogue, dialogue.turn))
        self.sessions += 1
        self._remember(dialogue)
        return put

    def _whereabouts(self) -> Whereabouts:
        state = next(iter(self.script.stage(self.stage).lifecycle), "work")
        offered = self.offered.isoformat() if self.offered else None
        return Whereabouts(state, self.sessions, kept=self.kept, asked=offered)

    def _event(self, dialogue: Dialogue, turn: Turn):
        """An answer that is taken; what is refused is skipped."""
        slot = dialogue.slot
        text = self._answer(turn, slot.question if slot else None)
        event = dialogue.hear(self.ear.hear(text, turn.expectation, self.now), self.now)
        if isinstance(event, Refused):
            event = dialogue.skip(self.now)
        assert not isinstance(event, Refused), turn.key
        return event

    def _answer(self, turn: Turn, question: Question | None) -> str:
        if self.random.random() < 0.1:
            return ""
        if turn.options:
            return self.random.choice(turn.options).id
        kind = turn.expectation.kind
        if kind in ("scale", "number"):
            return str(self.random.randint(1, 5))
        if kind == "yesno":
            return self.random.choice(("yes", "yes", "no"))
        if kind in ("due", "date"):
            return self.random.choice(("Friday", "end of June", "our next meeting"))
        probes = question.probes if question and turn.role == "question" else ()
        examples = [text for probe in probes for text in (*probe.fires, *probe.quiet)]
        return self.random.choice((*VAGUE, *TELLING, *examples))

    def _remember(self, dialogue: Dialogue) -> None:
        name = f"s{self.sessions}"
        for slot in dialogue.visible:
            event = dialogue.replies[slot.key].event
            self.used.setdefault(text_id(slot.key), {})[event.wording] = self.sessions
        for key, (question, given) in dialogue.walk.readings.items():
            if key == question.id:
                self.past[name, given.base] = dialogue.words_at(Ref("", given.base))
                self.last[key] = LastAnswer(Ref(name, given.base), given.status, given.value)
        self._remember_promises(dialogue, name)

    def _remember_promises(self, dialogue: Dialogue, name: str) -> None:
        if any(slot.role == "move" for slot in dialogue.visible):
            self.offered = self.now.date()
        for check in checks(dialogue, name):
            self.kept += check.outcome == "kept"
            promise = self.promises.pop(check.item)
            if check.outcome not in CLOSED:
                not_yet = promise.not_yet + 1 if check.outcome == "not-yet" else 0
                self.promises[check.item] = msgspec.structs.replace(
                    promise, due=check.due or promise.due, not_yet=not_yet
                )
        for item in items(dialogue, name):
            if item.kind == "goal":
                self.goals[item.id] = GoalRef(item.id, item.text, "agreed")
            if item.kind == "action" and item.owner not in ("mentor", "other"):
                self.promises[item.id] = Promise(item.id, item.text, item.due, item.day)


def _put(dialogue: Dialogue) -> Put:
    slot, turn = dialogue.slot, dialogue.turn
    assert slot is not None and turn is not None
    return Put(slot.role, slot.key, plain(slot.wordings[turn.wording]), slot.step)


def plain(template: Template) -> str:
    """A text with its placeholders unfilled."""
    return "".join(
        f"{{{piece.key}}}" if isinstance(piece, Placeholder) else piece for piece in template
    )
