"""Identifiers that sort by when they were made (the ULID specification: 48 bits of time, 80 of chance).

The time in them is UTC and only makes them sort; nobody reads a date out of them.
"""

from __future__ import annotations

import os
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
BEYOND = "8"
"""Sorts after every ULID, and before whatever else a stream may be called."""


def encode(number: int) -> str:
    """`number`, below 2**128, in 26 characters of Crockford's base 32; order is kept."""
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def decode(text: str) -> int | None:
    """The number that `text` stands for; None when it is no ULID."""
    if len(text) != _LENGTH or text[0] > "7":
        return None
    number = 0
    for letter in text:
        digit = _ALPHABET.find(letter)
        if digit < 0:
            return None
        number = number << 5 | digit
    return number


def fresh(milliseconds: int) -> str:
    """A new ULID for a moment in UTC, in milliseconds since 1970."""
    return encode(milliseconds << 80 | int.from_bytes(os.urandom(10), "big"))


def following(last: str) -> str:
    """A new ULID that sorts after `last`, even when the clock was put back; `last` may be empty."""
    now = fresh(time.time_ns() // 1_000_000)
    before = decode(last)
    return now if before is None or last < now else encode(before + 1)


def shortly_after(earlier: str) -> str:
    """A new ULID that sorts after the ULID `earlier`, and before any that was made a millisecond later."""
    return encode((decode(earlier) or 0) + 1 + int.from_bytes(os.urandom(8), "big"))
