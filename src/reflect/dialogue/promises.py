"""The promise loop: what was promised is asked about first, and what follows from each answer.

Nudges stay few. A kept promise is said back warmly and may become a win; one that goes
on gets a new day; the second "not yet" in a row asks what keeps it in place and offers a
way out; a dropped one is let go without a why. What one of them taught is asked once at
most, of the one that mattered most.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from reflect.dialogue.given import is_silent
from reflect.dialogue.keys import PROMISE, promise_part, text_id
from reflect.dialogue.slots import Replies, Slot, core_slot
from reflect.events import Answered, Promise, SessionStarted
from reflect.script import Length, Script

FOLLOW_UPS: Mapping[Length, int] = {"short": 2, "long": 4}
"""Follow-ups on all promises of one session together, so that a short one is under way within a minute."""
STUCK = 1
"""So many "not yet" in a row before this one make a promise stuck."""

Part = Literal["due", "keeps", "smaller", "smaller/what", "win", "taught"]
_KINDS: Mapping[Part, Literal["text", "due", "choice", "yesno"]] = {
    "due": "due",
    "smaller": "choice",
    "win": "yesno",
}
_AT_ONCE: tuple[Part, ...] = ("win", "keeps", "smaller", "smaller/what", "due")
_HEAVY = ("grave", "danger")

Asking = Generator[Slot, None, Answered | None]
"""Yields a slot when it is to be asked; gives the reply, None when it was not asked."""


class PromiseLoop:
    """The slots about the open promises of one session, in order."""

    def __init__(self, script: Script, started: SessionStarted, replies: Replies) -> None:
        self._core = script.core
        self._started = started
        self._replies = replies
        self._left = FOLLOW_UPS[started.length]
        self._won = False
        self._lessons: list[tuple[bool, int, Promise]] = []
        self._taught: Promise | None = None

    def slots(self) -> Iterator[Slot]:
        """Every check with what follows on it, then what was learned."""
        for promise in self._started.promises:
            yield self._check(promise)
            yield from self._follow_up(promise)
        if self._taught is not None or self._lessons:
            yield from self._ask(self._taught or self._most(), "taught")

    def _check(self, promise: Promise) -> Slot:
        slot = core_slot(
            PROMISE + promise.item, self._core["promise"], "promise", "choice", subject=""
        )
        if promise.due is not None:
            return slot
        return msgspec.structs.replace(slot, wordings=self._core["promise-undated"].ask)

    def _follow_up(self, promise: Promise) -> Iterator[Slot]:
        event = self._replies[PROMISE + promise.item].event
        if event.status != "answered":
            return
        if is_silent(event) and not event.text:
            yield from self._as_it_was(promise)
        elif event.value == "kept":
            yield from self._kept(promise, event)
        elif event.value == "not-yet" and promise.not_yet >= STUCK:
            yield from self._stuck(promise)
        elif event.value in ("partly", "not-yet"):
            yield from self._ask(promise, "due")
        elif event.value == "dropped":
            self._lessons.append((False, promise.not_yet, promise))

    def _as_it_was(self, promise: Promise) -> Iterator[Slot]:
        """What was asked because of an answer that was forgotten stays; nothing new is asked."""
        for part in _AT_ONCE:
            if self._is_settled(promise, part):
                yield from self._ask(promise, part)
        if self._is_settled(promise, "taught"):
            self._taught = promise

    def _kept(self, promise: Promise, event: Answered) -> Iterator[Slot]:
        """A win is offered when the promise took its time or the mentee sounds glad; other late ones teach."""
        worth = event.parts.mood == "glad" or self._took_its_time(promise)
        if worth and not self._won:
            won = yield from self._ask(promise, "win")
            self._won = won is not None
        elif self._is_late(promise):
            self._lessons.append((True, promise.not_yet, promise))

    def _stuck(self, promise: Promise) -> Iterator[Slot]:
        """What keeps it in place, and a way out; where only one can be asked, the way out."""
        if self._left > 1:
            yield from self._ask(promise, "keeps")
        offered = yield from self._ask(promise, "smaller")
        if offered is not None and offered.value == "smaller":
            yield from self._made_smaller(promise)

    def _made_smaller(self, promise: Promise) -> Iterator[Slot]:
        """The smaller piece, and a day for it: the mentee's own wish is no nudge."""
        self._left += 2
        said = yield from self._ask(promise, "smaller/what")
        if said is not None and said.status == "answered":
            yield from self._ask(promise, "due")
        else:
            self._left -= 1

    def _most(self) -> Promise:
        """The one that mattered most: kept in spite of all, then carried longest, then first."""
        return max(self._lessons, key=lambda one: one[:2])[2]

    # --- one follow-up ---

    def _ask(self, promise: Promise, part: Part) -> Asking:
        """Ask for `part` while there is room, and while nothing grave was said."""
        subject, key = PROMISE + promise.item, promise_part(promise.item, part)
        text = self._core.get(text_id(key).removeprefix("core."))
        if text is None or self._left <= 0:
            return None
        self._left -= 1
        yield core_slot(key, text, "outcome", _KINDS.get(part, "text"), subject)
        event = self._replies[key].event
        if event.parts.weight in _HEAVY:
            self._left = 0
        return event

    def _is_settled(self, promise: Promise, part: Part) -> bool:
        reply = self._replies.get(promise_part(promise.item, part))
        return reply is not None and not reply.draft

    # --- how long it took ---

    def _took_its_time(self, promise: Promise) -> bool:
        """Whether it was already open when the last session began."""
        last = last_day(self._started)
        return promise.not_yet > 0 or bool(promise.made and last and promise.made[:10] < last)

    def _is_late(self, promise: Promise) -> bool:
        """Whether its day had come before the last session, and it was still open."""
        last = last_day(self._started)
        overdue = promise.due is not None and last is not None and promise.due < last
        return promise.not_yet > 0 or (self._took_its_time(promise) and overdue)


def last_day(started: SessionStarted) -> str | None:
    """The local ISO date of the session before; None for the first."""
    if started.journey.days is None:
        return None
    day = date.fromisoformat(started.at[:10]) - timedelta(days=started.journey.days)
    return day.isoformat()
