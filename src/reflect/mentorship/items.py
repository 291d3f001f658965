"""Items: what the answers of one session become and carry on.

An item is a fold of the current visible answers, so changing an answer changes
the item and hiding or forgetting it removes the item. Its words are a reference into
the transcript, not a copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from reflect.dialogue.bearing import is_kept
from reflect.dialogue.given import Given
from reflect.dialogue.keys import PROMISE
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.serving import SERVES
from reflect.dialogue.shares import shares
from reflect.dialogue.slots import Reply
from reflect.events import Parts, Promise, Ref, Span
from reflect.mentorship.item import GOAL_KINDS, SERVING, STATES, Check, Item
from reflect.script import Keep, Question, Share


def items(
    dialogue: Dialogue, session: str, allowed: Mapping[str, Share] | None = None
) -> tuple[Item, ...]:
    """The items that the visible answers of `session` make, in the order they were asked.

    `allowed` is what `reflect.dialogue.shares.shares` says of the session, where it is at hand.
    """
    allowed = shares(dialogue) if allowed is None else allowed
    goal = serves(dialogue)
    made = [
        _item(dialogue, session, question, given, allowed[given.key], goal)
        for question, given in dialogue.walk.readings.values()
        if question.keep
        and given.status == "answered"
        and is_kept(question.keep, given.event.parts)
    ]
    return (*made, *_from_promises(dialogue, session, goal))


def serves(dialogue: Dialogue) -> str:
    """The goal item that a session serves: the one that was chosen, or the only one there is; else ""."""
    goals = [goal.item for goal in dialogue.started.goals]
    reply = dialogue.replies.get(SERVES)
    if reply is None:
        return goals[0] if len(goals) == 1 else ""
    chosen = reply.event.value
    answered = reply.event.status == "answered"
    return chosen if answered and isinstance(chosen, str) and chosen in goals else ""


def _served(kind: Keep, goal: str, named: str = "") -> str:
    """The goal that an item of `kind` serves: that of its session, else the one that its words name."""
    return goal or named if kind in SERVING else ""


def _item(
    dialogue: Dialogue, session: str, question: Question, given: Given, share: Share, goal: str
) -> Item:
    assert question.keep is not None
    parts = given.event.parts
    due, due_words = parts.due, _ref(session, given.seq, parts.due_words)
    reply = _reply(dialogue, given.key, "due") or _reply(dialogue, given.key, "time-bound")
    if reply is not None:
        due, due_words = reply.event.parts.due, _whole(session, reply)
    owner = _reply(dialogue, given.key, "owner")
    instead = _reply(dialogue, given.key, "if-then")
    anew = _anew(dialogue, given) if question.keep == "goal" else None
    said = Ref(session, *_text(given))
    return Item(
        id=f"{session}:{given.key}",
        kind=question.keep,
        key=given.key,
        # What was said first stays in the transcript, as what it was before.
        text=_whole(session, anew) if anew else said,
        before=said if anew else None,
        day=given.event.at[:10],
        owner=owner.event.parts.owner if owner else parts.owner,
        due=due,
        due_words=due_words,
        instead=_whole(session, instead) if instead else None,
        kind_of=_kind_of(dialogue, given) if question.keep == "goal" else "",
        share=share,
        state=STATES[question.keep][0],
        goal=_served(question.keep, goal, _named(dialogue, parts)),
    )


def _named(dialogue: Dialogue, parts: Parts) -> str:
    """The goal that an answer names, where the session did not ask which one it serves."""
    goals = [goal.item for goal in dialogue.started.goals]
    return parts.serves if SERVES not in dialogue.replies and parts.serves in goals else ""


def _kind_of(dialogue: Dialogue, given: Given) -> str:
    """Personal or professional: as it was chosen, else as it was heard; "" for anything else."""
    reply = _reply(dialogue, given.key, "kind-of")
    chosen = reply.event.value if reply else given.event.parts.kind_of
    return str(chosen) if chosen in GOAL_KINDS else ""


def _anew(dialogue: Dialogue, given: Given) -> Reply | None:
    """The goal in one sentence anew; of one that named nothing, what it was said to be exactly."""
    anew = _reply(dialogue, given.key, "anew")
    if anew is None and given.event.parts.weight == "thin":
        return _reply(dialogue, given.key, "specific")
    return anew


def _text(given: Given) -> tuple[int, int, int] | tuple[int]:
    """Where the words of the item stand: the deed that was heard, else the answer with its reply."""
    what = given.event.parts.what if given.value is None else None
    return (given.seq, *what) if what is not None else (given.seq,)


def _ref(session: str, seq: int, span: Span | None) -> Ref | None:
    return Ref(session, seq, *span) if span is not None else None


def _whole(session: str, reply: Reply) -> Ref:
    return Ref(session, reply.seq, 0, len(reply.event.text))


def _reply(dialogue: Dialogue, key: str, part: str) -> Reply | None:
    """The visible answered reply to one of the engine's own follow-ups."""
    wanted = f"{key}/{part}"
    reply = dialogue.replies.get(wanted)
    if reply is None or reply.event.status != "answered" or not reply.event.text:
        return None
    return reply if wanted in [slot.key for slot in dialogue.visible] else None


