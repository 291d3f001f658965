"""Findings to be read: each with the line of the file it is about and a mark below the place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reflect.diagnostics import Diagnostic, Place

_INDENT = "    "
_TAB = "    "
_MORE = "…"
_RED, _YELLOW, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"


def shown_file(file: str) -> str:
    """`file` as it is shown: from the current folder on when it lies below it."""
    try:
        path = Path(os.path.abspath(file))  # noqa: PTH100 - links stay as they were typed
        return str(path.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return file


def shown(found: Diagnostic) -> Diagnostic:
    """`found` with its file as it is shown."""
    import msgspec

    place = msgspec.structs.replace(found.place, file=shown_file(found.place.file))
    return msgspec.structs.replace(found, place=place)


class Lines:
    """The lines of files, each file read once; what cannot be read has none."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def at(self, place: Place) -> str:
        """The line at `place`, "" when there is none."""
        if place.file not in self._files:
            self._files[place.file] = _read(place.file)
        lines = self._files[place.file]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


def _read(file: str) -> list[str]:
    from reflect.errors import PackError
    from reflect.packs.limits import OTHER_BYTES
    from reflect.packs.location import read_plain_file

    try:
        data = read_plain_file(Path(file), OTHER_BYTES)
    except PackError:
        return []
    text = data.decode("utf-8-sig", "replace")
    return [line.removesuffix("\r") for line in text.split("\n")]


def in_short(found: Diagnostic) -> str:
    """One line: place, code and what is wrong."""
    return f"{found.place}: {found.code}: {found.message}"


def at_length(found: Diagnostic, line: str, width: int, coloured: bool) -> Iterator[str]:
    """What is wrong, the `line` of the file cut to `width` cells, a mark below, and what to write instead."""
    from reflect.text import for_terminal

    yield _head(found, coloured)
    if line.strip() and found.place.column:
        text, mark = _around(line, found.place.column - 1, width - len(_INDENT))
        yield _INDENT + text
        yield _INDENT + " " * mark + (f"{_colour(found)}^{_PLAIN}" if coloured else "^")
    if found.hint:
        yield _INDENT + for_terminal(found.hint)


def _head(found: Diagnostic, coloured: bool) -> str:
    from reflect.text import for_terminal

    if not coloured:
        return for_terminal(in_short(found))
    place, code, message = map(for_terminal, (str(found.place), found.code, found.message))
    return f"{_BOLD}{place}:{_PLAIN} {_colour(found)}{code}:{_PLAIN} {message}"


def _colour(found: Diagnostic) -> str:
    return _RED if found.severity.value == "error" else _YELLOW


def _around(line: str, column: int, width: int) -> tuple[str, int]:
    """What of `line` fits into `width` cells around `column` (from 0), and the cell of that column."""
    # Far more than fits is cut off first: measuring takes time.
    first = max(0, column - 4 * width)
    before = _safe(line[first:column])
    after = _safe(line[column : column + 4 * width])
    cells = _cells(before)
    if not first and cells + _cells(after) <= width:
        return before + after, cells
    if first or cells > width * 2 // 3:
        before = _MORE + _last(before, width // 2)
        cells = _cells(before)
    return before + _first(after, width - cells, column + 4 * width < len(line)), cells


def _safe(text: str) -> str:
    from reflect.text import for_terminal

    return for_terminal(text).replace("\n", " ").replace("\t", _TAB)


def _cells(text: str) -> int:
    from reflect.text import display_width

    return display_width(text)


def _last(text: str, width: int) -> str:
    """As much of the end of `text` as fits into `width` cells."""
    while text and _cells(text) > width:
        text = text[1:]
    return text


def _first(text: str, width: int, more: bool) -> str:
    """As much of the beginning of `text` as fits into `width` cells, with "…" when some is left out."""
    if _cells(text) <= width and not more:
        return text
    while text and _cells(text) > width - 1:
        text = text[:-1]
    return text + _MORE
