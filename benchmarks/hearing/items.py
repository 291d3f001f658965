"""Labelled items: read from files, and what a hearer says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

TASKS = ("specificity", "actions", "goals", "challenges", "mood", "dates")
SATURDAY = date(2026, 11, 21)
"""The day on which actions and goals without a `reference` were said."""

Item = Mapping[str, Any]
Guess = Mapping[str, Any]
"""Fields by name as the labels have them; a field that is left out is not judged."""


class Hearer(Protocol):
    """Ours or a peer: its name, the tasks it takes on, and its guess for one item of a task."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks it takes on."""

    def guess(self, task: str, item: Item) -> Guess:
        """The labels that it would give `item`."""
        ...


def read_items(folder: Path, task: str, part: str = "") -> list[Item]:
    """The items of `task` in `folder`; `part` is `held-out` or `open`, where it is known which is which.

    They lie in `TASK.jsonl`, each with its `held_out`, or in `TASK-held.jsonl` and `TASK-tuned.jsonl`.
    """
    whole = [item for item in _lines(folder / f"{task}.jsonl") if _is_of(item, part)]
    held = _lines(folder / f"{task}-held.jsonl") if part != "open" else ()
    tuned = _lines(folder / f"{task}-tuned.jsonl") if part != "held-out" else ()
    return [*whole, *tuned, *held]


def _lines(path: Path) -> Iterator[Item]:
    if path.is_file():
        yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line)


def _is_of(item: Item, part: str) -> bool:
    return not part or item.get("held_out", False) == (part == "held-out")


def language(item: Item) -> str:
    """In which language an item is written."""
    said: str = item.get("language") or item.get("lang") or "en"
    return said


def said_on(item: Item) -> date:
    """The day on which an item was said."""
    return date.fromisoformat(item["reference"]) if item.get("reference") else SATURDAY
