"""Every check, in the order of the table."""

from __future__ import annotations

from proof.check import Check

CHECKS: tuple[Check, ...] = ()
