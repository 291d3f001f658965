"""Trouble found in data, as values: a stable code, a place, a message and a hint.

A reader of foreign data returns what it could read together with a tuple of
these; it never raises for what the data holds, and it never stops at the first.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a diagnostic matters: an error keeps a pack from being used."""

    ERROR = "error"
    WARNING = "warning"


class Place(msgspec.Struct, frozen=True, order=True):
    """A position in a file; `line` and `column` count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Fix(msgspec.Struct, frozen=True):
    """A mending that needs no judgement: in line `line` the columns from `start` up to `end` become `text`.

    Lines and columns count from 1 and in characters; `end` is the column behind the last one.
    """

    line: int
    start: int
    end: int
    text: str


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding. `hint` says what to write instead; it may be empty.

    `fix` mends it mechanically, None when somebody has to decide.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    fix: Fix | None = None

    def __str__(self) -> str:
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{self.place}: {self.code}: {self.message}{hint}"


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether any of `diagnostics` keeps its data from being used."""
    return any(found.severity is Severity.ERROR for found in diagnostics)
