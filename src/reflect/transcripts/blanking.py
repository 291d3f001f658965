"""What is left of events when something is forgotten: places and keys, no words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from reflect.events import (
    Answered,
    AnswerForgotten,
    Event,
    ItemChanged,
    ItemNoted,
    LastAnswer,
    Parts,
    Promise,
    Ref,
    SessionForgotten,
    SessionStarted,
    ShareChanged,
    StageMoved,
)


class Forgotten(NamedTuple):
    """Whole sessions, single answers (session, key), and where those stood (session, seq)."""

    sessions: frozenset[str] = frozenset()
    answers: frozenset[tuple[str, str]] = frozenset()
    places: frozenset[tuple[str, int]] = frozenset()

    def answer(self, session: str, key: str) -> bool:
        """Whether the answer at `key` is gone; what was asked about an answer goes with it."""
        return session in self.sessions or any(
            (session, owner) in self.answers for owner in _owners(key)
        )

    def refers(self, ref: Ref) -> bool:
        """Whether `ref` points into something forgotten."""
        return ref.session in self.sessions or (ref.session, ref.seq) in self.places


def _owners(key: str) -> Iterable[str]:
    """`key` and every answer that it belongs to: "core.share@a/words" is about "a"."""
    parts = key.removeprefix("core.share@").split("/")
    yield key
    yield from ("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def tombstones(events: Iterable[Event]) -> Forgotten:
    """What the events of a journey say was forgotten."""
    known = tuple(events)
    return Forgotten(
        frozenset(event.session for event in known if isinstance(event, SessionForgotten)),
        frozenset(
            (event.session, event.key) for event in known if isinstance(event, AnswerForgotten)
        ),
    )


def places(forgotten: Forgotten, session: str, events: Iterable[tuple[int, Event]]) -> Forgotten:
    """`forgotten` with the positions of its answers in `events` of `session`."""
    found = {
        (session, seq)
        for seq, event in events
        if isinstance(event, Answered) and forgotten.answer(session, event.key)
    }
    return forgotten._replace(places=forgotten.places | found)


def blank(stream_id: str, event: Event, forgotten: Forgotten) -> Event:
    """`event` of stream `stream_id` without anything that was forgotten; the same when there is nothing."""
    if isinstance(event, Answered):
        return _answer(event) if forgotten.answer(stream_id, event.key) else event
    if isinstance(event, SessionStarted):
        return _started(event, forgotten)
    if isinstance(event, ShareChanged):
        gone = forgotten.answer(event.session, event.key)
        return msgspec.structs.replace(event, words="") if gone else event
    if isinstance(event, ItemChanged):
        gone = forgotten.answer(*_item(event.item))
        return msgspec.structs.replace(event, value="", reason="") if gone else event
    if isinstance(event, ItemNoted):
        gone = forgotten.answer(*_item(event.item))
        return msgspec.structs.replace(event, text="", parts=Parts()) if gone else event
    if isinstance(event, StageMoved):
        gone = event.session in forgotten.sessions
        return msgspec.structs.replace(event, reason="") if gone else event
    return event


def _answer(event: Answered) -> Answered:
    return msgspec.structs.replace(event, text="", value=None, heard={}, parts=Parts())


def _started(event: SessionStarted, forgotten: Forgotten) -> SessionStarted:
    last = {key: _last(answer, forgotten) for key, answer in event.last.items()}
    promises = tuple(_promise(promise, forgotten) for promise in event.promises)
    return msgspec.structs.replace(event, last=last, promises=promises)


def _last(answer: LastAnswer, forgotten: Forgotten) -> LastAnswer:
    if not forgotten.refers(answer.ref):
        return answer
    return LastAnswer(ref=answer.ref, status=answer.status)


def _promise(promise: Promise, forgotten: Forgotten) -> Promise:
    if not forgotten.refers(promise.text) and not forgotten.answer(*_item(promise.item)):
        return promise
    return msgspec.structs.replace(promise, due=None)


def _item(item: str) -> tuple[str, str]:
    session, _, key = item.partition(":")
    return session, key


def words(event: Event) -> tuple[str, ...]:
    """The texts of an event that only its author wrote."""
    if isinstance(event, Answered | ItemNoted):
        return (event.text,)
    if isinstance(event, ShareChanged):
        return (event.words,)
    if isinstance(event, ItemChanged):
        return (event.value, event.reason)
    return (event.reason,) if isinstance(event, StageMoved) and event.reason else ()
