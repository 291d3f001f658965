"""From the bytes of a file to text that is safe to parse and to show.

Works before any YAML is parsed: size, UTF-8, characters nobody can see,
indentation, and nesting so deep that a parser should not meet it.
"""

from __future__ import annotations

import re

from reflect.diagnostics import Place
from reflect.packs import codes
from reflect.packs.report import Report

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls, line breaks nobody sees, bidirectional marks, invisible characters, surrogates, tags.

Joiners (U+200C, U+200D) and variation selectors stay: Persian and emoji need them.
"""

_INDENT = re.compile("^ *([\t\u00a0\u2007\u202f\u3000])", re.MULTILINE)
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_OPENS = frozenset("[{,:?-\n")
_MOST_FINDINGS = 20
_MOST_NESTED = 64


def forbidden(text: str) -> str:
    """The first character of `text` that may not stand in a file, as `U+202E`; "" when there is none."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def decode(file: str, data: bytes, limit: int, report: Report) -> str | None:
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
    sound = _characters(file, text, report)
    sound = _starts(file, text, report) and sound
    return text if sound and _nesting(file, text, report) else None


def _report_encoding(file: str, data: bytes, offset: int, report: Report) -> None:
    line = data.count(b"\n", 0, offset) + 1
    column = offset - (data.rfind(b"\n", 0, offset) + 1) + 1
    report.error(
        codes.NOT_UTF8,
        Place(file, line, column),
        f"Byte {offset} (0x{data[offset]:02X}) is not UTF-8.",
        "Save the file as UTF-8.",
    )


def place_of(file: str, text: str, offset: int) -> Place:
    """The place of the character number `offset` of `text`."""
    return Place(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _characters(file: str, text: str, report: Report) -> bool:
    sound = True
    for number, found in enumerate(_FORBIDDEN.finditer(text)):
        if number == _MOST_FINDINGS:
            break
        sound = False
        report.error(
            codes.FORBIDDEN_CHARACTER,
            place_of(file, text, found.start()),
            f"The character U+{ord(found.group()):04X} cannot be seen and may not stand here.",
            "Delete it, and type the words around it anew if need be.",
        )
    return sound


def _starts(file: str, text: str, report: Report) -> bool:
    """Lines may not begin with `%`, nor be indented by anything but spaces."""
    directive = _DIRECTIVE.search(text)
    if directive:
        place = place_of(file, text, directive.start())
        report.error(codes.DIRECTIVE, place, "A line may not begin with `%`.", "Delete the line.")
    found = None
    for number, found in enumerate(_INDENT.finditer(text)):
        if number == _MOST_FINDINGS:
            break
        what = "a tab" if found.group(1) == "\t" else f"U+{ord(found.group(1)):04X}"
        place = place_of(file, text, found.start(1))
        report.error(codes.INDENTATION, place, f"This line is indented with {what}.", "Use spaces.")
    return directive is None and found is None


def _nesting(file: str, text: str, report: Report) -> bool:
    """Count brackets that stand where YAML would open one: a parser must never meet a tower of them."""
    depth, plain = 0, -2
    for found in _BRACKET.finditer(text):
        if found.group() in "]}":
            depth = max(0, depth - 1)
        elif found.start() == plain + 1 or _before(text, found.start()) not in _OPENS:
            plain = found.start()
        else:
            depth += 1
            if depth > _MOST_NESTED:
                place = place_of(file, text, found.start())
                message = f"More than {_MOST_NESTED} brackets are open here."
                report.error(codes.TOO_DEEP, place, message, "Write lists with a dash each.")
                return False
    return True


def _before(text: str, offset: int) -> str:
    """The last character before `offset` that is no space; a line break when the line begins here."""
    while offset and text[offset - 1] == " ":
        offset -= 1
    return text[offset - 1] if offset else "\n"
