"""Foreign words in an Org file: kept from being read as Org syntax.

The Org manual ("Escape Character") recommends the zero width space for text that looks like
syntax and is none: U+200B is no blank to Org, so a line that begins with it is a paragraph, and a
pair of characters that it stands between begins nothing.
"""

from __future__ import annotations

import re
import unicodedata

GUARD = "\u200b"
"""The zero width space."""

_LEFT_OUT = ("Cc", "Cs")

_LIVE = re.compile(
    r"(?<=[<\[{\\$@|*+=~_/^#])(?=\S)"  # timestamps, links, cookies, macros, entities, markup
    r"|(?<=[^\W\d_])(?=:)"  # https:, shell:, a tag
    r"|(?<=:)(?=[^\W\d_])"
    r"|(?<=-)(?=-)"  # a range of timestamps, a rule
)


def line(words: str) -> str:
    """`words` for the end of a heading or the value of a property: one line, no syntax."""
    plain = _LIVE.sub(GUARD, " ".join(_printable(words).split()))
    return GUARD + plain + GUARD if plain else ""


def paragraph(words: str) -> str:
    """`words` as lines of a paragraph, each of them guarded; no blank line at either end."""
    lines = _printable(words, keep="\n").strip("\n").split("\n")
    return "\n".join(GUARD + _LIVE.sub(GUARD, one.rstrip()) for one in lines)


def tag(name: str) -> str:
    """`name`, an id, as a tag: letters, digits and underscores."""
    return re.sub(r"\W", "_", name)


def value(name: str) -> str:
    """`name`, an id, as the value of a property: letters, digits, underscores and hyphens."""
    return re.sub(r"[^\w-]", "_", name)


def _printable(words: str, keep: str = "") -> str:
    """`words` without control characters; every sort of line break is a line feed."""
    broken = "\n".join(words.splitlines())
    return "".join(
        letter
        for letter in broken
        if letter in keep or letter in "\n\t" or unicodedata.category(letter) not in _LEFT_OUT
    )
