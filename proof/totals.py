"""The page docs/proof.md: the latest short run, and what the long runs add up to."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from proof.registry import CHECKS
from proof.running import Outcome
from proof.table import markdown

PAGE = Path(__file__).parents[1] / "docs" / "proof.md"
SUMS = ("kills", "power cuts", "mutants")
"""What is added up over several checks, by its unit."""
_PARTS = {name: (f"<!-- {name} -->", f"<!-- end of {name} -->") for name in ("latest", "totals")}
_DATA = re.compile(r"<!-- counted (\{.*\}) -->")


class Total(NamedTuple):
    """What the long runs of a check add up to; `unit` says what its trials are."""

    trials: int = 0
    failures: int = 0
    seconds: float = 0.0
    unit: str = "trials"

    def plus(self, outcome: Outcome) -> Total:
        """With what came of one more."""
        if outcome.figure is None:
            return self
        return Total(
            self.trials + outcome.figure.trials,
            self.failures + len(outcome.figure.failures),
            round(self.seconds + outcome.seconds, 1),
            outcome.check.unit,
        )


def keep_latest(outcomes: Sequence[Outcome], command: str, machine: str, today: date) -> None:
    """Put a short run of every check on the page."""
    said = f"`{command}` on {today}: {machine}.\n\n{markdown(outcomes)}"
    _replace("latest", said)


def add(outcomes: Sequence[Outcome], command: str, machine: str, today: date) -> None:
    """Add the trials of a long run to those on the page."""
    totals = counted()
    for outcome in outcomes:
        totals[outcome.check.name] = totals.get(outcome.check.name, Total()).plus(outcome)
    data = f"<!-- counted {json.dumps(totals)} -->"
    said = (f"Last: `{command}` on {today}, {machine}.", *_sums(totals), _table(totals), data)
    _replace("totals", "\n\n".join(said))


def counted() -> dict[str, Total]:
    """What stands on the page, by the name of the check."""
    found = _DATA.search(PAGE.read_text("utf-8"))
    return {name: Total(*one) for name, one in json.loads(found[1]).items()} if found else {}


def sums(totals: Mapping[str, Total]) -> dict[str, tuple[int, int]]:
    """For each of `SUMS` the trials and the failures of all checks that have it as their unit."""
    trials, failures = Counter[str](), Counter[str]()
    for one in totals.values():
        trials[one.unit] += one.trials
        failures[one.unit] += one.failures
    return {unit: (trials[unit], failures[unit]) for unit in SUMS}


def _sums(totals: Mapping[str, Total]) -> tuple[str, ...]:
    hours = sum(one.seconds for one in totals.values()) / 3600
    lines = (
        f"- {number:,} {unit}, {wrong} wrong" for unit, (number, wrong) in sums(totals).items()
    )
    return f"In {hours:.1f} hours:", "\n".join(lines)


def _table(totals: Mapping[str, Total]) -> str:
    order = {check.name: place for place, check in enumerate(CHECKS)}
    rows = [
        f"| {name} | {one.trials:,} | {one.unit} | {one.failures} | {one.seconds:,.0f} |"
        for name, one in sorted(totals.items(), key=lambda item: order.get(item[0], len(order)))
    ]
    head = ("| check | trials | of what | failures | seconds |", "| --- | --- | --- | --- | --- |")
    return "\n".join((*head, *rows))


def _replace(part: str, text: str) -> None:
    before, after = _PARTS[part]
    page = PAGE.read_text("utf-8")
    start, end = page.index(before) + len(before), page.index(after)
    PAGE.write_text(f"{page[:start]}\n{text}\n{page[end:]}", "utf-8")
