"""Collects diagnostics while a file is looked at, and finds the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from reflect.diagnostics import Diagnostic, Fix, Place, Severity
from reflect.packs import codes
from reflect.text import nearest

LIMIT = 500
"""Findings kept for one compilation; more would help nobody."""

_SUGGESTIONS = 200
_CLIP = 64


class Report:
    """The findings so far. One is made for each compilation and handed to whoever may find something."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}
        self._errors = 0
        self._cut: str | None = None
        self._suggestions = 0

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return self._errors > 0

    @property
    def full(self) -> bool:
        """Whether nothing more is taken in."""
        return len(self._found) >= LIMIT

    @property
    def settled(self) -> bool:
        """Whether nothing that is still found would be told, or change what comes of it."""
        return self._cut is not None and self.failed

    def error(
        self, code: str, place: Place, message: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Note that the data cannot be used as it is."""
        self._errors += 1
        if self._cut == place.file:
            return
        self._add(Diagnostic(code, Severity.ERROR, place, message, hint, fix))

    def warn(
        self, code: str, place: Place, message: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Note something that works but could be better."""
        self._add(Diagnostic(code, Severity.WARNING, place, message, hint, fix))

    def take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note findings that were made elsewhere."""
        for found in diagnostics:
            self._errors += found.severity is Severity.ERROR
            self._add(found)

    def meant(self, name: str, *names: Iterable[str]) -> str:
        """A hint naming the one of `names` that `name` was probably meant to be, or "" when none is near."""
        self._suggestions += 1
        if self._suggestions > _SUGGESTIONS or self.full:
            return ""
        near = nearest(name, chain.from_iterable(names))
        return f"Did you mean `{near}`?" if near else ""

    def in_turn(self) -> tuple[Diagnostic, ...]:
        """Every finding once, as it was found."""
        return tuple(self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Every finding once, by place."""
        return tuple(sorted(self._found, key=lambda found: (found.place, found.code)))

    def _add(self, found: Diagnostic) -> None:
        if self.full:
            self._cut = found.place.file
            found = Diagnostic(
                codes.TOO_MANY,
                Severity.ERROR,
                Place(found.place.file),
                f"More than {LIMIT} findings; the rest is left out.",
                "Mend these first.",
            )
        self._found.setdefault(found)


def clip(text: str) -> str:
    """`text` short enough to stand in a message, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _CLIP else line[: _CLIP - 1] + "…"
