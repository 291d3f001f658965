"""The lines of a file while they are scanned: as given, as mended, and what was found in them."""

from __future__ import annotations

import msgspec

from reflect.diagnostics import Fix, Place
from reflect.packs.edits import Draft, Edit, Way, edited, finest
from reflect.packs.report import Report

WHOLE = "Put the whole text in quotes."
"""What to do where the mended line cannot be shown."""
_LONGEST_HINT = 1_000


class _Found(msgspec.Struct, frozen=True):
    """A finding: line and column from 0, of the file; `edit` or `fix` mends it when it is sure."""

    code: str
    line: int
    column: int
    message: str
    edit: Edit | None
    fix: Fix | None
    hint: str
    wrong: bool
    sure: bool


class Sheet:
    """The lines of `text`; `before` leads from there to the file as it is.

    `lines` are mended in the course of the scan, `edits` say how. `sound` is false as soon as one
    cannot be mended.
    """

    def __init__(self, text: str, before: Way) -> None:
        self.lines = text.split("\n")
        self.as_given = tuple(self.lines)
        self.edits: dict[int, list[Edit]] = {}
        self.found: list[_Found] = []
        self.sound = True
        self._before = before

    @property
    def way(self) -> Way:
        """From the mended lines to the given ones."""
        return Way(
            {
                number: [fine for edit in edits for fine in finest(self.as_given[number], edit)]
                for number, edits in self.edits.items()
            }
        )

    def keep(self, number: int, draft: Draft) -> None:
        """Go on with the line as it is mended in `draft`."""
        if draft.edits:
            way = Way({number: self.edits.get(number, [])})
            edits = [
                Edit(way.back(number, edit.start), way.back(number, edit.end), edit.text)
                for edit in draft.edits
            ]
            self.edits[number] = [*self.edits.get(number, []), *edits]
            self.lines[number] = draft.text

    def note(
        self,
        line: int,
        code: str,
        column: int,
        message: str,
        edit: Edit | None,
        hint: str = "",
        *,
        wrong: bool = True,
        sure: bool = True,
        fix: Fix | None = None,
    ) -> None:
        """Note a finding at `column` of the given line; `edit` mends it there if that is `sure`."""
        self.found.append(_Found(code, line, column, message, edit, fix, hint, wrong, sure))

    def tell(self, file: str, report: Report) -> None:
        """Report what was found, each with its line as it should be."""
        edits: dict[int, list[Edit]] = {}
        for found in self.found:
            if found.edit:
                edits.setdefault(found.line, []).append(found.edit)
        for found in self.found:
            column = self._before.back(found.line, found.column) + 1
            place = Place(file, found.line + 1, column)
            hint, fix = found.hint, found.fix
            if found.edit and found.sure:
                hint = hint or _hint(edited(self.as_given[found.line], edits[found.line]))
                fix = self._fix(found.line, found.edit)
            note = report.error if found.wrong else report.warn
            note(found.code, place, found.message, hint, fix)

    def _fix(self, line: int, edit: Edit) -> Fix:
        start, end = (self._before.back(line, at) for at in (edit.start, edit.end))
        return Fix(line + 1, start + 1, end + 1, edit.text)

    def place_back(self, line: int, column: int) -> int:
        """The column in the file of what stands at `column` of the given line."""
        return self._before.back(line, column)


def _hint(line: str) -> str:
    text = line.strip()
    return f"Write: {text}" if 0 < len(text) <= _LONGEST_HINT else WHOLE
