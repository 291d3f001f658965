"""Text laid out in lines of terminal cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

from reflect.text import display_width, is_plain

COLUMNS = 60
"""The width of a text that is not made for a particular screen."""


def wrapped(text: str, width: int = COLUMNS, *, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `width` cells, its own line ends kept.

    The first line begins with `first`, every other with `rest`; a word that is
    longer than a line stays whole.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        rooms = chain((width - len(first if not lines else rest),), repeat(width - len(rest)))
        lines.extend(_filled(part, rooms))
    return [f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines)]


def _filled(line: str, rooms: Iterator[int]) -> Iterator[str]:
    """`line` in pieces, each with as many cells as the next of `rooms`."""
    kept: list[str] = []
    used, room = 0, next(rooms)
    plain = is_plain(line)
    if plain and len(line) <= room:
        yield " ".join(line.split())
        return
    cells = len if plain else display_width
    for word in line.split():
        wide = cells(word)
        if kept and used + 1 + wide > room:
            yield " ".join(kept)
            kept, used, room = [], 0, next(rooms)
        used += wide + bool(kept)
        kept.append(word)
    yield " ".join(kept)


def counted(number: int, one: str, many: str = "") -> str:
    """`number` with its noun: "1 answer", "2 answers"; `many` for an irregular plural."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
