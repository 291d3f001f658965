"""The numbers by which a mentor names what a file holds: what asks for an answer comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reflect.review.case import OWN, Case, Filed
from reflect.script import Keep
from reflect.sharing.shared import SharedAnswer, SharedItem, SharedSession

FIRST: tuple[Keep, ...] = ("question", "action", "goal", "agreement")
"""Kinds of items that a mentor can do something about, in the order they are numbered in."""


class Place(NamedTuple):
    """Something that a note can stand beside; exactly one of `item` and `answer` is there."""

    number: int
    name: str
    text: str
    item: SharedItem | None = None
    answer: SharedAnswer | None = None
    session: SharedSession | None = None

    def __repr__(self) -> str:
        return f"<Place {self.number}>"

    @property
    def kind(self) -> str:
        """What it is: an answer, or the kind of an item."""
        return self.item.kind if self.item else "answer"


def places(case: Case, filed: Filed) -> tuple[Place, ...]:
    """Everything in `filed`, numbered from 1; an item reads as the latest file has it."""
    items = [case.items.get(one.id, one) for one in filed.shared.items]
    found = [
        *(Place(0, one.id, one.text, item=one) for kind in FIRST for one in _of(kind, items)),
        *_answers(filed),
        *(Place(0, one.id, one.text, item=one) for one in items if not _waits(one)),
    ]
    return tuple(place._replace(number=number) for number, place in enumerate(found, 1))


def at(case: Case, filed: Filed, number: int) -> Place | None:
    """What has that number in `filed`."""
    found = places(case, filed)
    return found[number - 1] if 0 < number <= len(found) else None


def item_at(case: Case, filed: Filed, place: Place, kind: Keep) -> SharedItem | None:
    """The item of `kind` that `place` is, or that the answer there was kept as."""
    if place.item is not None:
        return place.item if place.item.kind == kind else None
    answer, session = place.answer, place.session
    if answer is None or session is None or answer.kept_as != kind:
        return None
    said = (one for one in filed.shared.items if one.kind == kind and one.session == session.id)
    return next((one for one in said if one.text in answer.answer), None)


def _of(kind: Keep, items: list[SharedItem]) -> list[SharedItem]:
    """Those that are open, the mentor's own before others."""
    found = [one for one in items if one.kind == kind and _waits(one)]
    return sorted(found, key=lambda one: (one.owner not in OWN, one.due or "9"))


def _waits(item: SharedItem) -> bool:
    return item.open and item.kind in FIRST


def _answers(filed: Filed) -> Iterator[Place]:
    for session in filed.shared.sessions:
        for answer in session.answers:
            yield Place(0, answer.id, answer.answer, answer=answer, session=session)
