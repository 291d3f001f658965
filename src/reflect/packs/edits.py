"""Changes to single lines, and the way back from a changed line to the place in the file as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Edit(msgspec.Struct, frozen=True, order=True):
    """In one line the characters from `start` up to `end` (from 0) become `text`."""

    start: int
    end: int
    text: str


class Draft:
    """A line while it is being mended from left to right.

    `text` is the line so far. Every replacement stands right of the one before, so
    that `shift`, the characters gained, leads from `text` back to the line as it was.
    """

    __slots__ = ("edits", "shift", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.shift = 0

    def replace(self, start: int, end: int, text: str) -> Edit:
        """Put `text` in place of the characters from `start` up to `end` of the line so far."""
        edit = Edit(start - self.shift, end - self.shift, text)
        self.text = self.text[:start] + text + self.text[end:]
        self.edits.append(edit)
        self.shift += len(text) - (end - start)
        return edit


def finest(line: str, edit: Edit) -> tuple[Edit, ...]:
    """Edits that do the same to `line` as `edit`, and leave alone the characters that it keeps.

    It keeps a text that it puts in quotes; anything else it replaces as a whole.
    """
    before = line[edit.start : edit.end]
    doubled = before.replace("'", "''")
    for opens, shuts in (("'", "'"), ("'", ""), ("", "'"), ("", "")):
        if edit.text == f"{opens}{doubled}{shuts}":
            inside = [n for n, character in enumerate(before, edit.start) if character == "'"]
            added = (Edit(at + 1, at + 1, "'") for at in inside)
            ends = Edit(edit.start, edit.start, opens), Edit(edit.end, edit.end, shuts)
            return tuple(one for one in (ends[0], *added, ends[1]) if one.text)
    if len(before) == len(edit.text) > 2 and before[1:-1] == edit.text[1:-1]:
        first, last = Edit(edit.start, edit.start + 1, edit.text[0]), edit.end - 1
        return first, Edit(last, edit.end, edit.text[-1])
    return (edit,)


def edited(line: str, edits: Iterable[Edit]) -> str:
    """`line` with `edits`, which do not overlap."""
    pieces, done = [], 0
    for edit in sorted(edits):
        pieces += [line[done : edit.start], edit.text]
        done = edit.end
    return "".join((*pieces, line[done:]))


class Way:
    """From a text with `edits` (by the number of the line, from 0) back to the text before them."""

    def __init__(self, edits: Mapping[int, Sequence[Edit]]) -> None:
        self._edits = {line: _Edits(found) for line, found in edits.items()}

    @property
    def lines(self) -> frozenset[int]:
        """The lines that were edited."""
        return frozenset(self._edits)

    def whence(self, line: int, column: int) -> int:
        """The column, from 0, of the very character at `column` of the edited `line`; -1 when it is new."""
        edits = self._edits.get(line)
        return edits.back(column, new=True) if edits else column

    def back(self, line: int, column: int) -> int:
        """The column, from 0, where the character at `column` of the edited `line` stood before."""
        edits = self._edits.get(line)
        return edits.back(column, new=False) if edits else column


class _Edits:
    """The edits of one line, with the columns where their texts begin in the edited line."""

    __slots__ = ("_edits", "_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits)
        self._starts: list[int] = []
        shift = 0
        for edit in self._edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.text) - (edit.end - edit.start)

    def back(self, column: int, *, new: bool) -> int:
        """The column before the edits; of a character they brought where its edit begins, or -1 if `new`."""
        last = bisect_right(self._starts, column) - 1
        if last < 0:
            return column
        edit, behind = self._edits[last], column - self._starts[last] - len(self._edits[last].text)
        if behind < 0:
            return -1 if new else edit.start
        return edit.end + behind
