"""Keeping what somebody wrote out of crash dumps, and a locked record away from other programs."""

from __future__ import annotations

import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4


def no_core_file() -> None:
    """No core file of this process (setrlimit(2)), as far as the system goes along."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def harden() -> None:
    """No core file, and no other process of the same account may read the memory of this one.

    As far as the system goes along (prctl(2) on Linux); nothing depends on it.
    """
    no_core_file()
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
