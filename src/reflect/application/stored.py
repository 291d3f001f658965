"""What a session needs of the record: its own events and script, and the words it refers to elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from reflect.errors import PackError, StoreError
from reflect.events import (
    Answered,
    Event,
    ItemChanged,
    ItemNoted,
    NotesReceived,
    Ref,
    SessionEvent,
    SessionStarted,
    ShareChanged,
)
from reflect.script import Script

if TYPE_CHECKING:
    from reflect.dialogue.wording import Past
    from reflect.transcripts.store import Store

LOST = Answered(key="", at="")
"""Stands in the place of an event that is not what was stored."""


def session_events(store: Store, session: str) -> list[SessionEvent]:
    """The events of a session; `StoreError` when it has none, or one is not what was stored."""
    events = [event for event in store.events(session) if isinstance(event, SessionEvent)]
    if not events:
        raise StoreError(
            "session-empty",
            f"Session {session} holds nothing.",
            "The sessions that do: reflect history",
        )
    return events


def sound_events(store: Store, session: str) -> tuple[dict[int, Event], list[int]]:
    """The events of a session that are what was stored, by place, and the places of the others."""
    found, altered = store.events(session, damaged="skip")
    lost = [place.seq for place in altered]
    places = (seq for seq in range(len(found) + len(lost)) if seq not in lost)
    return dict(zip(places, found, strict=True)), lost


def stored_script(store: Store, started: SessionEvent) -> Script:
    """The script a session runs on, as it was when it started; `PackError` when it is gone."""
    data = store.script(started.digest) if isinstance(started, SessionStarted) else None
    if data is None:
        raise PackError(
            "script-missing",
            "The pack that this session was asked from is not in the store.",
            "A backup may hold it: reflect restore FILE",
        )
    return msgspec.msgpack.decode(data, type=Script)


def past_of(store: Store, started: SessionEvent) -> Past:
    """The texts of earlier sessions that this one refers to."""
    if not isinstance(started, SessionStarted):
        return {}
    refs = [promise.text for promise in started.promises]
    refs += [goal.text for goal in started.goals]
    refs += [last.ref for last in started.last.values()]
    refs += [note.text for note in started.notes]
    beside = [note.beside for note in started.notes if note.beside]
    found = texts(store, {(ref.session, ref.seq) for ref in [*refs, *beside]})
    return {**found, **_labels(store, beside)} if beside else found


def _labels(store: Store, refs: Iterable[Ref]) -> Past:
    """What is shown for those of `refs` that stand for a whole answer: of a choice its label."""
    from reflect.application.carried import Words

    words = Words(store)
    return {(ref.session, ref.seq): words.at(ref) for ref in refs if ref.start < 0}


def texts(store: Store, places: Iterable[tuple[str, int]]) -> Past:
    """What stands at (stream, seq), joined to its answer where it is a reply; gone ones are left out."""
    streams: dict[str, Held] = {}
    found = store.events_at(list(places))
    for (stream, seq), event in found.items():
        streams.setdefault(stream, Held(store, stream))[seq] = event
    return {(stream, seq): text_at(streams[stream], seq) for stream, seq in found}


def text_at(events: Mapping[int, Event] | Sequence[Event], seq: int) -> str:
    """The mentee's words at position `seq` of a session, or of a journey; empty when they are gone."""
    from reflect.dialogue.joint import joint_text

    event = events[seq]
    if isinstance(event, ItemNoted):
        return event.text
    if isinstance(event, NotesReceived):
        from reflect.mentorship.notes import written

        return written(event)
    if isinstance(event, ShareChanged):
        return event.words
    return event.value if isinstance(event, ItemChanged) else joint_text(events, seq)


class Held(dict[int, Event]):
    """The events of a stream by position, each read when it is asked for; `LOST` where there is none."""

    def __init__(self, store: Store, stream: str) -> None:
        super().__init__()
        self._store = store
        self._stream = stream

    def __missing__(self, seq: int) -> Event:
        place = (self._stream, seq)
        found = self[seq] = self._store.events_at((place,)).get(place, LOST)
        return found

    def __repr__(self) -> str:
        return "<Held>"


def in_place(store: Store, stream: str) -> list[Event]:
    """The events of a stream, each at its position, `LOST` where one is not what was stored."""
    events, lost = sound_events(store, stream)
    return [events.get(seq, LOST) for seq in range(len(events) + len(lost))]
