"""What the machine has: a check that cannot run is counted, and never in silence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable


def missing(needs: Iterable[str]) -> tuple[str, ...]:
    """Which of `needs` (names of programs, or "root") are not there."""
    return tuple(need for need in needs if not _has(need))


def _has(need: str) -> bool:
    return os.geteuid() == 0 if need == "root" else shutil.which(need) is not None
