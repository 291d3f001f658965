"""Diagnostics as every command writes them in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.diagnostics import Diagnostic


def as_record(found: Diagnostic) -> dict[str, object]:
    """Every field by name; line and column count from 1, and line 0 is the file as a whole."""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "message": found.message,
        "hint": found.hint,
    }
