"""A session as it reads afterwards: every visible question and answer."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.dialogue.bearing import is_kept
from reflect.dialogue.keys import SHARE, WORDS
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.shares import Reads, decision, shares
from reflect.dialogue.slots import Slot, SlotRole
from reflect.dialogue.wording import label
from reflect.events import Answer, Answered, Parts, Private, Status
from reflect.script import Keep, Phase, Question, Share


class Entry(Private, frozen=True):
    """One settled turn: `question` as it was put, `answer` as it is shown.

    `subject` is the key of the answer it follows up on; `share` already counts what it
    depends on; `words` are the mentee's own shorter version, if they gave one.
    """

    key: str
    seq: int
    role: SlotRole
    phase: Phase | None
    question: str
    answer: str
    status: Status
    at: str
    value: Answer
    parts: Parts
    share: Share
    id: str = ""
    subject: str = ""
    keep: Keep | None = None
    words: str = ""


def entries(dialogue: Dialogue) -> tuple[Entry, ...]:
    """The settled visible turns of `dialogue`, in the order they are asked; share decisions are left out."""
    allowed = shares(dialogue)
    return tuple(_entry(slot, dialogue, allowed) for slot in _told(dialogue))


def openness(dialogue: Dialogue, reads: Reads | None = None) -> dict[str, Share]:
    """Who may see each of the `entries`, by its key; `reads` as for `shares`."""
    allowed = shares(dialogue, reads)
    return {slot.key: _share(slot, allowed) for slot in _told(dialogue)}


def _told(dialogue: Dialogue) -> Iterator[Slot]:
    return (slot for slot in dialogue.visible if slot.role not in ("share", "words", "again"))


def _share(slot: Slot, allowed: dict[str, Share]) -> Share:
    base = slot.subject or slot.key
    return "no" if slot.key == f"{base}/keeps" else allowed.get(base, "no")


def _entry(slot: Slot, dialogue: Dialogue, allowed: dict[str, Share]) -> Entry:
    reply = dialogue.replies[slot.key]
    event = reply.event
    base = slot.subject or slot.key
    return Entry(
        key=slot.key,
        seq=reply.seq,
        role=slot.role,
        phase=slot.phase,
        question=dialogue.as_put(slot, event),
        answer=_shown(slot, event, dialogue),
        status=event.status,
        at=event.at,
        value=event.value,
        parts=event.parts,
        share=_share(slot, allowed),
        id=slot.question.id if slot.question else slot.key,
        subject=slot.subject,
        keep=_kept_as(slot, dialogue),
        words=_words(dialogue, base) if slot.role == "question" else "",
    )


def _shown(slot: Slot, event: Answered, dialogue: Dialogue) -> str:
    """The label of an option, else the text as it was written."""
    for goal in dialogue.started.goals if slot.role == "serves" else ():
        if goal.item == event.value:
            return dialogue.words_at(goal.text)
    if slot.options and event.value not in (None, "other"):
        question = slot.question or Question(slot.key, (), options=slot.options)
        return label(question, event)
    return event.text


def _kept_as(slot: Slot, dialogue: Dialogue) -> Keep | None:
    """What the answer, with its reply, carries on as; None where nothing was made of it."""
    if slot.role != "question" or slot.key not in dialogue.walk.readings:
        return None
    question, given = dialogue.walk.readings[slot.key]
    if question.keep is None or given.status != "answered":
        return None
    return question.keep if is_kept(question.keep, given.event.parts) else None


def _words(dialogue: Dialogue, key: str) -> str:
    """The mentee's own summary, while it is what they want to be read."""
    if decision(dialogue, key) != "words":
        return ""
    reply = dialogue.replies.get(SHARE + key + WORDS)
    return reply.event.text if reply is not None and not reply.draft else ""
