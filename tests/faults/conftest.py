"""A folder for the program, and how much the long forms do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a home will be made; nothing is there yet."""
    return tmp_path / "reflect"


@pytest.fixture(scope="session")
def kills() -> int:
    """How many kills the long form of a kill loop makes: REFLECT_KILLS, 200 by default."""
    return int(os.environ.get("REFLECT_KILLS", "200"))
