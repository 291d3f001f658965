"""The order of a session: every slot that is visible, given the answers so far.

A walk is a generator that yields the next slot and is resumed once that slot is
settled; it reads the reply then. It never looks back, so it can stay suspended
while a person thinks and go on in microseconds. Whatever changes an answer
behind it (back, edit, a round taken away) makes a new walk.

What a forgotten answer decided cannot be decided again: what was asked then and is
settled stays, and nothing new is asked because of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Literal

import msgspec

from reflect.dialogue.bearing import bears_questions, is_kept
from reflect.dialogue.given import Given, holds, is_silent, reads
from reflect.dialogue.keys import AGAIN, SHARE, WORDS, probe_key, round_suffix
from reflect.dialogue.moving import moving_slots
from reflect.dialogue.notes import note_slots
from reflect.dialogue.promises import PromiseLoop
from reflect.dialogue.serving import serving_slots
from reflect.dialogue.slots import Replies, Slot, SlotRole, core_slot
from reflect.events import Parts, SessionStarted
from reflect.script import (
    PHASES,
    Block,
    Condition,
    OneOf,
    Option,
    Phase,
    Question,
    Repeat,
    Script,
    Single,
    Template,
)

ACTION_NUDGES = 2
GOAL_NUDGES = 3
GOAL_LONG = ("anew", "kind-of")
"""Follow-ups on one answer at most: one is enough for a thought, a date and an
if-then belong to an action, three letters of SMART to a goal, which a long session rounds off."""

_SMART_HEARD = (("s", "specific"), ("m", "measurable"), ("t", "time-bound"))
_SMART_ASKED = ("achievable", "relevant")
_REWORDED_BY = ("specific", "measurable")
"""After one of these the goal may want another sentence."""
_PART_KINDS: Mapping[str, Literal["due", "owner", "choice"]] = {
    "owner": "owner",
    "due": "due",
    "time-bound": "due",
    "kind-of": "choice",
}
_ASKED: tuple[Phase, ...] = ("worked", "adjust", "next")
"""Phases in which every way through a pack asks something."""
_PARTS = ("owner", "due", "if-then", *(name for _, name in _SMART_HEARD), *_SMART_ASKED)


class Walk:
    """One way through a stage, up to where it stands.

    `given` are the answers that conditions can read there, by question id; `readings` every
    visible answer with its question, by key, rounds that are over included.
    """

    def __init__(self, script: Script, started: SessionStarted, replies: Replies) -> None:
        self.given: dict[str, Given] = {}
        self._script = script
        self._started = started
        self._replies = replies
        self._stage = script.stage(started.stage)
        self.readings: dict[str, tuple[Question, Given]] = {}
        self._forgotten = {
            f"last.{name}" for name, answer in started.last.items() if is_silent(answer)
        }
        self._step = 0
        self._ahead = 0

    def slots(self) -> Iterator[Slot]:
        """Every visible slot in order; each must be settled before the next is taken."""
        yield from note_slots(self._script, self._started)
        yield from PromiseLoop(self._script, self._started, self._replies).slots()
        yield from serving_slots(self._script, self._started)
        plan = [
            (phase, block, _rule(block))
            for phase in PHASES
            for block in self._stage.blocks(phase)
            if self._may_open(block)
        ]
        for (phase, block, rule), self._ahead in zip(plan, _ahead(plan), strict=True):
            if rule is None or self._holds(rule, self._first(block)):
                yield from self._block(phase, block)
        yield from self._shares()
        yield from moving_slots(self._script, self._started, self._replies, self.readings)

    # --- blocks ---

    def _may_open(self, block: Block) -> bool:
        """Whether the block has, at this length, something to ask this person."""
        if isinstance(block, Single):
            return self._is_for(block.question)
        if isinstance(block, OneOf):
            return self._fits(block.deeper) and bool(self._picked(block))
        return self._fits(block.deeper) and self._is_for(block.questions[0])

    def _first(self, block: Block) -> str:
        """The key of the first question that an open block asks."""
        if isinstance(block, Single):
            return block.question.id
        return (self._picked(block) if isinstance(block, OneOf) else block.questions)[0].id

    def _is_asked(self, question: Question, suffix: str = "") -> bool:
        return self._is_for(question) and self._holds(question.when, question.id + suffix)

    def _holds(self, condition: Condition | None, key: str) -> bool:
        """Whether `condition` brings the slot at `key`, or did, if that cannot be told any more."""
        if condition is None or holds(condition, self.given, self._started):
            return True
        forgotten = bool(self._forgotten) and reads(condition, self._forgotten)
        return forgotten and self._is_settled(key)

    def _is_settled(self, key: str) -> bool:
        reply = self._replies.get(key)
        return reply is not None and not reply.draft

    def _is_for(self, question: Question) -> bool:
        role = question.audience in ("both", self._started.role)
        return role and self._fits(question.deeper)

    def _fits(self, deeper: bool) -> bool:
        return not deeper or self._started.length == "long"

    def _block(self, phase: Phase, block: Block) -> Iterator[Slot]:
        self._step += 1
        if isinstance(block, Single):
            yield from self._ask(phase, block.question, rule=block.question.when)
        elif isinstance(block, OneOf):
            for question in self._picked(block):
                yield from self._ask(phase, question, rule=block.when, group=block.id)
        else:
            yield from self._repeat(phase, block)

    def _picked(self, block: OneOf) -> tuple[Question, ...]:
        """The member this session was given; none when no member is for this person."""
        pick = self._started.picks.get(block.id)
        return tuple([member for member in block.members if member.id == pick])

    def _repeat(self, phase: Phase, block: Repeat) -> Iterator[Slot]:
        for number in range(1, block.limit + 1):
            suffix = round_suffix(number)
            if number > 1:
                again = self._again(phase, block, f"{block.id}{AGAIN}{suffix}")
                yield again
                if self._replies[again.key].event.value is not True:
                    break
            if self._was_removed(block.questions[0].id + suffix):
                continue
            yield from self._round(phase, block, suffix)
            first = self.given.get(block.questions[0].id)
            if first is None or first.status != "answered":
                break
        self._forget_round(block)

    def _round(self, phase: Phase, block: Repeat, suffix: str) -> Iterator[Slot]:
        """One round; its answers are known by their bare ids while it lasts."""
        self._forget_round(block)
        start = block.questions[0].id
        for question in block.questions:
            if question.id != start and not self._is_asked(question, suffix):
                continue
            rule = question.when or block.when
            yield from self._ask(phase, question, rule, block.id, suffix, start + suffix)
            if question.id == start and self.given[start].status != "answered":
                return

    def _again(self, phase: Phase, block: Repeat, key: str) -> Slot:
        text = self._script.core["again"]
        slot = core_slot(key, text, "again", "yesno", subject="")
        return msgspec.structs.replace(
            slot,
            wordings=block.again or text.ask,
            phase=phase,
            group=block.id,
            step=self._step,
            steps=self._step + self._ahead,
        )

    def _was_removed(self, key: str) -> bool:
        return key in self._replies and self._replies[key].event.status == "removed"

    def _forget_round(self, block: Repeat) -> None:
        for question in block.questions:
            self.given.pop(question.id, None)
            self._forgotten.discard(question.id)

    # --- one question and what follows on it ---

    def _ask(
        self,
        phase: Phase,
        question: Question,
        rule: Condition | None = None,
        group: str = "",
        suffix: str = "",
        round: str = "",
    ) -> Iterator[Slot]:
        key = question.id + suffix
        slot = Slot(
            key=key,
            role="question",
            wordings=question.ask,
            kind=question.kind,
            question=question,
            phase=phase,
            rule=rule,
            group=group,
            round=round,
            step=self._step,
            steps=self._step + self._ahead,
            how=question.how,
            example=question.example,
            options=question.options,
        )
        yield slot
        reply = self._replies[key]
        self._read(question, Given(key, reply.seq, reply.seq, reply.event, reply.event.value))
        if reply.event.status == "answered":
            yield from self._follow_up(slot, question)

    def _follow_up(self, slot: Slot, question: Question) -> Iterator[Slot]:
        """The first probe that fires, then what an action or a goal still lacks."""
        parts = self.given[question.id].event.parts
        if not bears_questions(parts, slot.phase):
            return
        asked = 0
        for probe in question.probes:
            key = probe_key(slot.key, probe.id)
            if self._holds(probe.when, key):
                asked += 1
                yield _after(slot, key, role="probe", rule=probe.when, wordings=probe.ask)
                self._join(slot, question, key)
                break
        parts = self.given[question.id].event.parts
        if (
            question.is_text
            and question.keep in ("action", "goal")
            and is_kept(question.keep, parts)
        ):
            missing = self._missing(slot.key, question, asked)
            yield from self._parts(slot, chain(missing, self._rounding_off(slot.key, question)))

    def _parts(self, slot: Slot, names: Iterator[str]) -> Iterator[Slot]:
        """One question for each of `names`; after a grave reply nobody asks for a date."""
        for name in names:
            part = self._part(slot, name)
            yield part
            if self._replies[part.key].event.parts.weight in ("grave", "danger"):
                return

    def _join(self, slot: Slot, question: Question, key: str) -> None:
        """From here on the answer is read together with the reply to its probe."""
        reply = self._replies[key]
        if reply.event.status == "answered":
            answer = self._replies[slot.key]
            value = answer.event.value
            self._read(question, Given(slot.key, answer.seq, reply.seq, reply.event, value))

    def _read(self, question: Question, answer: Given) -> None:
        self.given[question.id] = answer
        if answer.is_forgotten:
            self._forgotten.add(question.id)
        self.readings[answer.key] = (question, answer)

    def _missing(self, key: str, question: Question, asked: int) -> list[str]:
        """What the action or goal at `key` still lacks, after `asked` follow-ups."""
        answer = self.given[question.id]
        if answer.is_forgotten:
            return [part for part in _PARTS if self._is_settled(f"{key}/{part}")]
        if question.keep == "action":
            return _action_lacks(answer.event.parts)[: ACTION_NUDGES - asked]
        letters = answer.event.parts.letters
        missing = [name for letter, name in _SMART_HEARD if letter not in letters]
        if self._started.length == "long":
            missing.extend(_SMART_ASKED)
        return missing[: GOAL_NUDGES - asked]

    def _rounding_off(self, key: str, question: Question) -> Iterator[str]:
        """In a long session: the goal in one sentence anew, and whether it is for work or for oneself."""
        answer = self.given[question.id]
        if question.keep != "goal":
            return
        for part in (part for part in GOAL_LONG if part in self._script.core):
            if answer.is_forgotten:
                if self._is_settled(f"{key}/{part}"):
                    yield part
            elif self._started.length == "long" and self._is_due(part, key, answer):
                yield part

    def _is_due(self, part: str, key: str, answer: Given) -> bool:
        if part == "kind-of":
            return not answer.event.parts.kind_of
        replies = (self._replies.get(f"{key}/{name}") for name in _REWORDED_BY)
        return any(reply is not None and reply.event.status == "answered" for reply in replies)

    def _part(self, slot: Slot, part: str) -> Slot:
        text = self._script.core[part]
        return _after(
            slot,
            f"{slot.key}/{part}",
            role="part",
            kind=_PART_KINDS.get(part, "text"),
            wordings=text.ask,
            how=text.how,
            example=text.example,
            options=text.options,
        )

    # --- core's own questions ---

    def _shares(self) -> Iterator[Slot]:
        """The answers that are decided one by one, before the summary."""
        for answer, (question, given) in tuple(self.readings.items()):
            if question.share != "at the end" or given.status != "answered":
                continue
            key = SHARE + answer
            yield core_slot(key, self._script.core["share"], "share", "choice", answer)
            if self._replies[key].event.value == "words":
                words = self._script.core["share-words"]
                yield core_slot(key + WORDS, words, "words", "text", answer)


def _ahead(plan: list[tuple[Phase, Block, Condition | None]]) -> list[int]:
    """Behind each block of `plan`, how many more are asked as far as one can tell: those without a rule.

    A later phase in which all hangs on the answers counts as one: something will be asked there.
    """
    sure = {phase for phase, _, rule in plan if rule is None}
    found = []
    left, later, last = 0, 0, None
    for phase, _, rule in reversed(plan):
        if last not in (None, phase):
            later += last in _ASKED and last not in sure
        found.append(left + later)
        left += rule is None
        last = phase
    return found[::-1]


def _rule(block: Block) -> Condition | None:
    """What has to hold for a block to be asked; None for one that is asked whatever is answered before."""
    return block.question.when if isinstance(block, Single) else block.when


def _action_lacks(parts: Parts) -> list[str]:
    missing = ["owner"] if parts.owner == "unclear" else []
    if parts.due is None and parts.due_words is None:
        missing.append("due")
    return [*missing, "if-then"]


def _after(
    slot: Slot,
    key: str,
    *,
    role: SlotRole,
    wordings: tuple[Template, ...],
    rule: Condition | None = None,
    kind: Literal["text", "due", "owner", "choice"] = "text",
    how: Template = (),
    example: Template = (),
    options: tuple[Option, ...] = (),
) -> Slot:
    """A follow-up on `slot`: the same place in the session, another key and other words."""
    return Slot(
        key=key,
        role=role,
        wordings=wordings,
        kind=kind,
        question=slot.question,
        phase=slot.phase,
        subject=slot.key,
        rule=rule,
        group=slot.group,
        round=slot.round,
        step=slot.step,
        steps=slot.steps,
        how=how,
        example=example,
        options=options,
    )
