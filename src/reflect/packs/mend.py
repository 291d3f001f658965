"""Carries out the mendings of diagnostics in the bytes of a file; everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reflect.diagnostics import Diagnostic, Fix
from reflect.packs.edits import Edit, edited

_MARK = b"\xef\xbb\xbf"


class Mended(msgspec.Struct, frozen=True):
    """The bytes after mending, what was mended, and the diagnostics that are left."""

    data: bytes
    applied: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def mend(data: bytes, diagnostics: Iterable[Diagnostic]) -> Mended:
    """`data`, a file of UTF-8, with the mendings of `diagnostics`, which must all be of this file.

    Of mendings that overlap, the one that begins first is carried out, of those that begin together
    the longer one; the others are left for the next look. Line ends, a byte-order mark and all other
    bytes are kept. What fits nowhere in the file is left alone.
    """
    found = tuple(diagnostics)
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError:
        return Mended(data, (), found)
    lines = text.split("\n")
    chosen = _chosen(found, [line.removesuffix("\r") for line in lines])
    ending = "\r\n" if "\r\n" in text else "\n"
    for line, fixes in chosen.items():
        edits = [Edit(fix.start - 1, fix.end - 1, fix.text.replace("\n", ending)) for fix in fixes]
        lines[line - 1] = edited(lines[line - 1], edits)
    done = {fix for fixes in chosen.values() for fix in fixes}
    return Mended(
        (_MARK if data.startswith(_MARK) else b"") + "\n".join(lines).encode("utf-8"),
        tuple(one for one in found if one.fix in done),
        tuple(one for one in found if one.fix not in done),
    )


def _chosen(found: tuple[Diagnostic, ...], lines: list[str]) -> dict[int, list[Fix]]:
    """By line the mendings to carry out, from left to right."""
    fixes = {one.fix for one in found if one.fix and _fits(one.fix, lines)}
    chosen: dict[int, list[Fix]] = {}
    for fix in sorted(fixes, key=lambda fix: (fix.line, fix.start, -fix.end, fix.text)):
        before = chosen.setdefault(fix.line, [])
        if not before or _apart(before[-1], fix):
            before.append(fix)
    return chosen


def _fits(fix: Fix, lines: list[str]) -> bool:
    """Whether `fix` lies in the file and changes something."""
    if not 1 <= fix.line <= len(lines) or not 1 <= fix.start <= fix.end:
        return False
    line = lines[fix.line - 1]
    return fix.end <= len(line) + 1 and line[fix.start - 1 : fix.end - 1] != fix.text


def _apart(before: Fix, fix: Fix) -> bool:
    """Whether `fix` begins behind `before`; two that begin at one place never are."""
    return before.end <= fix.start and before.start < fix.start
