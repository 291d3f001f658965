"""How a pack speaks of the things a journey holds and of numbers."""

from __future__ import annotations

from reflect.script import KEEPS

JOURNEY: dict[str, str] = {
    "session": "sessions",
    "sessions": "sessions",
    **{keep: keep for keep in KEEPS},
    **{f"{keep}s": keep for keep in KEEPS},
    **{f"open {keep}": keep for keep in KEEPS},
    **{f"open {keep}s": keep for keep in KEEPS},
}
"""What `journey has` can count, as it is written, with the name that `Journey.what` gives it."""


def number_of(text: str) -> int | float | None:
    """The number that `text` is: digits, with a point if need be; None when it is none."""
    digits = text.removeprefix("-")
    whole, point, rest = digits.partition(".")
    plain = whole.isascii() and whole.isdigit() and len(whole) <= 9
    if not plain or (point and not (rest.isascii() and rest.isdigit() and len(rest) <= 9)):
        return None
    return float(text) if point else int(text)
