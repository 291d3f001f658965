"""How much a file may hold: what has more was pasted by accident, or is meant to do harm.

A pack is read within a tenth of a second because all of this is counted before it is looked at.
"""

from __future__ import annotations

from typing import NamedTuple

PACK_BYTES = 256 * 1024
OTHER_BYTES = 1024 * 1024
MOST_DEPTH = 12
MOST_TEXT = 64 * 1024
"""Characters of one text, and of one line."""
MOST_KEY = 128
MOST_PARTS = 200
"""Wordings, examples, sentences, checks or probes under one key; stages of a pack."""


class Most(NamedTuple):
    """The most of a file: its lines, lists and maps in brackets, keys and texts, items of a list, keys of a map."""

    lines: int
    brackets: int
    events: int
    items: int
    keys: int


_PACK = Most(8_000, 2_000, 15_000, 5_000, 1_000)
"""A pack of 200 questions has about 5,000 lines and 11,000 keys and texts."""
_OTHER = Most(20_000, 2_000, 40_000, 5_000, 1_000)
"""A lexicon of 10,000 words has a line for each."""


def most_of(limit: int) -> Most:
    """What a file of at most `limit` bytes may hold."""
    return _PACK if limit <= PACK_BYTES else _OTHER
