"""Lists and maps in brackets: where they close, and whether a sentence stands in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from reflect.packs.values import closing

_SIGNS = re.compile(r"""[\[\]{},"'#]|:(?=[ \t]|$)""")


class Brackets(msgspec.Struct, frozen=True):
    """Where brackets close: the line, and the column behind them, from 0; `sentence` is where one begins."""

    line: int
    end: int
    sentence: tuple[int, int] | None = None
    items: int = 1


class _Reading:
    """What is known while brackets are read: how deep, and the item that is being read."""

    __slots__ = ("begun", "depth", "items", "sentence", "words")

    def __init__(self) -> None:
        self.depth = 0
        self.items = 1
        self.words = 0
        self.begun: tuple[int, int] | None = None
        self.sentence: tuple[int, int] | None = None

    def take(self, text: str, line: int, column: int) -> None:
        """A piece of an item."""
        words = text.split()
        if not words:
            return
        if self.begun is None:
            self.begun = (line, column + len(text) - len(text.lstrip()))
        self.words += len(words)
        if self.words > 1 and self.sentence is None:
            self.sentence = self.begun

    def finish(self) -> None:
        """The item ends."""
        self.words, self.begun = 0, None


def read_brackets(lines: Sequence[str], line: int, start: int, parent: int) -> Brackets | None:
    """The brackets that open at `start` of `line`; None when they do not close.

    They are taken to be open no longer than the lines are indented by more than
    `parent` columns, or begin with what closes them.
    """
    reading = _Reading()
    quote = ""
    for number in range(line, len(lines)):
        text = lines[number]
        if number > line and _leaves(text, parent):
            return None
        at = start if number == line else 0
        while True:
            if quote:
                end = closing(text, quote, at)
                if end < 0:
                    break
                at, quote = end + 1, ""
            found = _SIGNS.search(text, at)
            reading.take(text[at : found.start() if found else len(text)], number, at)
            if found is None:
                break
            at = found.end()
            sign = found.group()
            if sign in "\"'":
                if reading.begun is None:
                    reading.begun, quote = (number, found.start()), sign
            elif sign == "#":
                if text[found.start() - 1 : found.start()] in ("", " ", "\t"):
                    break
            else:
                reading.finish()
                reading.items += sign == ","
                reading.depth += (sign in "[{") - (sign in "]}")
                if not reading.depth:
                    return Brackets(number, at, reading.sentence, reading.items)
    return None


def _leaves(text: str, parent: int) -> bool:
    """Whether a line stands outside brackets that are still open."""
    bare = text.lstrip(" ")
    return bool(bare) and len(text) - len(bare) <= parent and bare[0] not in "]}"
