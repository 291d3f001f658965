"""How far an answer thinks: it tells, gives a reason, takes another's side, or changes its own view.

Depth only ever steers the next question; it is no grade and is not shown to anybody.
After the levels of Kember and others (1999) and of Hatton and Smith (1995): description,
reasoned, dialogic and critical reflection.
"""

from __future__ import annotations

from typing import Literal

from reflect.events import Span
from reflect.listening.utterance import Utterance

Depth = Literal["", "tells", "reasons", "other-side", "new-view"]

ENOUGH_WORDS = 5
"""A shorter answer has no depth to speak of."""


def depth(said: Utterance) -> Depth:
    """The deepest level heard; empty in an answer too short to tell."""
    if len(said.words) < ENOUGH_WORDS:
        return ""
    levels: tuple[Depth, ...] = ("new-view", "other-side", "reasons")
    return next((level for level in levels if heard(said, level)), "tells")


def heard(said: Utterance, level: Depth) -> tuple[Span, ...]:
    """Where the words of `level` stand."""
    return tuple(found.span for found in said.frames(f"said-{level}"))
