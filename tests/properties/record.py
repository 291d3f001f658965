"""What a home should hold: the simplest model of a record, which knows nothing of files, folds or rows.

It keeps what was acknowledged, word for word, takes out what was erased, and is united with
another by what stands in both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from random import Random
from string import ascii_lowercase
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from reflect.events import (
    Answered,
    AnswerForgotten,
    Event,
    ItemChanged,
    ItemNoted,
    MentorshipBegan,
    NotesReceived,
    Parts,
    SessionForgotten,
    SessionStarted,
    ShareChanged,
    StageMoved,
    Undone,
)

FIRM = (MentorshipBegan, NotesReceived, SessionForgotten, AnswerForgotten)
CANARY = re.compile(rb"qz[a-z]{10}")
"""A word that is said once and stands nowhere else."""

Identity = Hashable
"""What an event of a journey is, wherever it stands: its content, what it takes back, and which of its like."""


def canary(number: int) -> str:
    """Word `number`, whose last letters are no other's either."""
    return "qz" + "".join(Random(number).choices(ascii_lowercase, k=10))


def words_in(events: Iterable[Event]) -> set[str]:
    """The canaries that stand in `events`."""
    return {found.decode() for event in events for found in CANARY.findall(encoded(event))}


def encoded(event: Event) -> bytes:
    """`event` in bytes."""
    return msgspec.json.encode(event)


def essence(event: Event) -> Event:
    """`event` without what points into other streams: places there may move."""
    if isinstance(event, Answered):
        return replace(event, fills={})
    if isinstance(event, SessionStarted):
        return replace(event, promises=(), goals=(), notes=(), last={})
    return event


def essences(events: Iterable[Event]) -> list[Event]:
    """What `essence` leaves of each."""
    return [essence(event) for event in events]


# --- erasing ---------------------------------------------------------------------------


class Erased(NamedTuple):
    """Sessions and answers that are gone for good."""

    sessions: frozenset[str] = frozenset()
    answers: frozenset[tuple[str, str]] = frozenset()

    def plus(self, other: Erased) -> Erased:
        """Both."""
        return Erased(self.sessions | other.sessions, self.answers | other.answers)

    def takes(self, session: str, key: str) -> bool:
        """Whether the answer at `key`, or the one that it belongs to, is gone."""
        return session in self.sessions or any(
            owner == session and belongs(key, gone) for owner, gone in self.answers
        )

    def takes_item(self, item: str) -> bool:
        """Whether what `item` was made of is gone."""
        session, _, key = item.partition(":")
        return self.takes(session, key)


def belongs(key: str, to: str) -> bool:
    """Whether what stands at `key` is about the answer at `to`."""
    return key == to or any(key.startswith(f"{before}{to}/") for before in ("", "core.share@")) or (
        key == f"core.share@{to}"
    )  # fmt: skip


def left_of(event: Event, stream: str, gone: Erased) -> Event:
    """What is left of `event` once everything in `gone` was erased."""
    if isinstance(event, Answered) and gone.takes(stream, event.key):
        return replace(event, text="", value=None, heard={}, parts=Parts())
    if isinstance(event, ItemChanged) and gone.takes_item(event.item):
        return replace(event, value="", reason="")
    if isinstance(event, ItemNoted) and gone.takes_item(event.item):
        return replace(event, text="", parts=Parts())
    if isinstance(event, ShareChanged) and gone.takes(event.session, event.key):
        return replace(event, words="")
    if isinstance(event, StageMoved) and event.session in gone.sessions:
        return replace(event, reason="")
    return event


def erased_by(journeys: Iterable[Event]) -> Erased:
    """What the events of journeys say is gone."""
    known = list(journeys)
    return Erased(
        frozenset(one.session for one in known if isinstance(one, SessionForgotten)),
        frozenset((one.session, one.key) for one in known if isinstance(one, AnswerForgotten)),
    )


# --- journeys --------------------------------------------------------------------------


def identities(journey: Sequence[Event]) -> list[Identity]:
    """What each event of `journey` is, wherever it stands."""
    found: list[Identity] = []
    seen: Counter[Identity] = Counter()
    for seq, event in enumerate(journey):
        what: Identity = encoded(event)
        if isinstance(event, Undone):
            what = ("undone", event.at, found[event.seq] if 0 <= event.seq < seq else None)
        seen[what] += 1
        found.append((what, seen[what]))
    return found


