"""What moved between two files: promises, goals, questions and terms; how somebody felt is not told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reflect.review.places import FIRST
from reflect.script import Keep
from reflect.sharing.shared import Shared, SharedAnswer, SharedItem

MOST_WORDS = 3
"""Answers to a question asked both times that are put beside each other at most."""


class Move(NamedTuple):
    """What became of an item: `was` is its state in the earlier file, "" when it is new."""

    kind: Keep
    text: str
    was: str
    now: str
    progress: str = ""

    def __repr__(self) -> str:
        return "<Move>"


class Twice(NamedTuple):
    """A question that was asked both times, and what was said to it."""

    question: str
    then: str
    now: str

    def __repr__(self) -> str:
        return "<Twice>"


def moves(before: Shared, now: Shared) -> tuple[Move, ...]:
    """Every item of `now` that is new, or of which something became since `before`."""
    known = {item.id: item for item in before.items}
    found = (_move(known.get(item.id), item) for item in now.items if item.kind in FIRST)
    told = [move for move in found if move is not None]
    return tuple(sorted(told, key=lambda one: FIRST.index(one.kind)))


def stage(before: Shared, now: Shared) -> str:
    """The state that the mentorship came to since `before`; "" when it stayed where it was."""
    return now.state if now.state != before.state else ""


def twice(before: Shared, now: Shared) -> tuple[Twice, ...]:
    """What was said to questions about what worked and what to adjust that stand in both files."""
    earlier = {answer.asked: answer for answer in _told(before)}
    found = (
        Twice(answer.question, earlier[answer.asked].answer, answer.answer)
        for answer in _told(now)
        if answer.asked in earlier
    )
    return tuple(found)[:MOST_WORDS]


def _told(shared: Shared) -> Iterator[SharedAnswer]:
    for session in shared.sessions:
        for answer in session.answers:
            if answer.asked and answer.phase in ("worked", "adjust") and not answer.value:
                yield answer


def _move(was: SharedItem | None, item: SharedItem) -> Move | None:
    if was is None:
        return Move(item.kind, item.text, "", item.state)
    steps = _progress(item)[len(_progress(was)) :]
    if (was.state, was.text) == (item.state, item.text) and not steps:
        return None
    return Move(item.kind, item.text, was.state, item.state, steps[-1] if steps else "")


def _progress(item: SharedItem) -> list[str]:
    return [line.text for line in item.lines if line.kind == "progress"]
