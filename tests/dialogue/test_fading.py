"""The line on how to answer: shown three times, then on request, and back after a while."""

from __future__ import annotations

from typing import Any

import pytest

from reflect.memory import Memory
from reflect.script import OneOf, Script

from .scripts import begun, question, script


def asked(*names: str) -> Script:
    members = tuple(
        question(name, how=(f"how {name}",), ask=((f"{name}?",),) * 4) for name in names
    )
    block = OneOf("g", members) if len(members) > 1 else members[0]
    return script(worked=(block,))


def shown(made: Script, used: dict[str, dict[int, int]], **more: Any) -> tuple[str, str]:
    """The line below the question, and what is kept for whoever asks for more."""
    before = {"last_day": "2026-11-01", "last_stage": "s", **more}
    latest = {name: max(wordings.values()) for name, wordings in used.items()}
    turn = begun(made, Memory(5, used=used, asked=latest, **before)).turn
    assert turn
    return turn.how, turn.more


THRICE = {"a": {0: 1, 1: 2, 2: 3}}


def test_it_is_shown_three_times() -> None:
    assert shown(asked("a"), {"a": {0: 1, 1: 2}}) == ("how a", "")
    assert shown(asked("a"), THRICE) == ("", "how a")


@pytest.mark.parametrize(
    "before",
    [{"last_stage": "another"}, {"last_day": "2026-09-21"}, {"last_day": None}],
    ids=["a new stage", "61 days", "the first session"],
)
def test_it_comes_back(before: dict[str, Any]) -> None:
    assert shown(asked("a"), THRICE, **before) == ("how a", "")


def test_sixty_days_are_not_long_enough() -> None:
    assert shown(asked("a"), THRICE, last_day="2026-09-22") == ("", "how a")


def test_members_of_a_group_count_together_once_each_was_asked() -> None:
    assert shown(asked("a", "b"), {"a": {0: 1}, "b": {0: 2, 1: 3}}) == ("", "how a")
    assert shown(asked("a", "b"), {"b": {0: 1, 1: 2, 2: 3}}) == ("how a", "")


def test_it_is_fixed_at_the_start() -> None:
    before = Memory(5, used=THRICE, asked={"a": 3}, last_day="2026-11-01", last_stage="s")
    assert begun(asked("a"), before).started.faded == ("a",)
