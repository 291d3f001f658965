"""One line of the table: what was measured, beside what, and whether it is good enough."""

from __future__ import annotations

from typing import Literal, NamedTuple

Shape = Literal["ratio", "at most", "exactly"]
"""How the goal is meant: ours by the floor, ours as it is, or a number to hit."""


class Row(NamedTuple):
    """A figure: `floor` and `ours` are in `unit`; `beside` names the floor or peer, "" when there is none.

    Without a `goal` it is only told.
    """

    what: str
    ours: float
    goal: float | None = None
    shape: Shape = "at most"
    beside: str = ""
    floor: float | None = None
    unit: str = "ms"

    @property
    def figure(self) -> float:
        """What is held against the goal."""
        return self.ours / self.floor if self.shape == "ratio" and self.floor else self.ours

    @property
    def met(self) -> bool:
        """Whether the goal is reached; true where there is none."""
        if self.goal is None:
            return True
        if self.shape == "exactly":
            return self.figure == self.goal
        return self.figure <= self.goal


def ratio(what: str, beside: str, floor: float, ours: float, goal: float, unit: str = "ms") -> Row:
    """A row whose goal is a multiple of the floor."""
    return Row(what, ours, goal, "ratio", beside, floor, unit)
