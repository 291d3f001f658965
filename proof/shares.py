"""How the hours of a soak are shared among the checks."""

from __future__ import annotations

from collections.abc import Sequence

from proof.check import Check


def seconds(check: Check, later: Sequence[Check], left: float, hours: float) -> float:
    """What `check` may take of the seconds that are `left` for it and those that come `later`.

    A check that takes as long whatever it is given has its share of the first hour and no more. The rest
    is shared as the shares of the others are, so that what one took too long the later ones make good.
    """
    once = min(hours, 1.0)
    if check.once:
        return share(check) * once
    kept = sum(share(one) * once for one in later if one.once)
    whole = share(check) + sum(share(one) for one in later if not one.once)
    return max(1.0, (left - kept) * share(check) / whole)


def share(check: Check) -> float:
    """What it gets of an hour, in seconds: those of the short form unless it says so."""
    return check.share or check.seconds
