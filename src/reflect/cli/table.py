"""Rows in columns that fit on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

from reflect.text import display_width, for_terminal, shorten

GAP = "  "


def columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """One line for each of `rows`, their cells below one another, cut to `width` cells of the screen."""
    safe = [[for_terminal(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*safe, strict=True)]
    return [_cut(GAP.join(map(_padded, row, widths)).rstrip(), width) for row in safe]


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - display_width(cell))


def _cut(line: str, width: int) -> str:
    """`line` as it is when it fits: `shorten` would join its columns."""
    if display_width(line) <= width:
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return indent + shorten(line, width - len(indent))
