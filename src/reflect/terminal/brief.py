"""A long answer in few words: cut where a clause ends, so that what is left can be read."""

from __future__ import annotations

import re

from reflect.text import display_width, shorten

_END = re.compile(r"(?<![,;:.!?])[,;:.!?]++(?=\s)|(?<!\s)\s++[-–—](?=\s)")
_LEAST = 0.4
"""The part of the room that a clause fills at least; a shorter one tells too little."""


def brief(text: str, width: int) -> str:
    """`text` on one line of at most `width` cells: to the end of a clause when one fits well, else of a word.

    What is cut ends in "…".
    """
    line = " ".join(text.split())
    if display_width(line) <= width:
        return line
    heads = (line[: end.start()] for end in _END.finditer(line[: 2 * max(width, 0)]))
    fitting = [head for head in heads if _LEAST * width <= display_width(head) < width]
    return f"{fitting[-1]}…" if fitting else shorten(line, width)
