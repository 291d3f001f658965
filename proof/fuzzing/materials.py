"""Homes in which something was done, made once: a mentee's and a mentor's, and what they sent each other."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.faults.opening import Good
from tests.faults.test_bundles import a_round

_MEMORY = Path("/dev/shm")


@cache
def good() -> Good:
    """Two homes between which a round is done, and what either sends next."""
    return a_round(scratch() / "round")


@cache
def scratch() -> Path:
    """A folder of this process, in memory where there is such a place; gone at the end."""
    folder = Path(tempfile.mkdtemp("", "reflect-fuzz-", _MEMORY if _MEMORY.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
