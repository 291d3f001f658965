"""Labelled answers in many voices: what is heard in them, measured by language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from benchmarks.hearing.items import TASKS, language, read_items
from benchmarks.hearing.measures import measured, mistakes
from benchmarks.hearing.ours import Ours

ITEMS = Path(__file__).parent / "items"
FLOORS: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("actions", "en"): {"has a deadline": 0.98, "its date": 0.98, "owner": 0.98},
    ("actions", "de"): {"has a deadline": 0.97, "its date": 0.97, "owner": 0.98},
    ("actions", "es"): {"has a deadline": 0.98, "its date": 0.98, "owner": 0.98},
    ("goals", "en"): {
        "goal: specific": 0.95,
        "goal: measurable": 0.95,
        "goal: time-bound": 0.98,
    },
    ("dates", "en"): {"dates": 0.97},
    ("dates", "de"): {"dates": 0.94},
    ("dates", "es"): {"dates": 0.94},
}
HELD = {
    ("actions", "en"): {"has a deadline": 0.97, "its date": 0.95, "owner": 0.96},
    ("goals", "en"): {
        "goal: specific": 0.93,
        "goal: measurable": 0.93,
        "goal: time-bound": 0.97,
    },
}
"""Of the sentences that no list was written from."""
MOST_INVENTED = 0.03


def figures(task: str, code: str, part: str = "") -> dict[str, float]:
    """Every figure of a task in one language."""
    items = [item for item in read_items(ITEMS, task, part) if language(item) == code]
    ours = Ours()
    return {
        one.what: one.figure for one in measured(task, [(i, ours.guess(task, i)) for i in items])
    }


@pytest.mark.parametrize(("task", "code"), FLOORS)
def test_what_is_heard_is_right_nearly_always(task: str, code: str) -> None:
    reached = figures(task, code)
    assert not {what: reached[what] for what, f in FLOORS[task, code].items() if reached[what] < f}
    assert reached.get("dates invented", 0.0) <= MOST_INVENTED


@pytest.mark.parametrize(("task", "code"), HELD)
def test_it_is_as_right_of_sentences_that_were_kept_apart(task: str, code: str) -> None:
    reached = figures(task, code, "held-out")
    assert not {what: reached[what] for what, f in HELD[task, code].items() if reached[what] < f}


def test_a_mistake_is_told_by_its_kind() -> None:
    item = {
        "deadline_iso": "2026-11-27",
        "deadline_alt": [],
        "has_deadline": True,
        "owner": "me",
        "owner_alt": [],
    }
    guess = {"has_deadline": False, "deadline_iso": None, "owner": "other"}
    assert mistakes("actions", item, guess) == ("deadline missed", "owner other for me")
    assert set(TASKS) >= {"actions", "dates"}
