"""Who may see the answers of a session.

An answer is at most as open as its pack says, as the mentee decided, and as everything it
depends on: the answers that decided whether it was asked, through hidden questions too,
and those that its texts quote. Otherwise the mere fact that it was asked would tell what was withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reflect.dialogue.keys import PROMISE, SHARE, base_key
from reflect.dialogue.machine import Dialogue
from reflect.events import Answer, Answered, Ref
from reflect.script import (
    PHASES,
    SHARES,
    Block,
    Condition,
    Hears,
    Question,
    Repeat,
    Script,
    Share,
    Single,
    questions_of,
)

Reads = Mapping[str, frozenset[str]]
"""By question's id, the ids of the answers that decide whether it, or its probe, is asked."""


def shares(dialogue: Dialogue, reads: Reads | None = None) -> dict[str, Share]:
    """Who may see each visible answer with what followed up on it, by the answer's key.

    `reads` is `reads_of` the script and stage, where many sessions of one stage are looked at.
    """
    if reads is None:
        reads = reads_of(dialogue.script, dialogue.started.stage)
    quoted = _quoted(dialogue)
    found: dict[str, Share] = {
        PROMISE + promise.item: promise.share for promise in dialogue.started.promises
    }
    for key, (question, _) in dialogue.walk.readings.items():
        causes = [found[cause] for cause in _causes(key, question.id, reads, found)]
        # Words of an answer that is hidden by now have been taken back.
        words = [found.get(source, "no") for source in quoted.get(key, set()) - {key}]
        before = _before(dialogue, question, key, reads)
        found[key] = least(_own(question, decision(dialogue, key)), *causes, *words, *before)
    return found


def least(*allowed: Share) -> Share:
    """The least open of several."""
    return max(allowed, key=SHARES.index)


def decision(dialogue: Dialogue, key: str) -> Answer:
    """What the mentee decided about the answer at `key`: share, keep, words; None while it is open."""
    reply = dialogue.replies.get(SHARE + key)
    if reply is None or reply.draft or reply.event.status != "answered":
        return None
    return reply.event.value


def _own(question: Question, decided: Answer) -> Share:
    """`words` lets only the words out; what the pack keeps private stays so."""
    if decided is None:
        return question.share
    if decided != "share":
        return "no"
    return "yes" if question.share == "at the end" else question.share


# --- what it depends on ------------------------------------------------------------


def reads_of(script: Script, stage_id: str) -> Reads:
    """What each question of a stage is decided by; KeyError when there is no such stage."""
    stage = script.stage(stage_id)
    return {
        question.id: frozenset(_names(block, question, script)) - {question.id}
        for phase in PHASES
        for block in stage.blocks(phase)
        for question in questions_of(block)
    }


def _names(block: Block, question: Question, script: Script) -> Iterator[str]:
    if isinstance(block, Repeat):
        yield block.questions[0].id
    group = None if isinstance(block, Single) else block.when
    for condition in (group, question.when, *(probe.when for probe in question.probes)):
        if condition is not None:
            yield from condition.subjects()
            yield from _compared(condition, script)


def _compared(condition: Condition, script: Script) -> Iterator[str]:
    """The answers that the texts of others were compared with."""
    for group in condition.groups:
        for test in group:
            if isinstance(test, Hears):
                yield script.signals[test.signal].other


def _causes(key: str, identifier: str, reads: Reads, found: Mapping[str, Share]) -> set[str]:
    """The visible answers that decided about `key`; a hidden one stands for those that hid it."""
    suffix = key.removeprefix(identifier)
    causes: set[str] = set()
    seen, ahead = {identifier}, [identifier]
    while ahead:
        for name in reads.get(ahead.pop(), frozenset()) - seen:
            seen.add(name)
            same_round = name + suffix
            if same_round in found or name in found:
                causes.add(same_round if same_round in found else name)
            else:
                ahead.append(name)
    return causes


def _quoted(dialogue: Dialogue) -> dict[str, set[str]]:
    """By answer, the answers of this session whose words stand in its texts."""
    found: dict[str, set[str]] = {}
    for slot in dialogue.visible:
        fills = dialogue.replies[slot.key].event.fills.values()
        keys = {_key_of(ref, dialogue) for ref in fills if not ref.session}
        found.setdefault(slot.subject or slot.key, set()).update(keys)
    return found


def _before(dialogue: Dialogue, question: Question, key: str, reads: Reads) -> list[Share]:
    """How open the answers of earlier sessions are that decided about the question or stand in it."""
    read = {name.removeprefix("last.") for name in reads[question.id] if name.startswith("last.")}
    slots = (slot for slot in dialogue.visible if key in (slot.key, slot.subject))
    fills = (dialogue.replies[slot.key].event.fills.values() for slot in slots)
    refs = {ref for refs in fills for ref in refs if ref.session}
    last = dialogue.started.last.items()
    return [answer.share for name, answer in last if name in read or answer.ref in refs]


def _key_of(ref: Ref, dialogue: Dialogue) -> str:
    event = dialogue.events[ref.seq]
    return base_key(event.key) if isinstance(event, Answered) else ""
