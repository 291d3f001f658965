"""What a mentor is led through, one thing at a time: questions, their own promises, goals, one word more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from reflect.review.case import Case
from reflect.review.places import Place, places
from reflect.sharing.brief import concern

PROPOSED = ("draft", "proposed", "revised")
"""States in which a goal or a term waits for the other's yes."""

Ask = Literal["answer", "close", "agree", "concern", "whole"]


class Step(NamedTuple):
    """One thing to answer or pass over; `place` is None for the whole."""

    ask: Ask
    place: Place | None = None

    def __repr__(self) -> str:
        return f"<Step {self.ask}>"


def steps(case: Case) -> Iterator[Step]:
    """What waits for the mentor in `case`, in the order in which it is asked."""
    known = places(case, case.newest)
    by_name = {place.name: place for place in known}
    for item in case.asked:
        if item.id in by_name:
            yield Step("answer", by_name[item.id])
    for item in case.owed:
        if item.id in by_name:
            yield Step("close", by_name[item.id])
    yield from (Step("agree", place) for place in known if _waits(case, place))
    raised = concern(case.newest.shared)
    if raised is not None and not case.beside(raised.id):
        yield Step("concern", by_name[raised.id])
    yield Step("whole")


def _waits(case: Case, place: Place) -> bool:
    item = place.item
    if item is None or item.kind not in ("goal", "agreement") or item.state not in PROPOSED:
        return False
    if item.note:  # the mentor proposed it
        return False
    return not any(note.kind == "agree" for note in case.beside(place.name))
