"""Items: what the answers of one session become and carry on.

An item is a fold of the current visible answers, so changing an answer changes
the item and hiding or forgetting it removes the item. Its words are a reference into
the transcript, not a copy.
"""

from __future__ import annotations

import msgspec

from reflect.dialogue.bearing import is_kept
from reflect.dialogue.given import Given
from reflect.dialogue.keys import PROMISE
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.shares import shares
from reflect.dialogue.slots import Reply
from reflect.events import Ref, Span
from reflect.script import Keep, Question, Share

CLOSING = ("kept", "dropped")
"""Outcomes of a check after which an action is no longer open."""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that carries on. `id` is "session:key"; `text` refers to the mentee's words.

    `due` is an ISO date; `due_words` refers to how it was said; `instead` is the plan should
    it fall through; `owner` is me, mentor, both, other, none or unclear; `day` is the local
    date it was said; `share` who may see it.
    """

    id: str
    kind: Keep
    key: str
    text: Ref
    day: str
    owner: str = "none"
    due: str | None = None
    due_words: Ref | None = None
    instead: Ref | None = None
    share: Share = "yes"


class Check(msgspec.Struct, frozen=True):
    """What a session heard about a promise: kept, partly, not-yet or dropped."""

    item: str
    outcome: str


def items(dialogue: Dialogue, session: str) -> tuple[Item, ...]:
    """The items that the visible answers of `session` make, in the order they were asked."""
    allowed = shares(dialogue)
    return tuple(
        msgspec.structs.replace(_item(dialogue, session, question, given), share=allowed[given.key])
        for question, given in dialogue.walk.readings.values()
        if question.keep
        and given.status == "answered"
        and is_kept(question.keep, given.event.parts)
    )


def _item(dialogue: Dialogue, session: str, question: Question, given: Given) -> Item:
    assert question.keep is not None
    parts = given.event.parts
    due, due_words = parts.due, _ref(session, given.seq, parts.due_words)
    reply = _reply(dialogue, given.key, "due") or _reply(dialogue, given.key, "time-bound")
    if reply is not None:
        due = reply.event.parts.due
        due_words = _ref(session, reply.seq, Span(0, len(reply.event.text)))
    owner = _reply(dialogue, given.key, "owner")
    instead = _reply(dialogue, given.key, "if-then")
    return Item(
        id=f"{session}:{given.key}",
        kind=question.keep,
        key=given.key,
        text=Ref(session, *_text(given)),
        day=given.event.at[:10],
        owner=owner.event.parts.owner if owner else parts.owner,
        due=due,
        due_words=due_words,
        instead=_ref(session, instead.seq, Span(0, len(instead.event.text))) if instead else None,
    )


def _text(given: Given) -> tuple[int, int, int] | tuple[int]:
    """Where the words of the item stand: the deed that was heard, else the answer with its reply."""
    what = given.event.parts.what if given.value is None else None
    return (given.seq, *what) if what is not None else (given.seq,)


def _ref(session: str, seq: int, span: Span | None) -> Ref | None:
    return Ref(session, seq, *span) if span is not None else None


def _reply(dialogue: Dialogue, key: str, part: str) -> Reply | None:
    """The visible answered reply to one of the engine's own follow-ups."""
    wanted = f"{key}/{part}"
    if all(slot.key != wanted for slot in dialogue.visible):
        return None
    reply = dialogue.replies[wanted]
    return reply if reply.event.status == "answered" and reply.event.text else None


def checks(dialogue: Dialogue) -> tuple[Check, ...]:
    """What the session heard about earlier promises."""
    return tuple(
        Check(slot.key.removeprefix(PROMISE), str(dialogue.replies[slot.key].event.value))
        for slot in dialogue.visible
        if slot.role == "promise" and dialogue.replies[slot.key].event.status == "answered"
    )
