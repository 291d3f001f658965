"""How the lines of a file stand below one another: the lists and maps that are open, by their columns."""

from __future__ import annotations

from typing import NamedTuple


class Level(NamedTuple):
    """An open list or map: its column (from 0), the line (from 0) that opened it, the key it stands under."""

    column: int
    listed: bool
    line: int
    under: str


class Levels:
    """What is open after the lines so far.

    `waiting` tells whether the last line left a key or a dash without a value, so that
    something deeper may follow; `key` is the last key.
    """

    def __init__(self) -> None:
        self.stack: list[Level] = []
        self.waiting = True
        self.key = ""

    @property
    def column(self) -> int:
        """The column that whatever belongs to the last line has to exceed."""
        return self.stack[-1].column if self.stack else -1

    def enter(self, column: int, listed: bool, line: int) -> bool:
        """Take in a dash or key that begins a line; False, and nothing changes, if it fits nowhere."""
        depth = self._fitting(column, listed)
        if depth is None:
            return False
        del self.stack[depth:]
        if not self.has(column, listed):
            self.open(column, listed, line)
        return True

    def has(self, column: int, listed: bool) -> bool:
        """Whether the innermost level stands at `column` and is a list, or a map."""
        return bool(self.stack) and self.stack[-1][:2] == (column, listed)

    def open(self, column: int, listed: bool, line: int) -> None:
        """Open a list or a map below the innermost level."""
        under = self.key if listed and self.stack and not self.stack[-1].listed else ""
        self.stack.append(Level(column, listed, line, under))

    def under(self) -> str:
        """The key whose list is the innermost level, "" when that is none."""
        return self.stack[-1].under if self.stack else ""

    def of_map(self, column: int) -> bool:
        """Whether a map is open at `column`."""
        return any(level.column == column and not level.listed for level in self.stack)

    def of_list(self, column: int) -> bool:
        """Whether a list is open at `column`."""
        return any(level.column == column and level.listed for level in self.stack)

    def fits(self, column: int, listed: bool) -> bool:
        """Whether a dash or a key may begin a line at `column`."""
        return self._fitting(column, listed) is not None

    def _fitting(self, column: int, listed: bool) -> int | None:
        """How many levels stay open when a line begins at `column`; None when it fits nowhere."""
        stack = self.stack
        depth = len(stack)
        while depth and stack[depth - 1].column > column:
            depth -= 1
        if not depth:
            return None if stack else 0
        last = depth == len(stack)
        top = stack[depth - 1]
        if top.column < column:
            return depth if last and self.waiting else None
        if top.listed is listed:
            return depth
        if listed:
            return depth if last and self.waiting else None
        below = stack[depth - 2] if depth > 1 else None
        return depth - 1 if below and below.column == column and not below.listed else None

    def meant(self, column: int, listed: bool) -> tuple[Level | None, bool]:
        """The level that a stray dash or key was meant for, and whether it can be no other."""
        near = sorted(
            (abs(level.column - column), -level.column, level)
            for level in self.stack
            if level.listed is listed
        )
        if not near:
            return None, False
        distance, _, level = near[0]
        if listed and self.waiting and self.stack and not self.stack[-1].listed:
            return level, False
        alone = len(near) == 1 or near[1][0] > distance
        return level, alone and (distance == 1 or column > self.column)
