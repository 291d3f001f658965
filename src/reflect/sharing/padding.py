"""Sizes that say little: what is sealed is filled up to one of a few lengths.

The filling is a line feed and blanks, so that other programs still read a padded JSON
text as the same JSON.
"""

from __future__ import annotations

SMALLEST = 16 * 1024
STEP = 1024 * 1024
"""Up to here the lengths double, from here on they grow by this much."""
_SHORT_OF = 64
"""No length ends on a full chunk of age's: a file cut between chunks is never as long as a whole one."""
_MARK = b"\n"
_FILLER = b" "


def padded(data: bytes) -> bytes:
    """`data` filled up to the next length; `stripped` gives it back whatever it holds."""
    marked = data + _MARK
    return marked + _FILLER * (_length_for(len(marked)) - len(marked))


def stripped(data: bytes) -> bytes:
    """What was padded; data that another program did not pad loses no more than its last line end."""
    kept = data.rstrip(_FILLER)
    return kept[: -len(_MARK)] if kept.endswith(_MARK) else data


def is_padded_length(length: int) -> bool:
    """Whether `padded` gives data of `length` bytes."""
    return length > 0 and _length_for(length) == length


def _length_for(length: int) -> int:
    """The smallest length to fill up to that holds `length` bytes."""
    needed = length + _SHORT_OF
    if needed <= STEP:
        return max(SMALLEST, 1 << (needed - 1).bit_length()) - _SHORT_OF
    return -(-needed // STEP) * STEP - _SHORT_OF
