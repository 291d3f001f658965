"""A warning, made in one way."""

from __future__ import annotations

from reflect.diagnostics import Diagnostic, Place, Severity


def warning(code: str, place: Place, message: str, hint: str) -> Diagnostic:
    """A finding that keeps nobody from using the pack."""
    return Diagnostic(code, Severity.WARNING, place, message, hint)
