"""A notation for what a text file cannot hold, or nobody would see or read to the end.

Between ⟨ and ⟩ stands, in texts that are otherwise as they are:

    ⟨tab⟩                   a tab
    ⟨U+202E⟩                the character of that number
    ⟨byte E9⟩               one byte that is not UTF-8
    ⟨400 × very ⟩           `very `, 400 times in a row
    …  ⟨this line 520 times⟩  at the end of a line: so many such lines
    ⟨201 questions⟩         as many small questions, each as far in as the mark stands
    ⟨link to notes.txt⟩     alone in its file: the file is a link to that place
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reflect.errors import Misuse

_MARK = re.compile(
    r"^(?P<line>.*\S)(?P<again> *⟨this line (?P<times>[0-9]+) times⟩)$"
    r"|⟨(?P<mark>[^⟩]*+)(?P<closed>⟩?)",
    re.MULTILINE,
)
"""A mark that is not closed is found too, with all behind it: nothing behind it is looked at again."""
_LINK = re.compile(r"⟨link to ([^⟩]+)⟩\s*")
_CHARACTER = re.compile(r"U\+([0-9A-F]{4,6})")
_BYTE = re.compile(r"byte ([0-9A-F]{2})")
_TIMES = re.compile(r"([0-9]+) × (.+)")
_QUESTIONS = re.compile(r"([0-9]+) questions")


class _Piece(msgspec.Struct, frozen=True):
    """A stretch of a text as it is shown (`mark` when it stands for something else) and what it means."""

    shown: str
    meant: bytes
    mark: bool


def meant(text: str) -> bytes:
    """The bytes of a file that is written in this notation; Misuse for a mark that it does not have."""
    return b"".join(piece.meant for piece in _pieces(text))


def link_in(text: str) -> str:
    """Where the link leads that `text` describes, "" when it is no link."""
    found = _LINK.fullmatch(text)
    return found.group(1) if found else ""


def shown_at(text: str, line: int, column: int) -> tuple[int, int]:
    """Where in `text` stands what is at `line` and `column` of the file it means; all count from 1.

    What a mark stands for is at the mark. A byte that is not UTF-8 counts as one character.
    """
    real, shown = (1, 1), (1, 1)
    for piece in _pieces(text):
        after = _moved(real, piece.meant.decode("utf-8", "replace"))
        if (line, column) < after:
            return shown if piece.mark else _within(piece.shown, real, shown, (line, column))
        real, shown = after, _moved(shown, piece.shown)
    return shown


def _within(
    text: str, real: tuple[int, int], shown: tuple[int, int], wanted: tuple[int, int]
) -> tuple[int, int]:
    """Where `wanted` is shown: `text` means itself, begins at `real` and is shown at `shown`."""
    down = wanted[0] - real[0]
    across = wanted[1] - real[1] + shown[1] if not down else wanted[1]
    return shown[0] + down, across


def _moved(place: tuple[int, int], text: str) -> tuple[int, int]:
    """The place behind `text`, which begins at `place`."""
    lines = text.split("\n")
    if len(lines) == 1:
        return place[0], place[1] + len(text)
    return place[0] + len(lines) - 1, len(lines[-1]) + 1


def _pieces(text: str) -> Iterator[_Piece]:
    position = 0
    for found in _MARK.finditer(text):
        if found["closed"] == "":
            break
        plain = text[position : found.start()]
        line = found["line"] or ""
        yield _Piece(plain + line, (plain + line).encode(), False)
        yield _Piece(found["again"] or found.group(), _meant(found, plain), True)
        position = found.end()
    yield _Piece(text[position:], text[position:].encode(), False)


def _meant(found: re.Match[str], before: str) -> bytes:
    """What a mark stands for that was found behind `before`."""
    if found["line"]:
        return f"\n{found['line']}".encode() * (int(found["times"]) - 1)
    return _read(found["mark"], before)


def _read(mark: str, before: str) -> bytes:
    """What `mark` stands for; `before` is the text in front of it, whose last line may indent it."""
    if mark == "tab":
        return b"\t"
    if found := _CHARACTER.fullmatch(mark):
        return chr(int(found.group(1), 16)).encode()
    if found := _BYTE.fullmatch(mark):
        return bytes.fromhex(found.group(1))
    if found := _TIMES.fullmatch(mark):
        return (found.group(2) * int(found.group(1))).encode()
    if found := _QUESTIONS.fullmatch(mark):
        return _questions(int(found.group(1)), before.rpartition("\n")[2]).encode()
    raise Misuse(f"this is no mark of the notation: {mark}")


def _questions(number: int, indent: str) -> str:
    """That many yes-or-no questions, the first behind an indentation that is there already."""
    lines = (
        f"- id: check-{at}\n{indent}  ask: Is point {at} of the list in order?\n"
        f"{indent}  answer: yesno"
        for at in range(1, number + 1)
    )
    return f"\n{indent}".join(lines)
