"""What of a session may leave: closed over everything an answer depends on, as was decided since.

An answer that is still to be decided is private. What speaks of danger never leaves. A summary in the
mentee's own words leaves in place of its answer, but only where the answer itself could: that it was
asked at all would otherwise tell what was withheld. What was erased is private: that something was
asked because of it would tell it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol, cast

from msgspec.structs import replace

from reflect.dialogue.given import Given, is_silent
from reflect.dialogue.keys import PROMISE, SHARE, WORDS, base_key, promised
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import Entry, entries
from reflect.dialogue.shares import JOURNEY, LAST, least, reads_of, shares, shares_unasked
from reflect.dialogue.wording import Past
from reflect.events import Answered, Event, Ref, SessionEvent, SessionStarted, ShareChanged
from reflect.script import Keep, Question, Script, Share

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
    """How open it is today what a session took over from those before it; what is gone is private."""

    def of(self, ref: Ref) -> Share:
        """The answer that `ref` points into."""

    def promised(self, item: str, session: str) -> Share:
        """That the promise `item` was still open when `session` began."""

    def last(self, names: tuple[str, ...], session: str) -> Share:
        """What `session` knows as last time's answer to the question of these names, if there was one."""

    def holding(self, kind: Keep, session: str) -> Share:
        """How many items of that kind the journey held when `session` began."""


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
        self.dialogue = Dialogue(
            script, [_as_open_today(first, script, session, earlier), *rest], past
        )
        self._decided = {key: one for (owner, key), one in decided.items() if owner == session}
        self._earlier = earlier

    def __repr__(self) -> str:
        return f"<Sitting {self.id}>"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The settled turns of the session, in the order they were asked."""
        return entries(self.dialogue)

    @cached_property
    def open(self) -> Mapping[str, Share]:
        """How open each answer is today, by its key."""
        return shares(self.dialogue, later=self._later, before=self._before)

    def hides(self, kind: Keep) -> bool:
        """Whether it made, or could have made, an item of that kind that may not leave."""
        return any(self.at(one.id) != "yes" for one in self._questions() if one.keep == kind)

    def hides_any(self, *, earlier: bool = True) -> bool:
        """Whether anything of it may not leave; promises made `earlier`, and what became of them, may be left out."""
        asked = any(self.at(one.id) != "yes" for one in self._questions())
        return asked or any(
            share != "yes"
            for key, share in self.open.items()
            if earlier or not key.startswith(PROMISE)
        )

    def at(self, question: str) -> Share:
        """How open the answer to the question is in every round, or that it was not asked."""
        rounds = [self.open[key] for key, (one, _) in self._readings.items() if one.id == question]
        return least("yes", self._unasked.get(question, "yes"), *rounds)

    def summary(self, key: str) -> str:
        """The words that leave in place of the answer at `key`; empty when there are none."""
        words = self._words(key)
        if not words or key in self._dangerous:
            return ""
        return words if self._could_leave(key) else ""

    def undecided(self) -> tuple[Entry, ...]:
        """The answers that only wait for the mentee's word: with a yes they could leave."""
        waiting = [one for one in self.entries if one.role == "question" and _says(one)]
        return tuple(
            one
            for one in waiting
            if self.open.get(one.key) == "at the end"
            and not self._words(one.key)
            and self._could_leave(one.key)
        )

    def may_leave(self, entry: Entry) -> bool:
        """Whether what was said at `entry` may leave as it stands."""
        base = owner(entry)
        return _says(entry) and self.open.get(base) == "yes" and entry.key != f"{base}/keeps"

    def _could_leave(self, key: str) -> bool:
        """Whether the answer at `key` would leave if only its own openness were asked."""
        later = {**self._later, key: "yes"}
        found = shares(self.dialogue, later=later, before=self._before)
        return found.get(key) == "yes" and key not in self._dangerous

    @cached_property
    def _before(self) -> dict[str, Share]:
        """How open it is today what the session took over from those before it."""
        script, found = self.dialogue.script, dict[str, Share]()
        for name in names_before(script, self.dialogue.started.stage):
            kind, _, what = name.partition(".")
            if kind + "." == LAST:
                found[name] = self._earlier.last(also_called(what, script), self.id)
            else:
                found[name] = self._earlier.holding(cast(Keep, what), self.id)
        return found

    @cached_property
    def _unasked(self) -> Mapping[str, Share]:
        return shares_unasked(self.dialogue, self._later, self._before)

    @property
    def _readings(self) -> Mapping[str, tuple[Question, Given]]:
        return self.dialogue.walk.readings

    def _questions(self) -> tuple[Question, ...]:
        return self.dialogue.script.stage(self.dialogue.started.stage).questions()

    @cached_property
    def _later(self) -> dict[str, Share]:
        found: dict[str, Share] = {key: one.share for key, one in self._decided.items()}
        return {**found, **dict.fromkeys(self._dangerous | self._erased, "no")}

    @cached_property
    def _erased(self) -> frozenset[str]:
        """The answers of which nothing is left but that they were given."""
        given = (one for _, one in self._readings.values())
        replies = self.dialogue.replies
        checks = (
            key for key, one in replies.items() if key.startswith(PROMISE) and _is_erased(one.event)
        )
        return frozenset((*(one.key for one in given if one.is_forgotten), *checks))

    @cached_property
    def _dangerous(self) -> frozenset[str]:
        """The answers in which, or in what followed up on which, the mentee's own life is spoken of."""
        return frozenset(owner(one) for one in self.entries if one.parts.weight == "danger")

    def _words(self, key: str) -> str:
        if key in self._decided:
            return self._decided[key].words
        told = self.dialogue.replies.get(SHARE + key + WORDS)
        if told is not None and told.event.parts.weight == "danger":
            return ""
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


def names_before(script: Script, stage: str) -> frozenset[str]:
    """What of earlier sessions the questions of a stage read: `last.ID` and `journey.KIND`."""
    read = frozenset[str]().union(*reads_of(script, stage).values())
    return frozenset(name for name in read if name.startswith((LAST, JOURNEY)))


def also_called(name: str, script: Script) -> tuple[str, ...]:
    """The names that a question has or had."""
    return (name, *(old for old, new in script.renamed.items() if new == name))


def _is_erased(event: Answered) -> bool:
    return is_silent(event) and not event.text


def _as_open_today(
    started: SessionStarted, script: Script, session: str, earlier: Earlier
) -> SessionStarted:
    """`started`, of `session`, with the openness that what it took over has now."""
    promises = tuple(
        replace(promise, share=earlier.promised(promise.item, session))
        for promise in started.promises
    )
    last = {
        name: replace(answer, share=earlier.last(also_called(name, script), session))
        for name, answer in started.last.items()
    }
    notes = tuple(
        replace(note, share=earlier.of(note.beside)) if note.beside else note
        for note in started.notes
    )
    return replace(started, promises=promises, last=last, notes=notes)


def source_of(ref: Ref, sitting: Sitting) -> Place | None:
    """The answer of `sitting` that `ref` points into; None when there is none."""
    events = sitting.dialogue.events
    event = events[ref.seq] if 0 <= ref.seq < len(events) else None
    return (sitting.id, base_key(event.key)) if isinstance(event, Answered) else None
