"""Diagnostics as commands write them, and errors that are findings to a command that looks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.diagnostics import Diagnostic
    from reflect.errors import ReflectError


def as_record(found: Diagnostic) -> dict[str, object]:
    """Every field by name; line and column count from 1, and line 0 is the file as a whole.

    `fix` is there only when there is a mending that needs no judgement.
    """
    record: dict[str, object] = {
        "code": found.code,
        "severity": found.severity.value,
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "message": found.message,
        "hint": found.hint,
    }
    if found.fix:
        fix = found.fix
        record["fix"] = {"line": fix.line, "start": fix.start, "end": fix.end, "text": fix.text}
    return record


def as_finding(error: ReflectError, file: str) -> Diagnostic:
    """What stopped the look at `file`, as a finding about it."""
    from reflect.diagnostics import Diagnostic, Place, Severity

    return Diagnostic(error.code, Severity.ERROR, Place(file), error.message, error.hint)
