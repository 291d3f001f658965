"""pytest in a process of its own."""

from __future__ import annotations

from tests.testing.conftest import run_pytest

__all__ = ["run_pytest"]
