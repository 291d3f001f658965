"""How long after something happened somebody was told what was seen in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.cli.desk import Desk

FRESH = 14
"""Days within which feedback is easy to use."""


def tell_of_the_gap(desk: Desk, item: Carried) -> None:
    """Say kindly that feedback came late; it is no fault of whoever heard it."""
    if not item.happened:
        return
    given = date.fromisoformat(item.given or item.day)
    days = (given - date.fromisoformat(item.happened)).days
    if days > FRESH:
        desk.talk(
            f"It reached you {days} days later. You may ask for it sooner; fresh, it is easier to use."
        )
