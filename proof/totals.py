"""The page docs/proof.md: the latest short run, and what the long runs add up to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from proof.running import Outcome
from proof.table import markdown

PAGE = Path(__file__).parents[1] / "docs" / "proof.md"
_PARTS = {name: (f"<!-- {name} -->", f"<!-- end of {name} -->") for name in ("latest", "totals")}
_DATA = re.compile(r"<!-- counted (\{.*\}) -->")


def keep_latest(outcomes: Sequence[Outcome], command: str, machine: str, today: date) -> None:
    """Put a short run of every check on the page."""
    said = f"`{command}` on {today}: {machine}.\n\n{markdown(outcomes)}"
    _replace("latest", said)


def add(outcomes: Sequence[Outcome], command: str, machine: str, today: date) -> None:
    """Add the trials of a long run to those on the page."""
    counted = _counted()
    for outcome in outcomes:
        if outcome.figure is not None:
            trials, failures = counted.get(outcome.check.name, (0, 0))
            more = len(outcome.figure.failures)
            counted[outcome.check.name] = (trials + outcome.figure.trials, failures + more)
    rows = [f"| {name} | {trials:,} | {failures} |" for name, (trials, failures) in counted.items()]
    table = "\n".join(("| check | trials | failures |", "| --- | --- | --- |", *rows))
    data = f"<!-- counted {json.dumps(counted)} -->"
    _replace("totals", f"Last: `{command}` on {today}, {machine}.\n\n{table}\n\n{data}")


def _counted() -> dict[str, tuple[int, int]]:
    found = _DATA.search(PAGE.read_text("utf-8"))
    return {name: tuple(pair) for name, pair in json.loads(found[1]).items()} if found else {}


def _replace(part: str, text: str) -> None:
    before, after = _PARTS[part]
    page = PAGE.read_text("utf-8")
    start, end = page.index(before) + len(before), page.index(after)
    PAGE.write_text(f"{page[:start]}\n{text}\n{page[end:]}", "utf-8")
