"""An example as it is read on a page: its lines numbered, and a caret under everything that is found."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.packs.explain import Explained, Find
from reflect.packs.location import PACK_FILE
from reflect.packs.visible import shown_at

_GUTTER = 5


def failing(example: Explained) -> list[str]:
    """The files of the failing pack, with what is found in them."""
    return [
        line
        for name, text in example.failing.items()
        for line in _file(name, text, [find for find in example.finds if find.file == name])
    ]


def mended(example: Explained) -> list[str]:
    """The files of the mended pack that are not as they were in the failing one."""
    return [
        line
        for name, text in example.mended.items()
        if text != example.failing[name]
        for line in _file(name, text, [])
    ]


def _file(name: str, text: str, finds: list[Find]) -> Iterator[str]:
    """The lines of one file; the pack's own goes without its name."""
    if name != PACK_FILE:
        yield f"{'':{_GUTTER}}[{name}]"
    for find in finds:
        if not find.line:
            yield f"{'':{_GUTTER}}{find.code}, the file as a whole"
    at = [(*shown_at(text, find.line, find.column), find) for find in finds if find.line]
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines, 1):
        yield f"{number:3}  {line}".rstrip()
        last = number == len(lines)
        for found, column, find in at:
            if found == number or (last and found > number):
                yield f"{'':{_GUTTER + column - 1}}^ {find.code}{_lines(find)}"


def _lines(find: Find) -> str:
    return f", lines {find.line} to {find.last}" if find.last > find.line else ""
