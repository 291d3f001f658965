"""Whether some session exists in which something holds: a search over the decisions that matter to it."""

from __future__ import annotations

from collections.abc import Callable

from reflect.packs.quality.world import DEEPEST, Effort, Facts, Truth, World

MOST_EFFORT = 1_000
"""Sentences that one search looks at; one that takes more is given up, and nothing is claimed."""

IN_ALL = 6_000
"""Sentences for one pack, once for searches that follow one condition and once for deep ones."""

_NEAR = 1

Goal = Callable[[World], Truth]


class _GivenUp(Exception):
    """The search takes too long."""


class Search:
    """Looks for sessions of one script."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._near, self._far = Effort(), Effort()

    def possible(self, goal: Goal, *, deep: int = DEEPEST, unchecked: str = "") -> bool | None:
        """Whether `goal` holds in some session; None when that could not be found out.

        With `deep` 0 no condition of another question counts, and answers to the question
        `unchecked` need not have passed its checks.
        """
        # What is impossible when few conditions count is so with more, and sooner seen.
        near = self._search(goal, min(deep, _NEAR), unchecked, self._near)
        if deep <= _NEAR or near is False:
            return near
        return self._search(goal, deep, unchecked, self._far)

    def _search(self, goal: Goal, deep: int, unchecked: str, effort: Effort) -> bool | None:
        most = min(effort.spent + MOST_EFFORT, IN_ALL)
        try:
            return self._try(goal, World(self.facts, {}, effort, deep, unchecked), effort, most)
        except _GivenUp:
            return None

    def _try(self, goal: Goal, world: World, effort: Effort, most: int) -> bool:
        if effort.spent >= most:
            raise _GivenUp
        truth = goal(world)
        if isinstance(truth, bool):
            return truth
        return any(
            self._try(goal, world.having(truth, value), effort, most)
            for value in world.values(truth)
        )
