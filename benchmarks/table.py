"""The table as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from benchmarks.row import Row

SCHEMA_VERSION = 1
HEADINGS = ("what", "beside", "floor", "ours", "figure", "goal", "met")
_SIGNS = {"ratio": "≤ {} ×", "at most": "≤ {} {}", "exactly": "= {} {}"}


def as_text(machine: str, rows: Sequence[Row], notes: Iterable[str]) -> str:
    """The machine, one line for each row, and what there is to say besides."""
    cells = [HEADINGS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_padded, line, widths, range(len(line)))).rstrip() for line in cells]
    goals = [row.met for row in rows if row.goal is not None]
    summary = f"{sum(goals)} of {len(goals)} goals met"
    return "\n".join((machine, "", *lines, "", summary, *notes))


def as_json(machine: str, rows: Sequence[Row], notes: Sequence[str]) -> str:
    """The same as one JSON document."""
    records = [{**row._asdict(), "figure": row.figure, "met": row.met} for row in rows]
    document = {
        "schema_version": SCHEMA_VERSION,
        "machine": machine,
        "rows": records,
        "notes": notes,
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _padded(text: str, width: int, column: int) -> str:
    """Names to the left, numbers to the right."""
    return text.rjust(width) if 2 <= column <= 5 else text.ljust(width)


def _cells(row: Row) -> tuple[str, ...]:
    floor = "" if row.floor is None else f"{_number(row.floor)} {row.unit}"
    figure = f"{row.figure:.2f} ×" if row.shape == "ratio" else ""
    goal = "" if row.goal is None else _SIGNS[row.shape].format(f"{row.goal:g}", row.unit)
    met = "" if row.goal is None else "yes" if row.met else "NO"
    return (
        row.what,
        row.beside,
        floor,
        f"{_number(row.ours)} {row.unit}",
        figure,
        goal,
        met,
    )


def _number(value: float) -> str:
    """Three figures that mean something."""
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
