"""Watching a session: which questions, probes and sides of conditions it has come by so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reflect.dialogue.given import Given, holds
from reflect.dialogue.keys import probe_key
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.slots import Slot
from reflect.events import Answered, Said, SessionStarted
from reflect.rehearsal.outcome import Point
from reflect.script import PHASES, Block, OneOf, Question, Repeat, Single


def reached(dialogue: Dialogue, told: Collection[str]) -> Iterator[Point]:
    """What `dialogue` has come by; of the slot that is open now only when its key was `told`."""
    current = dialogue.slot
    shown = [*dialogue.visible, *([current] if current and current.key in told else [])]
    for slot in shown:
        yield from _asked(slot, dialogue)
    for slot in dialogue.visible:
        yield from _probes(slot, dialogue)
    for block in _decided(dialogue):
        yield from _conditions(block, dialogue)


def checked(dialogue: Dialogue, said: Said) -> Iterator[Point]:
    """The `must` checks that `said` meets at the open slot: those that hold, and the first that does not."""
    slot = dialogue.slot
    if slot is None or slot.question is None or slot.role != "question" or not said.text:
        return
    event = Answered(key=slot.key, at="", text=said.text, value=said.value, heard=said.heard)
    given = {slot.question.id: Given(slot.key, 0, 0, event, said.value)}
    for number, must in enumerate(slot.question.must, 1):
        side = holds(must.check, given, dialogue.started)
        yield Point("must", slot.question.id, str(number), side)
        if not side:
            return


# --- questions and probes ----------------------------------------------------------


def _asked(slot: Slot, dialogue: Dialogue) -> Iterator[Point]:
    if slot.question is None or slot.role != "question":
        return
    reply = dialogue.replies.get(slot.key)
    turn = dialogue.turn
    wording = reply.event.wording if reply else turn.wording if turn else 0
    yield Point("question", slot.question.id)
    yield Point("wording", slot.question.id, str(wording + 1))


def _probes(slot: Slot, dialogue: Dialogue) -> Iterator[Point]:
    """The probes that were weighed on an answer: those that were quiet, and the first that asked."""
    reply = dialogue.replies[slot.key]
    if slot.question is None or slot.role != "question" or reply.event.status != "answered":
        return
    keys = {one.key for one in (*dialogue.visible, dialogue.slot) if one is not None}
    for probe in slot.question.probes:
        fired = probe_key(slot.key, probe.id) in keys
        yield Point("probe", slot.question.id, probe.id, fired)
        if fired:
            return


# --- conditions --------------------------------------------------------------------


def _decided(dialogue: Dialogue) -> list[Block]:
    """The blocks that were come to so far, the one that is open now included."""
    stage = dialogue.script.stage(dialogue.started.stage)
    blocks = [block for phase in PHASES for block in stage.blocks(phase)]
    slot = dialogue.slot
    if slot is None or slot.role in ("share", "words", "move"):
        return blocks
    if slot.role in ("note", "promise", "outcome", "serves"):
        return []
    return blocks[: next(n for n, block in enumerate(blocks, 1) if _holds_slot(block, slot))]


def _holds_slot(block: Block, slot: Slot) -> bool:
    if isinstance(block, Single):
        return slot.question is not None and slot.question.id == block.question.id
    return slot.group == block.id


def _conditions(block: Block, dialogue: Dialogue) -> Iterator[Point]:
    started, given = dialogue.started, dialogue.walk.given
    if isinstance(block, Single):
        yield from _when(block.question, given, started)
        return
    if block.when and _fits(block.deeper, started):
        yield Point("when", block.id, side=holds(block.when, given, started))
    if isinstance(block, OneOf):
        for member in block.members:
            yield from _when(member, {}, started)
    else:
        yield from _rounds(block, dialogue)


def _when(
    question: Question, given: Mapping[str, Given], started: SessionStarted
) -> Iterator[Point]:
    mine = question.audience in ("both", started.role) and _fits(question.deeper, started)
    if question.when and mine:
        yield Point("when", question.id, side=holds(question.when, given, started))


def _fits(deeper: bool, started: SessionStarted) -> bool:
    return not deeper or started.length == "long"


def _rounds(block: Repeat, dialogue: Dialogue) -> Iterator[Point]:
    """The conditions inside a repeat, as each round read them."""
    slot, readings = dialogue.slot, dialogue.walk.readings
    first = block.questions[0].id
    for key in [key for key in readings if key.partition("#")[0] == first]:
        suffix = key.removeprefix(first)
        own = {
            q.id: readings[q.id + suffix][1] for q in block.questions if q.id + suffix in readings
        }
        given = {**dialogue.walk.given, **own}
        for question in block.questions[1:]:
            yield from _when(question, given, dialogue.started)
            if slot is not None and slot.question is question and slot.round == key:
                break
