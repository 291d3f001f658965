"""Every check, in the order of the table."""

from __future__ import annotations

from proof.check import Check
from proof.checks import (
    conc,
    draft,
    eio,
    full,
    kill_pty,
    kill_sys,
    lock,
    migrate,
    power,
    read_only,
)

CHECKS: tuple[Check, ...] = (
    kill_pty.CHECK,
    kill_sys.CHECK,
    eio.CHECK,
    power.CHECK,
    full.CHECK,
    read_only.CHECK,
    lock.CHECK,
    conc.CHECK,
    draft.CHECK,
    migrate.CHECK,
)
