"""Findings as workflow commands, which GitHub shows beside the lines of a change.

The form and its escapes are those of "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.diagnostics import Diagnostic


def as_command(found: Diagnostic) -> str:
    """One workflow command; `found` names its file from the current folder on."""
    place = found.place
    where = f"file={_property(place.file)}"
    if place.line:
        where += f",line={place.line},col={place.column}"
    message = f"{found.message} {found.hint}".strip()
    return f"::{found.severity.value} {where},title={_property(found.code)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
