"""The figures on the page of threats, taken over from the page of proof: `python -m proof.threats`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proof import totals
from proof.check import Check
from proof.registry import CHECKS

PAGE = totals.PAGE.with_name("threat-model.md")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
NOT_YET = "not run yet"
_HEADINGS = ("check", "goal", "what must hold", "latest run", "holds", "on", "in long runs")
_DAY = re.compile(r"\bon (\d{4}-\d\d-\d\d)\b")

Row = Mapping[str, str]


def main() -> None:
    """Write the figures of the page anew."""
    PAGE.write_text(written(PAGE.read_text("utf-8"), totals.PAGE.read_text("utf-8")), "utf-8")


def written(page: str, proof: str) -> str:
    """`page` with the figures that stand on the page `proof`."""
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:start]}\n{figures(proof)}\n{page[end:]}"


def figures(proof: str) -> str:
    """A row for each check: what its latest run on the page `proof` came to, and what long runs add up to."""
    latest, day = _table(proof, "latest")
    added, _ = _table(proof, "totals")
    rows = [_cells(one, latest.get(one.name), added.get(one.name), day) for one in CHECKS]
    return "\n".join(_line(cells) for cells in (_HEADINGS, ("---",) * len(_HEADINGS), *rows))


def _cells(check: Check, run: Row | None, added: Row | None, day: str) -> tuple[str, ...]:
    goals = " ".join(check.goals)
    came = (run["figure"], run["holds"], day) if run else (NOT_YET, "–", "–")
    long = _added(added) if added else "–"
    return check.name, goals, check.title, *came, long


def _added(row: Row) -> str:
    return f"{row['trials']} {row.get('of what', 'trials')}, {row['failures']} wrong"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(page: str, part: str) -> tuple[dict[str, Row], str]:
    """The rows of the table in a part of a page, by their first cell, and the day that is named above it."""
    _, _, rest = page.partition(f"<!-- {part} -->")
    text = rest.partition(f"<!-- end of {part} -->")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    day = _DAY.search(text)
    if not lines:
        return {}, ""
    heads, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}, day[1] if day else "–"


if __name__ == "__main__":
    main()
