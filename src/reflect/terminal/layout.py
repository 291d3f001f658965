"""From blocks to lines: wrapping by cells, so that wide characters stay inside the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reflect.terminal.blocks import (
    Block,
    Choices,
    Gap,
    Heading,
    Labelled,
    Paragraph,
    Sent,
    Style,
    Task,
)
from reflect.text import display_width, for_terminal, shorten

WIDEST = 72
NARROWEST = 20
MOST_LINES = 30
MOST_SENT = 4000
"""Lines and characters that are shown of a sent text."""


class Look(NamedTuple):
    """How a screen looks: `width` in cells, whether it has colour, whether rules and boxes are drawn."""

    width: int = WIDEST
    colour: bool = False
    drawn: bool = False


PLAIN = Look()


class Piece(NamedTuple):
    """Text in one style."""

    text: str
    style: Style = ""

    def __repr__(self) -> str:
        return "<Piece>"


Line = tuple[Piece, ...]


def look_of(columns: int, *, colour: bool, drawn: bool) -> Look:
    """A look for a terminal of `columns`: never wider than is good to read."""
    return Look(max(NARROWEST, min(columns, WIDEST)), colour, drawn)


def lines_of(block: Block, look: Look) -> list[Line]:
    """The lines of one block."""
    if isinstance(block, Paragraph):
        return _paragraph(block, look)
    if isinstance(block, Heading):
        return [_heading(block, look)]
    if isinstance(block, Choices):
        return list(_choices(block, look))
    if isinstance(block, Labelled):
        return _labelled(block, look)
    if isinstance(block, Task):
        return _task(block, look)
    if isinstance(block, Sent):
        return _sent(block, look)
    return [()]


def _sent(block: Sent, look: Look) -> list[Line]:
    lines = _behind("> ", Paragraph(block.text[:MOST_SENT]), look)
    cut = len(lines) > MOST_LINES or len(block.text) > MOST_SENT
    return [*lines[:MOST_LINES], (Piece("  …"),)] if cut else lines


def _paragraph(block: Paragraph, look: Look) -> list[Line]:
    room = look.width - block.indent
    text = shorten(block.text, room) if block.short else block.text
    lines = wrapped(text, room, room - block.hang)
    margins = (block.indent if n == 0 else block.indent + block.hang for n in range(len(lines)))
    return [
        (Piece(" " * margin), Piece(line, block.style))
        for margin, line in zip(margins, lines, strict=True)
    ]


def _heading(block: Heading, look: Look) -> Line:
    if not look.drawn:
        room = look.width - 2 - display_width(block.right) - 3
        words = " - ".join(filter(None, (_title(block, room), block.right))) or "-" * 8
        return (Piece("  "), Piece(shorten(for_terminal(words), look.width - 2), "accent"))
    right = for_terminal(block.right)
    title = _title(block, look.width - display_width(right) - 6)
    used = 2 + sum(display_width(words) + 1 for words in (title, right) if words)
    rule = "─" * max(2, look.width - used)
    pieces = (Piece(title, "accent"), Piece(rule, "quiet"), Piece(right, "quiet"))
    shown = [piece for piece in pieces if piece.text]
    spaced = [piece for one in shown for piece in (Piece(" "), one)][1:]
    return (Piece("  "), *spaced)


def _title(block: Heading, room: int) -> str:
    """The title in `room` cells, behind what it belongs to; that is shortened first."""
    title = shorten(for_terminal(block.title), room)
    before = shorten(for_terminal(block.before), room - display_width(title) - 3)
    return " · ".join(filter(None, (before, title)))


def _choices(block: Choices, look: Look) -> Iterator[Line]:
    numbered = [f"{number}  {label}" for number, label in enumerate(block.labels, 1)]
    row = "   ".join(numbered)
    if block.compact and look.drawn and display_width(row) <= look.width - 4:
        yield (Piece("    "), Piece(row))
        return
    for number, label in enumerate(block.labels, 1):
        yield from _behind(f"{number:>5}  ", Paragraph(label), look)


def _behind(margin: str, block: Paragraph, look: Look) -> list[Line]:
    """Text with `margin` before its first line, and as much room before the others."""
    indent = display_width(margin)
    room = look.width - indent
    first, *rest = wrapped(shorten(block.text, room) if block.short else block.text, room)
    others = [(Piece(" " * indent), Piece(line, block.style)) for line in rest]
    return [(Piece(margin), Piece(first, block.style)), *others]


def _labelled(block: Labelled, look: Look) -> list[Line]:
    if not look.drawn or look.width < 3 * block.width:
        return _paragraph(Paragraph(f"{block.label}: {block.text}".lstrip(": "), hang=2), look)
    margin = "  " + block.label + " " * (block.width - display_width(block.label))
    first, *rest = _behind(margin, Paragraph(block.text, short=block.short), look)
    return [(Piece(margin, "accent"), *first[1:]), *rest]


def _task(block: Task, look: Look) -> list[Line]:
    box = "▢" if look.drawn else "[ ]"
    mark = box if block.mark == "box" else block.mark
    return _behind(f"    {mark} ", Paragraph(block.text), look)


# --- wrapping ----------------------------------------------------------------------


_WORD = re.compile(r"( *)([^ ]+)")


def wrapped(text: str, first: int, rest: int | None = None) -> list[str]:
    """`text` in lines of at most `first`, then `rest` cells; at least one line, none ends in a blank.

    Spaces between two words of one line stay as they are.
    """
    lines: list[str] = []
    for part in for_terminal(text).replace("\t", " ").split("\n"):
        lines.extend(_fill(part, first if not lines else rest or first, rest or first))
    return lines


def _fill(text: str, first: int, rest: int) -> Iterator[str]:
    line, room = "", max(first, 1)
    for spaces, word in _WORD.findall(text):
        # Measured as a whole: a mark may be wider or narrower behind another letter.
        if display_width(line + spaces + word) <= room:
            line = line + spaces + word
            continue
        if line:
            yield line
            room = max(rest, 1)
        *full, line = _cut(word, room)
        yield from full
    yield line


def _cut(word: str, room: int) -> Iterator[str]:
    """A word that may fit on no line, in pieces that do."""
    if display_width(word) <= room:
        yield word
        return
    piece = ""
    for character in word:
        if piece and display_width(piece + character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


# --- the sink ----------------------------------------------------------------------

_CODES: dict[Style, str] = {"question": "1", "quiet": "2", "accent": "36"}


def painted(line: Line, look: Look) -> str:
    """`line` as it is written to a terminal: the one place where text meets escape codes.

    Whatever a piece holds, nothing of it is obeyed by the terminal.
    """
    return "".join(_paint(piece, look) for piece in line).rstrip()


def _paint(piece: Piece, look: Look) -> str:
    safe = for_terminal(piece.text).replace("\n", " ")
    code = _CODES.get(piece.style, "")
    return f"\x1b[{code}m{safe}\x1b[0m" if look.colour and code and safe else safe


class Page:
    """Turns blocks into text, with never more than one empty line between them."""

    def __init__(self) -> None:
        self._gap = True

    def text(self, blocks: Iterable[Block], look: Look) -> str:
        """The blocks as lines, each with its line feed."""
        lines: list[str] = []
        for block in blocks:
            if isinstance(block, Gap):
                if not self._gap:
                    lines.append("")
                self._gap = True
                continue
            lines.extend(painted(line, look) for line in lines_of(block, look))
            self._gap = False
        return "".join(f"{line}\n" for line in lines)

    def typed(self) -> None:
        """Something else than a block was written."""
        self._gap = False
