"""The measures: accuracy, precision and recall of what was guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from benchmarks.hearing.items import Guess, Item

Pairs = Sequence[tuple[Item, Guess]]


class Measured(NamedTuple):
    """One figure: of `of` items, a share from 0 to 1; `goal` is at least, or at most where `low`."""

    what: str
    figure: float
    of: int
    goal: float | None = None
    low: bool = False

    @property
    def met(self) -> bool:
        """Whether the goal is reached; true without one."""
        if self.goal is None:
            return True
        return self.figure <= self.goal if self.low else self.figure >= self.goal


def measured(task: str, pairs: Pairs) -> list[Measured]:
    """The figures of one task; those of fields that were never guessed are left out."""
    return list(_TASKS[task](pairs)) if pairs else []


def _share(found: Iterable[bool]) -> tuple[float, int]:
    kept = list(found)
    return (sum(kept) / len(kept) if kept else 1.0), len(kept)


def _field(what: str, pairs: Pairs, field: str, goal: float, gold: str = "") -> Iterable[Measured]:
    judged = [(item, guess) for item, guess in pairs if field in guess]
    if judged:
        share, count = _share(guess[field] == item[gold or field] for item, guess in judged)
        yield Measured(what, share, count, goal)


def _specificity(pairs: Pairs) -> Iterable[Measured]:
    yield from _field("vague or specific", pairs, "label", 0.90)


def _actions(pairs: Pairs) -> Iterable[Measured]:
    yield from _field("has a deadline", pairs, "has_deadline", 0.95)
    judged = [(item, guess) for item, guess in pairs if "deadline_iso" in guess]
    dated = [(item, guess) for item, guess in judged if item["deadline_iso"]]
    undated = [(item, guess) for item, guess in judged if not item["deadline_iso"]]
    if judged:
        share, count = _share(
            guess["deadline_iso"] in (item["deadline_iso"], *item["deadline_alt"])
            for item, guess in dated
        )
        yield Measured("its date", share, count, 0.92)
        share, count = _share(
            guess["deadline_iso"] not in (None, *item["deadline_alt"]) for item, guess in undated
        )
        yield Measured("dates invented", share, count, 0.03, low=True)
    owned = [(item, guess) for item, guess in pairs if "owner" in guess]
    if owned:
        share, count = _share(
            guess["owner"] in (item["owner"], *item["owner_alt"], *_both(item))
            for item, guess in owned
        )
        yield Measured("owner", share, count, 0.93)


def _both(item: Item) -> tuple[str, ...]:
    """Where both act, the speaker does too."""
    return ("me",) if item["owner"] == "both" else ()


def _goals(pairs: Pairs) -> Iterable[Measured]:
    for field, goal in (("specific", 0.85), ("measurable", 0.88), ("time_bound", 0.95)):
        yield from _field(f"goal: {field.replace('_', '-')}", pairs, field, goal)


def _challenges(pairs: Pairs) -> Iterable[Measured]:
    right = wrong = missed = alarms = unrelated = 0
    for item, guess in pairs:
        said, meant = set(guess["labels"]) - {"none"}, set(item["labels"]) - {"none"}
        free = set(item["optional"])
        if "none" in free and not said:
            meant = set()
        right, wrong = right + len(said & meant), wrong + len(said - meant - free)
        missed += len(meant - said)
        unrelated += not set(item["labels"]) - {"none"}
        alarms += bool(said) and not set(item["labels"]) - {"none"}
    yield Measured(
        "challenges, micro F1", 2 * right / max(1, 2 * right + wrong + missed), len(pairs), 0.75
    )
    yield Measured("false alarms", alarms / max(1, unrelated), unrelated, 0.10, low=True)


def _mood(pairs: Pairs) -> Iterable[Measured]:
    yield from _field("mood", pairs, "label", 0.75)
    low = [guess["label"] == "positive" for item, guess in pairs if item["label"] == "negative"]
    share, count = _share(low)
    yield Measured("glad of a negative", share if count else 0.0, count, 0.0, low=True)


def _dates(pairs: Pairs) -> Iterable[Measured]:
    named = [(item, guess) for item, guess in pairs if item["expected"]]
    share, count = _share(
        guess["date"] in (item["expected"], *item["accept"]) for item, guess in named
    )
    yield Measured("dates", share, count, 0.85)
    none = [guess["date"] is not None for item, guess in pairs if not item["expected"]]
    share, count = _share(none)
    yield Measured("dates where none is", share if count else 0.0, count, 0.0, low=True)


_TASKS: dict[str, Callable[[Pairs], Iterable[Measured]]] = {
    "specificity": _specificity,
    "actions": _actions,
    "goals": _goals,
    "challenges": _challenges,
    "mood": _mood,
    "dates": _dates,
}


def mistakes(task: str, item: Item, guess: Guess) -> tuple[str, ...]:
    """What is wrong in `guess`, by kind: `deadline missed`, `owner me for none`."""
    found = []
    if task == "actions" and "has_deadline" in guess:
        named = guess.get("deadline_iso")
        accepted = (item["deadline_iso"], *item["deadline_alt"])
        if guess["has_deadline"] != item["has_deadline"]:
            found.append("deadline missed" if item["has_deadline"] else "deadline invented")
        elif named not in accepted:
            found.append(f"date {named}, not {item['deadline_iso']}")
    if task == "actions" and guess.get("owner", item["owner"]) not in (
        item["owner"],
        *item["owner_alt"],
        *_both(item),
    ):
        found.append(f"owner {guess['owner']} for {item['owner']}")
    if task == "dates" and guess["date"] not in (item["expected"], *item["accept"]):
        found.append(f"{guess['date']}, not {item['expected']}")
    if task == "goals":
        found.extend(f"{name} {value}" for name, value in guess.items() if item[name] != value)
    if task in ("specificity", "mood") and guess["label"] != item["label"]:
        found.append(f"{guess['label']}, not {item['label']}")
    if task == "challenges":
        found.extend(_mislabelled(item, guess))
    return tuple(found)


def _mislabelled(item: Item, guess: Guess) -> Iterable[str]:
    said, meant = set(guess["labels"]) - {"none"}, set(item["labels"]) - {"none"}
    if "none" in item["optional"] and not said:
        return
    yield from (f"{label} missed" for label in sorted(meant - said))
    yield from (f"{label} invented" for label in sorted(said - meant - set(item["optional"])))