def standing(journeys: Iterable[Sequence[Event]]) -> frozenset[Identity]:
    """What stands once all of `journeys` are one: what nothing that stands itself takes back."""
    events: dict[Identity, Event] = {}
    takers: dict[Identity, set[Identity]] = {}
    for journey in journeys:
        names = identities(journey)
        events.update(zip(names, journey, strict=True))
        for seq, event in enumerate(journey):
            if isinstance(event, Undone) and 0 <= event.seq < seq:
                takers.setdefault(names[event.seq], set()).add(names[seq])

    def stands(name: Identity) -> bool:
        firm = isinstance(events[name], FIRM)
        return firm or not any(stands(taker) for taker in takers.get(name, ()))

    return frozenset(
        name for name, one in events.items() if not isinstance(one, Undone) and stands(name)
    )


# --- the record ------------------------------------------------------------------------

Copies = dict[tuple[str, Any], list[str]]
"""By a session and where it parted, the names of the sessions in which other ways of it are kept."""


class Record:
    """Everything that one home was told and acknowledged."""

    def __init__(self) -> None:
        self.sessions: dict[str, list[Event]] = {}
        self.journey: list[Event] = []
        self.heard: set[str] = set()

    def copy(self) -> Record:
        """The same as it is now, whatever happens to this one."""
        other = Record()
        other.sessions = {name: list(events) for name, events in self.sessions.items()}
        other.journey, other.heard = list(self.journey), set(self.heard)
        return other

    @property
    def erased(self) -> Erased:
        """What is gone for good."""
        return erased_by(self.journey)

    @property
    def live(self) -> set[str]:
        """The canaries that should be found."""
        return words_in([*self.journey, *(one for each in self.sessions.values() for one in each)])

    @property
    def gone(self) -> set[str]:
        """The canaries that must be nowhere any more."""
        live = self.live
        self.heard |= live
        return self.heard - live

    def erase(self, gone: Erased) -> None:
        """Take out what is gone; what says so comes with the journey."""
        self.heard |= self.live
        for name in gone.sessions:
            self.sessions.pop(name, None)
        for name, events in self.sessions.items():
            self.sessions[name] = [left_of(event, name, gone) for event in events]
        self.journey = [left_of(event, "", gone) for event in self.journey]

    def unite(self, other: Record, copies: Copies, fresh: Mapping[str, Sequence[Event]]) -> None:
        """Bring in what `other` holds; `fresh` are the sessions that the home turned out to have made.

        The journey is left for the home to tell.
        """
        gone = self.erased.plus(other.erased)
        self.erase(gone)
        for name, events in sorted(other.sessions.items()):
            if name not in gone.sessions:
                self._bring(name, [left_of(one, name, gone) for one in events], gone, copies, fresh)

    def _bring(
        self,
        name: str,
        theirs: list[Event],
        gone: Erased,
        copies: Copies,
        fresh: Mapping[str, Sequence[Event]],
    ) -> None:
        ours = self.sessions.get(name)
        if ours is None or is_beginning(ours, theirs):
            self.sessions[name] = theirs
        elif not is_beginning(theirs, ours):
            self._part(name, theirs, gone, copies, fresh)

    def _part(
        self,
        name: str,
        theirs: list[Event],
        gone: Erased,
        copies: Copies,
        fresh: Mapping[str, Sequence[Event]],
    ) -> None:
        """It went another way there: that is a session of its own, the same one each time."""
        at = next(
            seq
            for seq, (one, other) in enumerate(zip(self.sessions[name], theirs, strict=False))
            if essence(one) != essence(other)
        )
        there = theirs[at]
        place = (at, type(there).__name__, getattr(there, "key", ""), getattr(there, "at", ""))
        known = copies.setdefault((name, place), [])
        for copy in known:
            if copy in gone.sessions:
                return
            events = [left_of(one, copy, gone) for one in theirs]
            ours = self.sessions.get(copy)
            if ours is None or is_beginning(ours, events):
                self.sessions[copy] = events
                return
            if is_beginning(events, ours):
                return
        made = [
            copy
            for copy, events in fresh.items()
            if copy not in self.sessions and essences(events) == essences(theirs)
        ]
        assert made, "a session that went another way elsewhere is kept"
        known.append(made[0])
        self.sessions[made[0]] = theirs


def is_beginning(one: Sequence[Event], of: Sequence[Event]) -> bool:
    """Whether `of` begins with `one`."""
    return len(one) <= len(of) and essences(one) == essences(of[: len(one)])
