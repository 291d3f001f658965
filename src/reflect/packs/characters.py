"""From the bytes of a file to text that is safe to parse and to show.

Works before any YAML is parsed: size, UTF-8, characters nobody can see, and
nesting so deep that a parser should not meet it.
"""

from __future__ import annotations

import re
from itertools import islice

import msgspec

from reflect.diagnostics import Fix, Place
from reflect.packs import codes
from reflect.packs.edits import Edit, Way, edited
from reflect.packs.limits import most_of
from reflect.packs.report import Report

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls, line breaks nobody sees, bidirectional marks, invisible characters, surrogates, tags.

Joiners (U+200C, U+200D) and variation selectors stay: Persian and emoji need them.
"""

_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
"""Line breaks that word processors put into a line; a space means the same."""
_NOTHING = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u061c\u2060\u2061\u2062\u2063\u2064"
    "\u3164\ufeff\uffa0"
)
"""Characters that show nothing and change no order: a text without them reads the same."""
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_BRACKETS = re.compile(r"(?:\A|(?<=[,:?\-\n ]))[\[{]+|[\]}]+")
"""A run of brackets that open where there may be a list or a map, or of those that close."""
_OPENS = frozenset("[{,:?-\n")
_MOST_FINDINGS = 100
_LONGEST_HINT = 1_000
_MOST_NESTED = 64


def forbidden(text: str) -> str:
    """The first character of `text` that may not stand in a file, as `U+202E`; "" when there is none."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def seen(text: str) -> str:
    """`text` without characters that may not stand in a file."""
    return _FORBIDDEN.sub("", text)


class Decoded(msgspec.Struct, frozen=True):
    """The text of a file without what nobody can see, and the way from there to the file as it is."""

    text: str
    way: Way


def decode(file: str, data: bytes, limit: int, report: Report) -> Decoded | None:
    """The text of `data`, its line breaks all LF, or None when it may not be parsed."""
    if len(data) > limit:
        message = f"This file has {len(data):,} bytes; {limit:,} are the most."
        report.error(codes.TOO_LARGE, Place(file), message, "Split it into several packs.")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        _report_encoding(file, data, trouble.start, report)
        return None
    text = text.replace("\r\n", "\n")
    most = most_of(limit)
    if not (_directives(file, text, report) and nesting(file, text, report, most.brackets)):
        return None
    if _lines(file, text, most.lines, report):
        return None
    return _scrubbed(file, text, report)


def _lines(file: str, text: str, most: int, report: Report) -> bool:
    """Whether `text` has more than `most` lines."""
    count = text.count("\n")
    if count > most:
        message = f"This file has {count:,} lines; {most:,} are the most."
        report.error(
            codes.TOO_LARGE, Place(file, most + 1, 1), message, "Make several files of it."
        )
    return count > most


def _report_encoding(file: str, data: bytes, offset: int, report: Report) -> None:
    line = data.count(b"\n", 0, offset) + 1
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8-sig", "replace")) + 1
    report.error(
        codes.NOT_UTF8,
        Place(file, line, column),
        f"This character is not saved as UTF-8 (byte {offset}, 0x{data[offset]:02X}).",
        "Save the file as UTF-8: most editors ask for the encoding under `Save as`.",
    )


def place_of(file: str, text: str, offset: int) -> Place:
    """The place of the character number `offset` of `text`."""
    return Place(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _scrubbed(file: str, text: str, report: Report) -> Decoded | None:
    """`text` without forbidden characters, each reported; None when there are too many."""
    if not _FORBIDDEN.search(text):
        return Decoded(text, Way({}))
    lines = text.split("\n")
    edits: dict[int, list[Edit]] = {}
    count = 0
    for number, line in enumerate(lines):
        # Of a line too long to be shown mended, those that are told will do.
        most = None if len(line) <= 2 * _LONGEST_HINT else _MOST_FINDINGS
        found = [_without(match) for match in islice(_FORBIDDEN.finditer(line), most)]
        if not found:
            continue
        edits[number] = found
        lines[number] = edited(line, found)
        for edit in found[: _MOST_FINDINGS - count]:
            _report_character(file, number, line, edit, lines[number], report)
        count += len(found)
        if count >= _MOST_FINDINGS:
            return None
    return Decoded("\n".join(lines), Way(edits))


def _without(found: re.Match[str]) -> Edit:
    """How the line reads without the character."""
    return Edit(found.start(), found.end(), " " if found.group() in _BREAKS else "")


def _report_character(
    file: str, number: int, line: str, edit: Edit, mended: str, report: Report
) -> None:
    character = line[edit.start]
    place = Place(file, number + 1, edit.start + 1)
    message = f"The character U+{ord(character):04X} cannot be seen and may not stand here."
    if character not in _BREAKS | _NOTHING:
        hint = "Delete it, and type the words around it anew if need be."
        report.error(codes.FORBIDDEN_CHARACTER, place, message, hint)
        return
    fix = Fix(number + 1, edit.start + 1, edit.end + 1, edit.text)
    hint = "Delete it." if len(mended) > _LONGEST_HINT else f"Write: {mended.strip()}"
    report.error(codes.FORBIDDEN_CHARACTER, place, message, hint, fix)


def _directives(file: str, text: str, report: Report) -> bool:
    """Lines may not begin with `%`."""
    directive = _DIRECTIVE.search(text)
    if directive:
        place = place_of(file, text, directive.start())
        report.error(codes.DIRECTIVE, place, "A line may not begin with `%`.", "Delete the line.")
    return directive is None


def nesting(file: str, text: str, report: Report, most: int) -> bool:
    """Count brackets that stand where YAML would open one: a parser must never meet a tower of them.

    Nor is there a use for more than `most` lists and maps in brackets.
    """
    if text.count("[") + text.count("{") <= _MOST_NESTED:
        return True
    depth = count = 0
    for found in _BRACKETS.finditer(text):
        run = found.group()
        if run[0] in "]}":
            depth = max(0, depth - len(run))
            continue
        if _before(text, found.start()) not in _OPENS:
            continue
        depth += len(run)
        count += len(run)
        if depth > _MOST_NESTED:
            place = place_of(file, text, found.end() - (depth - _MOST_NESTED))
            message = f"More than {_MOST_NESTED} brackets are open here."
            report.error(codes.TOO_DEEP, place, message, "Write lists with a dash each.")
            return False
        if count > most:
            place = place_of(file, text, found.start())
            message = f"More than {most:,} lists stand in brackets."
            report.error(codes.TOO_LARGE, place, message, "Write lists with a dash each.")
            return False
    return True


def _before(text: str, offset: int) -> str:
    """The last character before `offset` that is no space; a line break when the line begins here."""
    while offset and text[offset - 1] == " ":
        offset -= 1
    return text[offset - 1] if offset else "\n"
