"""What of a session may leave: closed over everything an answer depends on, as was decided since.

An answer that is still to be decided is private. What speaks of danger never leaves. A summary in the
mentee's own words leaves in place of its answer, but only where the answer itself could: that it was
asked at all would otherwise tell what was withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from reflect.dialogue.keys import PROMISE, base_key, promised
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import Entry, entries
from reflect.dialogue.shares import shares
from reflect.dialogue.wording import Past
from reflect.events import Answered, Event, Ref, SessionEvent, SessionStarted, ShareChanged
from reflect.script import Script, Share

Place = tuple[str, str]
"""An answer: its session and its key."""


class Decision(NamedTuple):
    """What the mentee decided about an answer after its session; `words` is a summary of their own."""

    share: Share
    words: str = ""

    def __repr__(self) -> str:
        return "<Decision>"


Decisions = Mapping[Place, Decision]


def decisions(standing: Iterable[Event]) -> dict[Place, Decision]:
    """The latest decision about each answer, in the standing events of a journey."""
    return {
        (event.session, event.key): Decision(event.share, event.words)
        for event in standing
        if isinstance(event, ShareChanged)
    }


class Earlier(Protocol):
    """How open answers of earlier sessions are today; what is gone is private."""

    def at(self, place: Place) -> Share:
        """The answer at `place`."""

    def of(self, ref: Ref) -> Share:
        """The answer that `ref` points into."""


class Sitting:
    """One stored session, looked at for what of it may leave.

    `earlier` knows the sessions before it; `decided` holds the decisions about all sessions.
    """

    def __init__(
        self,
        session: str,
        script: Script,
        events: Iterable[SessionEvent],
        past: Past,
        earlier: Earlier,
        decided: Decisions,
    ) -> None:
        self.id = session
        first, *rest = events
        assert isinstance(first, SessionStarted)
        self.dialogue = Dialogue(script, [_as_open_today(first, earlier), *rest], past)
        self._decided = {key: one for (owner, key), one in decided.items() if owner == session}

    def __repr__(self) -> str:
        return f"<Sitting {self.id}>"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The settled turns of the session, in the order they were asked."""
        return entries(self.dialogue)

    @cached_property
    def open(self) -> Mapping[str, Share]:
        """How open each answer is today, by its key."""
        return shares(self.dialogue, later=self._later)

    def summary(self, key: str) -> str:
        """The words that leave in place of the answer at `key`; empty when there are none."""
        words = self._words(key)
        if not words or key in self._dangerous:
            return ""
        as_if = shares(self.dialogue, later={**self._later, key: "yes"})
        return words if as_if.get(key) == "yes" else ""

    def undecided(self) -> tuple[Entry, ...]:
        """The answers that only wait for the mentee's word: with a yes they could leave."""
        waiting = [one for one in self.entries if one.role == "question" and _says(one)]
        return tuple(
            one
            for one in waiting
            if self.open.get(one.key) == "at the end"
            and not self._words(one.key)
            and shares(self.dialogue, later={**self._later, one.key: "yes"}).get(one.key) == "yes"
        )

    def may_leave(self, entry: Entry) -> bool:
        """Whether what was said at `entry` may leave as it stands."""
        base = owner(entry)
        return _says(entry) and self.open.get(base) == "yes" and entry.key != f"{base}/keeps"

    @cached_property
    def _later(self) -> dict[str, Share]:
        found: dict[str, Share] = {key: one.share for key, one in self._decided.items()}
        return {**found, **dict.fromkeys(self._dangerous, "no")}

    @cached_property
    def _dangerous(self) -> frozenset[str]:
        """The answers in which, or in what followed up on which, the mentee's own life is spoken of."""
        return frozenset(owner(one) for one in self.entries if one.parts.weight == "danger")

    def _words(self, key: str) -> str:
        if key in self._decided:
            return self._decided[key].words
        return next((one.words for one in self.entries if one.key == key), "")


def owner(entry: Entry) -> str:
    """The key of the answer that `entry` is, or belongs to."""
    return entry.subject or entry.key


def place_of(item: str) -> Place:
    """The answer that an item was made from: a promise's outcome counts as the check on it."""
    session, _, key = item.partition(":")
    return session, (PROMISE + promised(key)) if key.startswith(PROMISE) else base_key(key)


def _says(entry: Entry) -> bool:
    return entry.status == "answered" and bool(entry.answer)


def _as_open_today(started: SessionStarted, earlier: Earlier) -> SessionStarted:
    """`started` with the openness that earlier answers have now."""
    promises = tuple(
        replace(promise, share=earlier.at(place_of(promise.item))) for promise in started.promises
    )
    last = {
        name: replace(answer, share=earlier.of(answer.ref)) for name, answer in started.last.items()
    }
    return replace(started, promises=promises, last=last)


def source_of(ref: Ref, sitting: Sitting) -> Place | None:
    """The answer of `sitting` that `ref` points into; None when there is none."""
    events = sitting.dialogue.events
    event = events[ref.seq] if 0 <= ref.seq < len(events) else None
    return (sitting.id, base_key(event.key)) if isinstance(event, Answered) else None
