"""Where each character of a text stands in the file, whatever YAML made of the text on the way.

A text is read row by row (a row is what stands of it on one line) and laid against the
characters that YAML handed on: quotes are left out, `''` and escapes count as the one character
they mean, and indentation, folds and blanks at the ends of lines as nothing. Where the two do not
agree to the last character, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reflect.packs.edits import Way
from reflect.packs.tree import Spot

_DOUBLED = re.compile(r"''")
_ESCAPED = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.|$)")
_BLANKS = " \t\n"
_MOST_LOOKED_AT = 30_000
"""Pieces of texts, or characters of mended lines, of one file; more stand where their text begins."""


class Row(NamedTuple):
    """What stands of a text on line `line` (from 0): its columns from `start` up to `end`."""

    line: int
    start: int
    end: int


class Spots:
    """Finds the spots of texts in `lines`; each of `ways` leads one step back to the file as it is."""

    def __init__(self, lines: Sequence[str], ways: tuple[Way, ...]) -> None:
        self._lines = lines
        self._ways = ways
        self._left = _MOST_LOOKED_AT
        self._torn = frozenset[int]().union(*(way.lines for way in ways))

    def whole(self, first: int, last: int) -> bool:
        """Whether the lines `first` and `last` (from 0) are one, and it stands in the file as it is."""
        return first == last and first not in self._torn

    def of(self, value: str, style: str | None, first: Row, last: Row) -> tuple[Spot, ...]:
        """The spots of any text, none when they are not certain.

        `value` is the text as read, `style` YAML's name of how it is written ("" or None when
        it is plain); it begins where `first` begins and ends where `last` ends.
        """
        size = first.end - first.start
        if not style and first.line == last.line and len(value) == size:
            if first.line not in self._torn:
                return (Spot(0, first.line + 1, first.start + 1),)
            if not self._worth(first.line, size):
                return ()
            return tuple(self._apart(0, first.line, first.start, size))
        found: list[Spot] = []
        at = 0
        for row in self._rows(style, first, last):
            for column, piece, size in self._pieces(style, row):
                if column == row.start and row.line > first.line:
                    at = _behind_blanks(value, at)
                if piece and not value.startswith(piece, at):
                    return ()
                if not self._worth(row.line, size):
                    return ()
                found += self._apart(at, row.line, column, size)
                at += size
        return tuple(found) if _behind_blanks(value, at) == len(value) else ()

    def _worth(self, line: int, size: int) -> bool:
        """Whether there is still time for `size` characters of `line`; those of a torn line go one by one."""
        self._left -= size if line in self._torn else 1
        return self._left >= 0

    def _rows(self, style: str | None, first: Row, last: Row) -> Iterator[Row]:
        """The rows without what stands around the text: quotes, the head of a block, blanks."""
        quote = 1 if style in ("'", '"') else 0
        for number in range(first.line, min(last.line + 1, len(self._lines))):
            if style in ("|", ">") and number == first.line:
                continue
            line = self._lines[number]
            start = first.start + quote if number == first.line else 0
            end = last.end - quote if number == last.line else len(line)
            text = line[start:end]
            if first.line != last.line or not quote:
                start += len(text) - len(text.lstrip(_BLANKS)) if number > first.line else 0
                end -= len(text) - len(text.rstrip(_BLANKS)) if number < last.line else 0
            if start < end:
                yield Row(number, start, end)

    def _pieces(self, style: str | None, row: Row) -> Iterator[tuple[int, str, int]]:
        """The column of each piece of `row`, its characters ("" for an escape), how many they are."""
        line, start = self._lines[row.line], row.start
        mark = {"'": _DOUBLED, '"': _ESCAPED}.get(style or "")
        for found in mark.finditer(line, row.start, row.end) if mark else ():
            if start < found.start():
                yield start, line[start : found.start()], found.start() - start
            if found.group() != "\\":
                yield found.start(), "'" if style == "'" else "", 1
            start = found.end()
        if start < row.end:
            yield start, line[start : row.end], row.end - start

    def _apart(self, offset: int, line: int, column: int, size: int) -> Iterator[Spot]:
        """The spots of `size` characters from `column` of `line` on, which mendings may have torn apart."""
        if line not in self._torn:
            yield Spot(offset, line + 1, column + 1)
            return
        expected: int | None = None
        for number in range(size):
            there = self._whence(line, column + number)
            if there != expected:
                yield (
                    Spot(offset + number, line + 1, there + 1)
                    if there >= 0
                    else Spot(offset + number)
                )
            expected = there + 1 if there >= 0 else -1

    def _whence(self, line: int, column: int) -> int:
        for way in self._ways:
            column = way.whence(line, column) if column >= 0 else column
        return column


def _behind_blanks(value: str, at: int) -> int:
    """The offset of the first character of `value` from `at` on that is no blank."""
    while at < len(value) and value[at] in _BLANKS:
        at += 1
    return at
