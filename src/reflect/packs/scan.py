"""Looks at each line for what bites a writer, before YAML is parsed.

YAML stops at the first text that should have been quoted, and cuts another one
without a word. This scan finds them all, names them, and hands on the text with
those lines mended, so that everything else in the file is checked in the same run.

It goes through the lines once, keeping the lists and maps that are open (`levels`);
`lines` takes a line apart, `running` looks at the text that stands in it.
"""

from __future__ import annotations

import re

import msgspec

from reflect.packs import codes
from reflect.packs.edits import Draft, Edit, Way
from reflect.packs.lines import BLANKS, MOST_DASHES, TEXTS, Taken, take
from reflect.packs.report import Report
from reflect.packs.running import Texts

_MOST_FINDINGS = 600
_BLANK = re.compile(f"[{BLANKS}]*")
_CLEAN = re.compile(
    r"( *)(- )?(?:([a-z][a-z0-9-]*|one of|moves to|note for mentor):(?: |$))?([A-Za-z0-9][^:#]*|[|>]-?)?"
)
_MOST_SEARCHES = 50


class Scanned(msgspec.Struct, frozen=True):
    """The text to parse, its lines mended, and the way from there back to the places before."""

    text: str
    way: Way


def scan(file: str, text: str, report: Report, way: Way | None = None) -> Scanned | None:
    """`text` with the lines that need it mended, or None when one cannot be mended here.

    `way` leads from `text` to the file as it is.
    """
    run = _Scan(text, way or Way({}))
    run.go()
    run.tell(file, report)
    return Scanned("\n".join(run.lines), run.way) if run.sound else None


