"""A session as it reads afterwards: every visible question and answer, and who may see it."""

from __future__ import annotations

from reflect.dialogue.keys import SHARE, base_key
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.slots import Slot, SlotRole
from reflect.dialogue.wording import label
from reflect.events import Answer, Answered, Parts, Private, Ref, Status
from reflect.script import SHARES, Keep, Phase, Question, Share


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
    return tuple(
        _entry(slot, dialogue, allowed)
        for slot in dialogue.visible
        if slot.role not in ("share", "words", "again")
    )


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
        answer=_shown(slot, event),
        status=event.status,
        at=event.at,
        value=event.value,
        parts=event.parts,
        share=allowed.get(base, "no"),
        id=slot.question.id if slot.question else slot.key,
        subject=slot.subject,
        keep=slot.question.keep if slot.question and slot.role == "question" else None,
        words=_words(dialogue, base) if slot.role == "question" else "",
    )


def _shown(slot: Slot, event: Answered) -> str:
    """The label of an option, else the text as it was written."""
    if slot.options and event.value not in (None, "other"):
        question = slot.question or Question(slot.key, (), options=slot.options)
        return label(question, event)
    return event.text


def _words(dialogue: Dialogue, key: str) -> str:
    reply = dialogue.replies.get(f"{SHARE}{key}/words")
    return reply.event.text if reply else ""


# --- who may see it ----------------------------------------------------------------


def shares(dialogue: Dialogue) -> dict[str, Share]:
    """Who may see each visible answer, by key, closed over what it depends on.

    An answer is at most as open as the pack says, as the mentee decided, and as every
    answer that its question's condition read or its text quoted.
    """
    found: dict[str, Share] = {}
    for key, (question, given) in dialogue.walk.readings.items():
        own = least(question.share, _decided(dialogue, key))
        sources = _sources(question, dialogue, given.base)
        found[key] = least(own, *(found[source] for source in sources if source in found))
    return found


def least(*allowed: Share) -> Share:
    """The least open of several."""
    return max(allowed, key=SHARES.index)


def _decided(dialogue: Dialogue, key: str) -> Share:
    """What the mentee decided: `words` lets only the words out, so the answer itself stays."""
    reply = dialogue.replies.get(SHARE + key)
    if reply is None or reply.event.status != "answered":
        return "yes"
    return "yes" if reply.event.value == "share" else "no"


def _sources(question: Question, dialogue: Dialogue, seq: int) -> set[str]:
    """Keys of this session's answers that brought the question or stand in its text."""
    read = set(question.reads)
    keys = {key for key, (asked, _) in dialogue.walk.readings.items() if asked.id in read}
    event = dialogue.events[seq]
    fills = event.fills.values() if isinstance(event, Answered) else ()
    return keys | {_key_of(ref, dialogue) for ref in fills if not ref.session}


def _key_of(ref: Ref, dialogue: Dialogue) -> str:
    event = dialogue.events[ref.seq]
    return base_key(event.key) if isinstance(event, Answered) else ""
