"""The texts of a file while it is scanned: on one line or several, plain, quoted or in a block."""

from __future__ import annotations

import re

from reflect.diagnostics import Fix
from reflect.packs import codes
from reflect.packs.edits import Draft, Edit, Way
from reflect.packs.flow import Brackets, read_brackets
from reflect.packs.levels import Levels
from reflect.packs.limits import MOST_TEXT
from reflect.packs.lines import BLANKS, key_like
from reflect.packs.schema import KEYS
from reflect.packs.sheet import WHOLE, Sheet
from reflect.packs.values import (
    Trouble,
    begins_badly,
    body_of,
    closing,
    ends,
    trouble_of_plain,
    trouble_of_quoted,
    unclosed,
)

_BLOCK = re.compile(r"[|>]([-+0-9]{0,2}) *(?: #.*)?")
_BLANK = re.compile(f"[{BLANKS}]*")
_WORDS_ONLY = re.compile(r"\[[\w-]+(?:, *[\w-]+)*,?")
_SHORT = 40
"""A text that breaks off before this column was not wrapped by a program."""


class Texts(Sheet):
    """A sheet whose texts are looked at.

    `levels` are the open lists and maps, `begun` the line and column of a plain text that may
    go on. `searches` counts quotes and brackets for whose end the lines below were searched in vain.
    """

    def __init__(self, text: str, before: Way) -> None:
        super().__init__(text, before)
        self.levels = Levels()
        self.begun: tuple[int, int] | None = None
        self.searches = 0

    def value(self, number: int, start: int) -> int:
        """Look at the value that begins at `start`; the number of the line behind it."""
        value = self.lines[number][start:].rstrip()
        first = value[:1]
        if len(value) > MOST_TEXT:
            return self._too_long(number, start)
        self.levels.waiting = False
        if not value:
            self.levels.waiting = True
        elif first in "|>":
            return self._block(number, start, value)
        elif first in "\"'":
            return self._quote(number, start, value)
        elif first in "[{":
            return self._brackets(number, start, value)
        else:
            return self._plain(number, start, value)
        return number + 1

    def _too_long(self, number: int, start: int) -> int:
        """A text that is longer than any may be: what stands in it, and below, is not looked at."""
        message = f"This text has more than {MOST_TEXT:,} characters."
        column = Way({number: self.edits.get(number, [])}).back(number, start)
        self.note(number, codes.TOO_LARGE, column, message, None, "Make it shorter.")
        self.sound = False
        return len(self.lines)

    def _plain(self, number: int, start: int, value: str) -> int:
        trouble = trouble_of_plain(value)
        if trouble:
            return self._troubled(number, start, trouble)
        if value[0] == "#":
            self.levels.waiting = True
        elif value[0] not in "&*!":
            self.begun = (number, start)
        else:
            self.levels.waiting = True
        return number + 1

    def _block(self, number: int, start: int, value: str) -> int:
        """A text in block style: everything deeper than its key, as it stands."""
        found = _BLOCK.fullmatch(value)
        if found is None:
            return self._troubled(number, start, begins_badly(body_of(value)))
        parent, content = self.levels.column, 0
        digits = [int(sign) for sign in found[1] if sign in "123456789"]
        if digits:
            content = max(parent, 0) + digits[0]
        for line in range(number + 1, len(self.lines)):
            text = self.lines[line]
            bare = text.lstrip(" ")
            indent = len(text) - len(bare)
            if not bare or (content and indent >= content):
                continue
            odd = _BLANK.match(text)
            end = odd.end() if odd else 0
            meant = max(indent, len(text[:end].replace("\t", "  ")))
            if meant <= parent or (content and bare[0] == "#"):
                return line
            if end == len(text):
                self._mend(
                    line, 0, end, "", "Only tabs or odd spaces stand in this line.", "Empty it."
                )
            elif end > indent and (indent <= parent or (not content and bare[0] == "\t")):
                message = "This line is indented with something other than spaces."
                content = content or (indent if indent > parent else meant)
                self._mend(line, 0, end, " " * content, message)
            elif not content:
                content = indent
            else:
                message = f"This line of the text begins at column {indent + 1}, the others at {content + 1}."
                self._mend(line, 0, indent, " " * content, message)
        return len(self.lines)

    def _mend(
        self, line: int, start: int, end: int, text: str, message: str, hint: str = ""
    ) -> None:
        draft = Draft(self.lines[line])
        column = len(draft.text) - len(draft.text.lstrip(" "))
        edit = draft.replace(start, end, text)
        self.keep(line, draft)
        self.note(line, codes.INDENTATION, column, message, edit, hint)

    def _quote(self, number: int, start: int, value: str) -> int:
        """A text in quotes, on one line or several."""
        quote = value[0]
        if closing(value, quote, 1) >= 0:
            trouble = trouble_of_quoted(value)
            return self._troubled(number, start, trouble) if trouble else number + 1
        for line in range(number + 1, len(self.lines)):
            text = self.lines[line]
            bare = text.lstrip(" ")
            if bare and len(text) - len(bare) <= self.levels.column:
                break
            end = closing(text, quote, 0)
            if end >= 0:
                if not ends(text[end + 1 :]):
                    message = "The text goes on after its closing quote."
                    self.note(line, codes.NEEDS_QUOTES, end, message, None, WHOLE)
                    self.sound = False
                return line + 1
        self.searches += 1
        return self._troubled(number, start, unclosed(value))

    def _brackets(self, number: int, start: int, value: str) -> int:
        """A list or a map in brackets, or a text that begins like one."""
        found = read_brackets(self.lines, number, start, self.levels.column)
        if found is None:
            self.searches += 1
            return self._troubled(number, start, _unclosed_bracket(body_of(value)))
        line = self.lines[found.line]
        inner = self.lines[number][start + 1 : found.end - 1]
        holds = found.line == number and value[0] == "{" and inner.strip() and ":" not in inner
        tail = line[found.end :]
        if holds or not (ends(tail) or tail.lstrip().startswith(":")):
            if found.line == number:
                return self._troubled(number, start, begins_badly(body_of(value)))
            return found.line + 1
        self._sentence(found)
        return found.line + 1

    def _sentence(self, found: Brackets) -> None:
        if found.sentence is None or found.items < 2:
            return
        message = "In brackets every comma begins another item; they are for ids and single words."
        hint = "Give each sentence a line and a dash of its own."
        line, column = found.sentence
        self.note(line, codes.BRACKETED, column, message, None, hint, wrong=False)

    def _troubled(self, number: int, start: int, trouble: Trouble) -> int:
        """Note what is wrong with the text that begins at `start`, and mend it."""
        self.begun = (number, start)
        end = self._behind_text(number)
        if end > number + 1:
            if trouble.wrong:
                column = start + trouble.offset
                sure = self.lines[number][start] not in "\"'"
                self._wrap(number, start, end, trouble.code, number, column, trouble.message, sure)
            return end
        self.begun = None
        line, edits = self.lines[number], self.edits.get(number, [])
        draft = Draft(line)
        edit = draft.replace(start, start + trouble.end, trouble.written)
        back = Way({number: edits})
        edit = Edit(back.back(number, start), back.back(number, start + trouble.end), edit.text)
        column = back.back(number, start + trouble.offset)
        hint = trouble.hint if trouble.sure else trouble.hint or WHOLE
        wrong, sure = trouble.wrong, trouble.sure
        self.note(number, trouble.code, column, trouble.message, edit, hint, wrong=wrong, sure=sure)
        if wrong:
            self.lines[number] = draft.text
            self.edits[number] = [*edits, edit]
        return number + 1

    def is_stray(self, number: int, text: str) -> bool:
        """Whether a line that YAML would take for a part of the text above was meant as a dash or a key."""
        bare = text.lstrip(" ")
        indent, stack = len(text) - len(bare), self.levels.stack
        if bare.startswith("- ") or bare == "-":
            beside = bool(stack) and stack[-1].listed and indent == stack[-1].column + 1
            before = self.as_given[number - 1]
            return beside or (bool(before.strip()) and len(before) < _SHORT)
        key = key_like(bare)
        near = any(abs(level.column - indent) == 1 for level in stack if not level.listed)
        return bool(key) and (key in KEYS or near)

    def _behind_text(self, number: int) -> int:
        """The number of the line behind the plain text that begins in line `number`."""
        behind = number + 1
        for line in range(number + 1, len(self.lines)):
            text = self.lines[line]
            bare = text.lstrip(" ")
            if not bare:
                continue
            outside = len(text) - len(bare) <= self.levels.column
            if outside or bare[0] in "#\t\u00a0" or self.is_stray(line, text):
                break
            behind = line + 1
        return behind

    def wrapped(self, number: int) -> int:
        """Look at a text from its line `number` on; the number of the line behind it."""
        begun, start = self.begun or (number, 0)
        behind = self._behind_text(number)
        for line in range(number, behind):
            text = self.lines[line]
            indent = len(text) - len(text.lstrip(" "))
            suspect = ":" in text or "#" in text
            trouble = trouble_of_plain("x" + text[indent:]) if suspect else None
            if trouble and trouble.wrong:
                column = indent + trouble.offset - 1
                self._wrap(begun, start, behind, trouble.code, line, column, trouble.message)
                break
        return behind

    def _wrap(
        self,
        first: int,
        start: int,
        behind: int,
        code: str,
        line: int,
        column: int,
        message: str,
        sure: bool = True,
    ) -> None:
        """Note what is wrong with a text over several lines, and put quotes around the whole of it."""
        fix = self._fold(first, start, behind) if sure else None
        head = self.lines[first][:start].strip()
        hint = f"Write `{head} >-` and begin the text on the next line." if fix else WHOLE
        self.note(line, code, column, message, None, hint, fix=fix)
        for number in range(first, behind):
            text = self.lines[number]
            begin = start if number == first else 0
            end = begin + len(body_of(text[begin:]))
            written = text[begin:end].replace("'", "''")
            written = f"'{written}" if number == first else written
            written = f"{written}'" if number == behind - 1 else written
            draft = Draft(text)
            draft.replace(begin, end, written)
            self.keep(number, draft)

    def _fold(self, first: int, start: int, behind: int) -> Fix | None:
        """The mending by which a text over several lines becomes a folded one, if that changes no word."""
        more = [text for text in self.lines[first + 1 : behind] if text.strip()]
        indents = {len(text) - len(text.lstrip(" ")) for text in more}
        lines = [self.lines[first], *more]
        if len(indents) != 1 or any(
            text != text.rstrip() or body_of(text) != text for text in lines
        ):
            return None
        if any(number in self.edits for number in range(first, behind)) or "\t" in "".join(lines):
            return None
        at = self.place_back(first, start) + 1
        return Fix(first + 1, at, at, ">-\n" + " " * indents.pop())


def _unclosed_bracket(body: str) -> Trouble:
    """A bracket that nothing closes: a list of words, or a text."""
    if _WORDS_ONLY.fullmatch(body):
        message = "The bracket `[` is opened here and never closed."
        return Trouble(codes.NEEDS_QUOTES, 0, message, body.rstrip(",") + "]", len(body))
    return begins_badly(body)