class _Scan(Texts):
    """One run over the lines."""

    def __init__(self, text: str, before: Way) -> None:
        super().__init__(text, before)
        self._first = True

    def go(self) -> None:
        """Look at every line."""
        number = 0
        while number < len(self.lines) and self.searches <= _MOST_SEARCHES:
            if not self.lines[number]:
                number += 1
                continue
            number = self._line(number)
            if len(self.found) > _MOST_FINDINGS:
                break
        if number < len(self.lines):
            self.sound = self.sound and not any(found.wrong for found in self.found)

    def _line(self, number: int) -> int:
        """Look at the line `number` and what it begins; the number of the next line to look at."""
        line = self.lines[number]
        behind = self._clean(number, line)
        if behind:
            return behind
        blank = _BLANK.match(line)
        indent = blank.end() if blank else 0
        draft = Draft(line)
        if indent and line[:indent].strip(" "):
            indent = self._reindent(number, draft, indent)
        bare = draft.text[indent:]
        if not bare or bare[0] == "#":
            self.keep(number, draft)
            self.begun = None if bare else self.begun
            return number + 1
        if self.begun and indent > self.levels.column and not self.is_stray(number, draft.text):
            self.keep(number, draft)
            return self.wrapped(number)
        self.begun = None
        return self._structure(number, draft, indent)

    def _clean(self, number: int, line: str) -> int:
        """Take in a line that is as most lines are; the number of the next, 0 for any other line."""
        found = _CLEAN.fullmatch(line)
        if found is None:
            return 0
        indent, (dash, key, text) = found.end(1), found.group(2, 3, 4)
        levels = self.levels
        if (self.begun and indent > levels.column) or not (dash or key):
            return 0
        if not levels.enter(indent, dash is not None, number):
            return 0
        if dash:
            if key and levels.under() in TEXTS:
                return 0
            if key:
                levels.open(indent + 2, False, number)
        levels.key = key or levels.key
        levels.waiting = text is None
        self._first = False
        if text and text[0] in "|>":
            self.begun = None
            return self._block(number, found.start(4), text)
        self.begun = (number, found.start(4)) if text else None
        return number + 1

    def _structure(self, number: int, draft: Draft, indent: int) -> int:
        """Look at a line that is no part of an earlier text."""
        if self._first and draft.text.rstrip() == "---":
            self._first = False
            edit = draft.replace(0, 3, "")
            self.keep(number, draft)
            message = "A pack needs no `---` at its beginning."
            self.note(number, codes.DOCUMENT_MARK, 0, message, edit, "Delete this line.")
            return number + 1
        self._first = False
        taken = take(draft, indent, self._under(indent), self.levels.of_map(indent))
        if len(taken.dashes) > MOST_DASHES or (
            taken.strange and draft.text.count("? ") > MOST_DASHES
        ):
            message = f"More than {MOST_DASHES} dashes stand here."
            self.note(number, codes.TOO_DEEP, indent, message, None)
            self.sound = False
            return len(self.lines)
        listed = bool(taken.dashes)
        if listed or taken.key_at >= 0:
            indent = self._place(number, draft, indent, taken, listed)
        self._open(number, taken)
        self.keep(number, draft)
        for slip in taken.slips:
            self.note(number, slip.code, slip.column, slip.message, slip.edit, wrong=slip.wrong)
        if taken.strange or not (listed or taken.key_at >= 0 or self._may_be_text(indent)):
            self.levels.waiting = taken.strange
            return number + 1
        return self.value(number, taken.value)

    def _under(self, indent: int) -> str:
        """The key whose list a dash at `indent` belongs to."""
        levels = self.levels
        if levels.waiting and levels.stack and not levels.stack[-1].listed:
            return levels.key if indent >= levels.column else ""
        return next((level.under for level in levels.stack if level[:2] == (indent, True)), "")

    def _may_be_text(self, indent: int) -> bool:
        return self.levels.waiting and indent > self.levels.column

    def _place(self, number: int, draft: Draft, indent: int, taken: Taken, listed: bool) -> int:
        """Find the level of a line that begins with a dash or a key; the column where it belongs."""
        levels = self.levels
        if levels.enter(indent, listed, number):
            return indent
        level, sure = levels.meant(indent, listed)
        top = levels.stack[-1]
        below = not levels.waiting and top.listed is not listed
        if below and indent >= top.column + (not listed):
            self._below_text(number, indent, listed, top.listed)
            return indent
        message = f"This line begins at column {indent + 1} and lines up with nothing."
        if level is None:
            hint = "Line it up with its neighbours."
            self.note(number, codes.INDENTATION, indent, message, None, hint)
            self.sound = False
            return indent
        where = f"line {level.line + 1}, which begins at column {level.column + 1}"
        already = bool(draft.edits) and draft.edits[0].start == 0 and indent > 0
        if not sure or already:
            hint = f"Line it up with its neighbours, such as {where}."
            self.note(number, codes.INDENTATION, indent, message, None, hint)
            self.sound = False
            return indent
        message = f"This line begins at column {indent + 1}; it belongs to {where}."
        edit = Edit(0, indent, " " * level.column)
        self.note(number, codes.INDENTATION, indent, message, edit)
        self._shift(draft, taken, edit)
        levels.enter(level.column, listed, number)
        return level.column

    def _below_text(self, number: int, indent: int, listed: bool, after_item: bool) -> None:
        """A dash below a key with a text of its own, or a key below a list item that is a text."""
        if listed:
            message = f"A list item stands below `{self.levels.key}`, which has a text already."
            hint = "Give that text a line and a dash of its own, in front of this one."
        else:
            message = "A key stands below a text, where it cannot be."
            hint = "Does the text above need a key of its own, such as `id: ` or `ask: `?"
        self.note(number, codes.BELOW_TEXT, indent, message, None, hint)
        self.sound = False

    @staticmethod
    def _shift(draft: Draft, taken: Taken, edit: Edit) -> None:
        """Move the whole line of `draft`, and the columns of `taken` with it."""
        gain = len(edit.text) - edit.end
        draft.text = edit.text + draft.text[edit.end :]
        draft.edits.insert(0, edit)
        draft.shift += gain
        taken.dashes = [column + gain for column in taken.dashes]
        taken.key_at += gain if taken.key_at >= 0 else 0
        taken.value += gain

    def _open(self, number: int, taken: Taken) -> None:
        """Open the levels behind the first dash or key of a line."""
        levels = self.levels
        for column in taken.dashes[1:]:
            levels.open(column, True, number)
        if taken.key_at >= 0:
            if taken.dashes:
                levels.open(taken.key_at, False, number)
            levels.key = taken.key

    def _reindent(self, number: int, draft: Draft, indent: int) -> int:
        """Put spaces in place of whatever else indents a line; the column that it then begins at."""
        blank, rest = draft.text[:indent], draft.text[indent:]
        column = next(n for n, character in enumerate(blank) if character != " ")
        what = "a tab" if blank[column] == "\t" else f"the character U+{ord(blank[column]):04X}"
        width = self._width(blank, rest) if rest else 0
        edit = draft.replace(0, indent, " " * width)
        message = f"This line is indented with {what} instead of spaces."
        hint = "" if rest else "Empty this line."
        self.note(number, codes.INDENTATION, column, message, edit, hint)
        return width

    def _width(self, blank: str, rest: str) -> int:
        """How many spaces were meant by `blank`: with tabs of 2, 4 or 8, whichever lines up."""
        others = len(blank) - blank.count("\t")
        widths = [others + tab * blank.count("\t") for tab in (2, 4, 8)]
        listed, levels = rest[0] == "-", self.levels
        for width in widths:
            if levels.of_list(width) if listed else levels.of_map(width):
                return width
        fitting = (width for width in widths if levels.fits(width, listed))
        return next(fitting, widths[0])
