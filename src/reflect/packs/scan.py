"""Looks at each line for what bites a writer, before YAML is parsed.

YAML stops at the first text that should have been quoted, and cuts another one
without a word. This scan finds them all, names them, and hands on the text with
those lines mended, so that everything else in the file is checked in the same run.

What is looked for stands in `_trouble`, one rule after the other.
"""

from __future__ import annotations

import re

import msgspec

from reflect.diagnostics import Place
from reflect.packs import codes
from reflect.packs.report import Report, clip
from reflect.packs.schema import KEYS

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2} *(#.*)?")
_CLEAN = re.compile(r" *(?:- +){0,12}(?:[a-z0-9-]+:(?: +|$))?(?:[A-Za-z0-9][^:#]*)?")
_NEVER_FIRST = frozenset("@`%,]}")
_MOST_DASHES = 12
_KEY_WORDS = 4


class _Line(msgspec.Struct, frozen=True):
    """A line taken apart: its value, the column (from 0) where that begins, its parent's indentation."""

    value: str
    start: int
    parent: int
    mendable: bool


class _Finding(msgspec.Struct, frozen=True):
    code: str
    message: str


class _State(msgspec.Struct):
    """What an earlier line has left open: a block text, a quoted text, or brackets."""

    block: int | None = None
    quote: str = ""
    depth: int = 0

    @property
    def open(self) -> bool:
        """Whether anything is open."""
        return self.block is not None or bool(self.quote) or self.depth > 0


def scan(file: str, text: str, report: Report) -> str | None:
    """`text` with the lines that need it quoted, or None when a line cannot be mended here."""
    state = _State()
    lines = text.split("\n")
    sound = True
    for number, line in enumerate(lines):
        if not state.open and _CLEAN.fullmatch(line):
            continue
        if _goes_on(line, state):
            continue
        taken = _take(line)
        if taken is None:
            message = f"More than {_MOST_DASHES} dashes stand here."
            report.error(codes.TOO_DEEP, Place(file, number + 1, 1), message)
            return None
        found = _trouble(taken, state)
        if found is None:
            continue
        mended = line[: taken.start] + quoted(taken.value)
        hint = f"Write: {mended.strip()}" if taken.mendable else "Put the whole text in quotes."
        report.error(found.code, Place(file, number + 1, taken.start + 1), found.message, hint)
        sound = sound and taken.mendable
        lines[number] = mended
    return "\n".join(lines) if sound else None


def quoted(text: str) -> str:
    """`text` as YAML takes it whole, whatever it holds."""
    return "'" + text.rstrip().replace("'", "''") + "'"


def _goes_on(line: str, state: _State) -> bool:
    """Whether `line` needs no look: blank, a comment, or inside what an earlier line opened."""
    bare = line.lstrip(" ")
    if state.block is not None:
        if not bare or len(line) - len(bare) > state.block:
            return True
        state.block = None
    if state.quote:
        if _closing(line, state.quote, 0) >= 0:
            state.quote = ""
        return True
    if state.depth:
        state.depth = max(0, _depth(line, state.depth))
        return True
    return not bare or bare[0] == "#"


def _take(line: str) -> _Line | None:
    """`line` after its dashes and its key; None when it has too many dashes."""
    start = len(line) - len(line.lstrip(" "))
    parent, dashes = start, 0
    while line.startswith(("- ", "? "), start):
        parent = start
        start += 2
        while line.startswith(" ", start):
            start += 1
        dashes += 1
    if dashes > _MOST_DASHES:
        return None
    colon = _colon(line, start)
    if colon < 0 or not _is_key(line[start:colon], dashes > 0):
        return _Line(line[start:], start, parent, dashes > 0)
    value = colon + 1
    while line.startswith(" ", value):
        value += 1
    return _Line(line[value:], value, start, True)


def _colon(line: str, start: int) -> int:
    """Where the first colon stands that ends a key, -1 when there is none."""
    found = line.find(": ", start)
    if found < 0 and line.endswith(":"):
        return len(line) - 1
    return found


def _is_key(head: str, listed: bool) -> bool:
    """Whether `head` reads like a key: after a dash only a known key or an id, else anything short."""
    if not head or head[0] in "\"'{[":
        return False
    if head in KEYS or _ID.fullmatch(head):
        return True
    return not listed and len(head.split()) <= _KEY_WORDS


def _trouble(line: _Line, state: _State) -> _Finding | None:
    """What is wrong with the value of `line`; what it leaves open goes to `state`."""
    value = line.value
    if not value or value in ("-", "---", "..."):
        return None
    first = value[0]
    if first in "|>":
        return _block(line, state)
    if first in "\"'":
        return _quoted(value, state)
    if first in "[{":
        return _brackets(value, state)
    if first in _NEVER_FIRST or value.startswith("? "):
        return _Finding(codes.NEEDS_QUOTES, f"A text may not begin with `{first}` unquoted.")
    return None if first in "&*!#:" else _plain(value)


def _block(line: _Line, state: _State) -> _Finding | None:
    if _BLOCK.fullmatch(line.value):
        state.block = line.parent
        return None
    return _Finding(codes.NEEDS_QUOTES, f"A text may not begin with `{line.value[0]}` unquoted.")


def _quoted(value: str, state: _State) -> _Finding | None:
    end = _closing(value, value[0], 1)
    if end < 0:
        state.quote = value[0]
        return None
    tail = value[end + 1 :].strip()
    if not tail or tail[0] in "#:":
        return None
    return _Finding(
        codes.NEEDS_QUOTES,
        f"The text goes on after its closing quote: `{clip(tail)}`.",
    )


def _brackets(value: str, state: _State) -> _Finding | None:
    depth, end = 0, -1
    for character in value:
        end += 1
        depth += (character in "[{") - (character in "]}")
        if not depth:
            break
    if depth:
        state.depth = depth
        return None
    tail = value[end + 1 :].strip()
    placeholder = value[0] == "{" and end > 1 and ":" not in value[:end]
    if placeholder or (tail and tail[0] not in "#:"):
        return _Finding(codes.NEEDS_QUOTES, f"A text may not begin with `{value[0]}` unquoted.")
    return None


def _plain(value: str) -> _Finding | None:
    cut = value.find(" #")
    if cut >= 0 and value[cut - 1 : cut] == " ":
        value = value[:cut].rstrip()
    elif cut >= 0:
        return _Finding(codes.CUT_TEXT, "Everything from ` #` on would be cut off as a comment.")
    if ": " in value or value.endswith(":"):
        return _Finding(codes.COLON_IN_TEXT, "A text that holds `: ` needs quotes.")
    return None


def _closing(text: str, quote: str, start: int) -> int:
    """Where the quote that closes stands, from `start` on; -1 when it does not."""
    while True:
        found = text.find(quote, start)
        if found < 0:
            return -1
        if quote == "'" and text.startswith("''", found):
            start = found + 2
        elif quote == '"' and _escaped(text, found):
            start = found + 1
        else:
            return found


def _escaped(text: str, offset: int) -> bool:
    """Whether an odd number of backslashes stands before `offset`."""
    begin = offset
    while begin and text[begin - 1] == "\\":
        begin -= 1
    return (offset - begin) % 2 == 1


def _depth(line: str, depth: int) -> int:
    """How many brackets are open after `line`."""
    for character in line:
        depth += (character in "[{") - (character in "]}")
    return depth