# --- promises of earlier sessions ----------------------------------------------------


def checks(dialogue: Dialogue, session: str = "") -> tuple[Check, ...]:
    """What `session` heard about earlier promises."""
    return tuple(
        _check(dialogue, session, promise.item, reply) for promise, reply in _checked(dialogue)
    )


def _checked(dialogue: Dialogue) -> list[tuple[Promise, Reply]]:
    """The promises that were asked about and answered, each with its answer."""
    asked = {PROMISE + promise.item: promise for promise in dialogue.started.promises}
    found = [
        (asked[slot.key], dialogue.replies[slot.key])
        for slot in dialogue.visible
        if slot.role == "promise" and slot.key in asked
    ]
    return [(promise, reply) for promise, reply in found if reply.event.status == "answered"]


def _check(dialogue: Dialogue, session: str, item: str, reply: Reply) -> Check:
    key = PROMISE + item
    due = _reply(dialogue, key, "due")
    smaller = _smaller(dialogue, key)
    keeps = _reply(dialogue, key, "keeps")
    taught = _reply(dialogue, key, "taught")
    return Check(
        item,
        str(reply.event.value),
        reply.event.at,
        due=due.event.parts.due if due else None,
        due_words=_whole(session, due) if due else None,
        text=_whole(session, smaller) if smaller else None,
        keeps=_whole(session, keeps) if keeps else None,
        taught=_whole(session, taught) if taught else None,
    )


def _smaller(dialogue: Dialogue, key: str) -> Reply | None:
    """The smaller step that takes the place of a promise, in the mentee's words."""
    found = _reply(dialogue, key, "smaller/what") or _reply(dialogue, key, "smaller")
    return found if found and found.event.value is None else None


def _from_promises(dialogue: Dialogue, session: str, goal: str) -> list[Item]:
    """What a check on a promise becomes: a lesson, a win, a question to bring to the mentor."""
    made: list[Item] = []
    for promise, _ in _checked(dialogue):
        key = PROMISE + promise.item
        taught = _reply(dialogue, key, "taught")
        win = _reply(dialogue, key, "win")
        smaller = _reply(dialogue, key, "smaller")
        if taught and is_kept("lesson", taught.event.parts):
            made.append(_told(session, taught, "lesson", Ref(session, taught.seq), promise, goal))
        if win and win.event.value is True:
            made.append(_told(session, win, "win", promise.text, promise, goal))
        if smaller and smaller.event.value == "bring-it":
            made.append(_told(session, smaller, "question", promise.text, promise, goal))
    return made


def _told(session: str, reply: Reply, kind: Keep, text: Ref, promise: Promise, goal: str) -> Item:
    key = reply.event.key
    return Item(
        id=f"{session}:{key}",
        kind=kind,
        key=key,
        text=text,
        day=reply.event.at[:10],
        share=promise.share,
        state=STATES[kind][0],
        goal=_served(kind, goal),
    )
