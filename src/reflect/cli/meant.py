"""What somebody who mistyped a name probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, names: Iterable[str], otherwise: str) -> str:
    """A hint that offers the nearest of `names`, or points to the command `otherwise`."""
    from reflect.text import nearest

    near = nearest(name, names)
    return f"Did you mean: {near}" if near else f"See: {otherwise}"
