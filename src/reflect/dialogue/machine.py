"""The dialogue: a fold over the events of one session, and what it says next.

The rules it keeps, whatever is typed and in whatever order:

- The next turn is the first visible slot that is unsettled or a draft. An answer
  that is hidden by a later change is set aside and comes back settled.
- `Reopened` makes a draft of an answer; `Kept` or a new `Answered` settles it. A new one
  makes drafts of the replies that followed up on it; a decline stays. Whether the words are
  new is seen when they are heard (the same again is `Kept`): the fold reads no text.
- Every method that gives an event only looks; nothing changes until `apply`.
- After an event that is out of order (a driver's mistake) the dialogue refuses
  to go on: it never guesses. What is stored was in order when it happened: it is taken as
  it is, since what it depended on may have been forgotten.

`walk.py` knows the order of slots; a new kind of slot is added there and in `keys.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import msgspec

from reflect.dialogue.given import Given, holds
from reflect.dialogue.keys import SHARE, base_key, is_decided, text_id
from reflect.dialogue.put import Putting
from reflect.dialogue.slots import Replies, Reply, Slot
from reflect.dialogue.turn import Turn, Why
from reflect.dialogue.walk import Walk
from reflect.dialogue.wording import Past
from reflect.errors import Misuse
from reflect.events import (
    Answered,
    Kept,
    Ref,
    Refused,
    Reopened,
    Said,
    SessionEvent,
    SessionFinished,
    SessionStarted,
)
from reflect.script import Question, Script, Template

ShareChoice = Literal["share", "keep", "words"]
"""What the mentee decides about one answer: shared, kept private, or told in other words."""


class Dialogue:
    """One session of `script` after `events`, the first of which is its `SessionStarted`.

    `past` gives the texts of earlier sessions that this one refers to; what is
    missing there reads as the author's fallback.
    """

    def __init__(
        self, script: Script, events: Iterable[SessionEvent], past: Past | None = None
    ) -> None:
        stream = iter(events)
        started = next(stream, None)
        if not isinstance(started, SessionStarted):
            raise Misuse("a session begins with SessionStarted")
        self.script = script
        self.started = started
        self.events: list[SessionEvent] = [started]
        self.replies: Replies = {}
        self.visible: list[Slot] = []
        self._times: dict[str, int] = {}
        self.finished: SessionFinished | None = None
        self._putting = Putting(script, started, past or {})
        self._broken = False
        self._walk: Walk
        self._slots: Iterator[Slot]
        self._slot: Slot | None = None
        self._turn: Turn | None = None
        self.answered_slot: Slot | None = None
        self._replay(tuple(stream))

    # --- what to show ---

    @property
    def turn(self) -> Turn | None:
        """The slot to show now; None at the summary and after the end. Back works at the summary."""
        if self._slot is None or self.finished is not None:
            return None
        if self._turn is None:
            self._turn = self._putting.turn(self)
        return self._turn

    @property
    def slot(self) -> Slot | None:
        """What `turn` puts into words."""
        return self._slot

    @property
    def walk(self) -> Walk:
        """The walk that led here; its `given` are the visible answers."""
        return self._walk

    def why(self) -> Why | None:
        """What led to this turn; None when there is none."""
        return self._putting.why(self) if self._slot is not None and self.finished is None else None

    def farewell(self) -> tuple[str, ...]:
        """What is said to the last answer when nothing is left to ask."""
        return self._putting.acknowledge(self)

    def as_put(self, slot: Slot, event: Answered) -> str:
        """The question at `slot` as it read when `event` answered it."""
        return self._putting.shown(slot, event, self)

    def fills(self, slot: Slot, wording: int) -> dict[str, Ref]:
        """What the placeholders of a wording of `slot` refer to, by the answers as they stand."""
        return self._putting.fills(slot, wording, self)

    def bare(self, template: Template) -> str:
        """`template` with names filled in and nobody's answers."""
        return self._putting.bare(template, self)

    def words_at(self, ref: Ref) -> str:
        """The words that `ref` points at; empty when they are gone."""
        return self._putting.lookup(ref, self)

    def reason(self, key: str) -> str:
        """Why the engine offers to move on, at the key of its offer."""
        return self._putting.reason(key, self)

    def core(self, name: str, **engine: str) -> str:
        """The sentence of core called `name` with the engine's names filled in; KeyError for a wrong name."""
        return self._putting.core(name, self, **engine)

    # --- what may happen: each gives an event for the driver to store and then apply ---

    def hear(self, said: Said, at: datetime) -> Answered | Kept | Refused:
        """What `said`, heard at local time `at`, means at this turn. Misuse when there is none."""
        slot = self._expect_slot()
        if said.problem:
            return self._refuse(said.problem)
        if said.complaint:
            return Refused("answer-kind", said.complaint)
        if said.text == "" and said.value is None:
            return self._nothing_said(slot, at)
        if self._said_before(slot, said):
            return Kept(slot.key)
        failed = self._failed_check(slot, said)
        if failed is not None:
            return failed
        turn = self.turn
        assert turn is not None
        # "No" to what the engine asks for on its own is a decline; the word is kept.
        declined = slot.role == "part" and said.parts.weight == "empty"
        return Answered(
            key=slot.key,
            at=_local(at),
            status="declined" if declined else "answered",
            text=said.text,
            value=said.value,
            heard=said.heard,
            parts=said.parts,
            wording=turn.wording,
            fills=turn.fills,
        )

    def skip(self, at: datetime) -> Answered | Refused:
        """Leave this question unanswered, whatever stood there; refused where `skip: no`."""
        slot = self._expect_slot()
        if slot.may_be_declined:
            return self._settled(slot, "declined", at)
        if slot.question is not None and not slot.question.skip:
            return self._refuse("must-answer")
        return self._settled(slot, "skipped", at)

    def back(self) -> Reopened | Refused:
        """Take the last settled visible answer up again."""
        if not self.visible or self.finished is not None:
            return self._refuse("nothing-before")
        return Reopened(self.visible[-1].key)

    def reopen(self, key: str) -> Reopened | Refused:
        """Take up the visible settled answer at `key` again."""
        if self.finished is not None or all(slot.key != key for slot in self.visible):
            return self._refuse("no-such-answer")
        return Reopened(key)

    def remove(self, at: datetime) -> Answered | Refused:
        """Take back the round of a repeat that this turn, or the answer before it, stands in."""
        near = [self._slot, self.visible[-1] if self.visible else None]
        for slot in near:
            if slot is not None and slot.round and self.finished is None:
                return Answered(key=slot.round, at=_local(at), status="removed")
        return self._refuse("no-round")

    def decide(self, key: str, choice: ShareChoice, at: datetime) -> Answered | Refused:
        """Decide who may read the answer at `key` before it is asked about."""
        base = base_key(key)
        if self.finished is not None or not self._was_answered(base):
            return self._refuse("no-such-answer")
        return Answered(key=SHARE + base, at=_local(at), value=choice)

    def finish(
        self, at: datetime, how: Literal["completed", "abandoned"] = "completed"
    ) -> SessionFinished:
        """End the session. Misuse when it has ended, or is to be completed before its summary."""
        if self.finished is not None or (how == "completed" and self._slot is not None):
            raise Misuse("a session ends once, at its summary or abandoned")
        return SessionFinished(at=_local(at), how=how)

    # --- the fold ---

    def apply(self, event: SessionEvent) -> None:
        """Let `event` have happened. Misuse, and nothing goes on, when it cannot follow."""
        if self._broken or self.finished is not None:
            raise Misuse("nothing can follow")
        try:
            self._refuse_unasked(event)
            self._follow(event)
        except Misuse:
            self._broken = True
            raise

    def _replay(self, stored: tuple[SessionEvent, ...]) -> None:
        """Take `stored` as it is: one walk over all answers leads where a step after each one led."""
        for event in stored[:-1]:
            self._fold(event)
        self._rewalk()
        for event in stored[-1:]:
            self._follow(event)

    def _follow(self, event: SessionEvent) -> None:
        """Let `event` have happened, and go on to what is asked next."""
        previous = self._slot
        self._turn = None
        self._fold(event)
        self.answered_slot = previous if isinstance(event, Answered) else None
        if isinstance(event, SessionFinished):
            return
        if isinstance(event, Answered):
            self._on_from(event)
        elif isinstance(event, Kept) and previous is not None and previous.key == event.key:
            self._advance()
        else:
            self._rewalk()

    def _fold(self, event: SessionEvent) -> None:
        """What `event` changes of the replies, whatever is asked."""
        if self.finished is not None:
            raise Misuse("nothing can follow")
        self.events.append(event)
        if isinstance(event, Answered):
            self._answered(event)
        elif isinstance(event, (Reopened, Kept)):
            self._redraft(event.key, draft=isinstance(event, Reopened))
        elif isinstance(event, SessionFinished):
            self.finished = event
        else:
            raise Misuse("a session starts once")

    def _answered(self, event: Answered) -> None:
        before = self.replies.get(event.key)
        self.replies[event.key] = Reply(event, len(self.events) - 1)
        if before is not None and not _same_decision(before.event, event):
            self._unsettle_replies(event.key)

    def _on_from(self, event: Answered) -> None:
        elsewhere = self._slot is None or event.key != self._slot.key
        if event.status == "removed" or (elsewhere and not event.key.startswith(SHARE)):
            self._rewalk()
        elif not elsewhere:
            self._advance()
        elif self._is_read(event.key):
            self._rewalk()

    def _refuse_unasked(self, event: SessionEvent) -> None:
        """Only what is asked is answered or kept, but for a decision or a round that is taken back."""
        slot = self._slot
        if isinstance(event, (Answered, Kept)) and slot is not None and slot.key == event.key:
            return
        if isinstance(event, Kept):
            raise Misuse("only a draft can be kept")
        if isinstance(event, Answered) and not self._may_come_unasked(event):
            raise Misuse("an answer to a question that is not asked")

    def _is_read(self, decision: str) -> bool:
        """Whether a share decision that comes early was, or is being, asked for or looked at."""
        current = [self._slot] if self._slot is not None else []
        return any(slot.key == decision for slot in self.visible) or any(
            slot.role == "move" for slot in (*self.visible, *current)
        )

    def _may_come_unasked(self, event: Answered) -> bool:
        """Share decisions may come early; a round may be taken back from anywhere in it."""
        if event.status == "removed":
            return "/" not in event.key
        return event.key.startswith(SHARE) and self._was_answered(event.key.removeprefix(SHARE))

    def _was_answered(self, key: str) -> bool:
        reply = self.replies.get(key)
        return reply is not None and reply.event.status == "answered" and is_decided(key)

    def _unsettle_replies(self, key: str) -> None:
        """Replies that followed up on a changed answer are asked again; a decline stays."""
        for follower, reply in self.replies.items():
            if follower.startswith(f"{key}/") and reply.event.status == "answered":
                self.replies[follower] = msgspec.structs.replace(reply, draft=True, stale=True)
        decided = self.replies.get(SHARE + key)
        if decided is not None and decided.event.value != "keep":
            # What was agreed to was said of other words.
            self.replies[SHARE + key] = msgspec.structs.replace(decided, draft=True)

    def _redraft(self, key: str, *, draft: bool) -> None:
        reply = self.replies.get(key)
        if reply is None:
            raise Misuse("there is no answer at that key")
        self.replies[key] = msgspec.structs.replace(reply, draft=draft, stale=False)

    # --- the walk ---

    def _rewalk(self) -> None:
        self._walk = Walk(self.script, self.started, self.replies)
        self._slots = self._walk.slots()
        self.visible = []
        self._times = {}
        self._slot = None
        self._turn = None
        self._to_unsettled(next(self._slots, None))

    def _advance(self) -> None:
        if self._slot is not None:
            self._pass(self._slot)
        self._to_unsettled(next(self._slots, None))

    def _to_unsettled(self, slot: Slot | None) -> None:
        while slot is not None and self._is_settled(slot):
            self._pass(slot)
            slot = next(self._slots, None)
        self._slot = slot

    def _pass(self, slot: Slot) -> None:
        self.visible.append(slot)
        if len(slot.wordings) > 1:
            text = text_id(slot.key)
            self._times[text] = self._times.get(text, 0) + 1

    def _is_settled(self, slot: Slot) -> bool:
        reply = self.replies.get(slot.key)
        return reply is not None and not reply.draft

    # --- refusals ---

    def _expect_slot(self) -> Slot:
        if self._slot is None or self.finished is not None:
            raise Misuse("nothing is asked")
        return self._slot

    def _nothing_said(self, slot: Slot, at: datetime) -> Answered | Kept | Refused:
        if slot.key in self.replies:
            return Kept(slot.key)
        return self.skip(at)

    def _said_before(self, slot: Slot, said: Said) -> bool:
        """Whether this is the draft again, word for word, and heard as it was then."""
        reply = self.replies.get(slot.key)
        if reply is None or reply.stale or reply.event.status != "answered":
            return False
        was = reply.event
        return (was.text, was.value, was.heard, was.parts) == (
            said.text,
            said.value,
            said.heard,
            said.parts,
        )

    def _settled(
        self, slot: Slot, status: Literal["skipped", "declined"], at: datetime
    ) -> Answered:
        turn = self.turn
        assert turn is not None
        return Answered(
            key=slot.key, at=_local(at), status=status, wording=turn.wording, fills=turn.fills
        )

    def _failed_check(self, slot: Slot, said: Said) -> Refused | None:
        question = slot.question
        if question is None or slot.role != "question":
            return None
        answer = _heard_alone(question, said)
        for must in question.must:
            if not holds(must.check, answer, self.started):
                return Refused("must", self._putting.say(must.say, self))
        return None

    def _refuse(self, code: str) -> Refused:
        return Refused(code, self._putting.core(code, self))

    def ordinal(self, key: str) -> int:
        """How often the text of `key`, which has several wordings, was said before in this session."""
        return self._times.get(text_id(key), 0)


def _heard_alone(question: Question, said: Said) -> dict[str, Given]:
    """The answer as its own `must` reads it: before it is stored."""
    event = Answered(key=question.id, at="", text=said.text, value=said.value, heard=said.heard)
    return {question.id: Given(question.id, 0, 0, event, said.value)}


def _same_decision(before: Answered, after: Answered) -> bool:
    """Whether a share decision says what it said before; its summary stays settled then."""
    return after.key.startswith(SHARE) and before.value == after.value


def _local(at: datetime) -> str:
    """Local time with its offset, to the second."""
    return at.isoformat(timespec="seconds")
