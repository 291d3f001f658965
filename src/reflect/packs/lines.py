"""One line taken apart: its dashes, its key, its value; and what stands between them put right."""

from __future__ import annotations

import re

import msgspec

from reflect.packs import codes
from reflect.packs.edits import Draft, Edit
from reflect.packs.schema import FORMAT_1, KEYS
from reflect.packs.values import closing

BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
MOST_DASHES = 12

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SPACE = re.compile(f"[{BLANKS}]*")
_COLON = re.compile(f":(?=[{BLANKS}]|$)")
_RUN = re.compile(f"[{BLANKS}_-]+")
_KEY_WORDS = 4

TEXTS = frozenset(
    name
    for name in KEYS
    if {key.shape for mapping in FORMAT_1.values() if (key := mapping.key(name))}
    <= {"lines", "sentences"}
)
"""Keys whose lists hold texts, never keys of their own."""


class Slip(msgspec.Struct, frozen=True):
    """Something between the parts of a line; `column` is the one in the file, from 0."""

    code: str
    column: int
    message: str
    edit: Edit
    wrong: bool = True


class Taken(msgspec.Struct):
    """A line after its dashes and its key; columns are those of the mended line, from 0.

    `dashes` and `key_at` are columns, `key_at` -1 without a key; `value` is where the rest begins.
    `strange` marks what is left to the parser as it stands.
    """

    dashes: list[int]
    key_at: int = -1
    key: str = ""
    value: int = 0
    slips: list[Slip] = []
    strange: bool = False


def normal(key: str) -> str:
    """`key` as a key of the format would be written."""
    return _RUN.sub(" ", key).strip().casefold()


def is_known(key: str) -> bool:
    """Whether `key` is one of the format, however it is spelled."""
    return key in KEYS or normal(key) in KEYS


def key_like(text: str) -> str:
    """The key that `text` begins with, if it is one of the format or could be an id; else ""."""
    colon = _COLON.search(text)
    head = text[: colon.start()] if colon else ""
    return head if head in KEYS or _ID.fullmatch(head) else ""


def take(draft: Draft, indent: int, under: str, beside_keys: bool) -> Taken:
    """Take the line of `draft` apart behind its `indent`.

    `under` is the key whose list a dash here belongs to; `beside_keys` tells whether other
    lines have keys at this column.
    """
    taken = Taken([], value=indent)
    at = indent
    while draft.text[at : at + 1] == "-" and len(taken.dashes) <= MOST_DASHES:
        end = _space(draft.text, at + 1)
        if end == at + 1 and end < len(draft.text):
            if taken.dashes or draft.text[end] == "-":
                break
            _mend(draft, taken, end, end, "A space is missing after the dash.")
            end += 1
        else:
            end = _single(draft, taken, at + 1, end, "the dash")
        taken.dashes.append(at)
        at = end
    taken.value = at
    return _take_key(draft, taken, under if len(taken.dashes) == 1 else "", beside_keys)


def _take_key(draft: Draft, taken: Taken, under: str, beside_keys: bool) -> Taken:
    text, at = draft.text, taken.value
    if text.startswith(("? ", ": "), at) and not taken.dashes:
        taken.strange = True
        return taken
    if text[at : at + 1] in ('"', "'"):
        return _take_quoted(draft, taken)
    listed = bool(taken.dashes)
    if text[at : at + 1] in ("[", "{") or (listed and under in TEXTS):
        return taken
    colon = text.find(":", at)
    if colon < 0:
        return taken
    head = text[at:colon]
    behind = text[colon + 1 : colon + 2]
    if behind and not _SPACE.fullmatch(behind):
        missing = head in KEYS or (not listed and beside_keys and _ID.fullmatch(head))
        if missing and not text.startswith("//", colon + 1):
            _mend(draft, taken, colon + 1, colon + 1, f"A space is missing after `{head}:`.")
            return _with_key(draft, taken, head, at, colon)
        found = _COLON.search(text, colon)
        if found is None:
            return taken
        colon = found.start()
        head = text[at:colon]
    if _is_key(head, listed):
        return _with_key(draft, taken, head, at, colon)
    return taken


def _is_key(head: str, listed: bool) -> bool:
    """Whether `head` reads like a key: after a dash only a known key or an id, else anything short."""
    bare = _bare(head)
    if not bare:
        return False
    if bare in KEYS or _ID.fullmatch(bare) or normal(bare) in KEYS:
        return True
    return not listed and len(bare.split()) <= _KEY_WORDS


def _bare(head: str) -> str:
    return head.rstrip(" \t\u00a0\u202f")


def _take_quoted(draft: Draft, taken: Taken) -> Taken:
    """A key in quotes; a text in quotes is the value."""
    text, at = draft.text, taken.value
    end = closing(text, text[at], at + 1)
    colon = end + 1 + len(text[end + 1 :]) - len(text[end + 1 :].lstrip(" "))
    if end < 0 or not _COLON.match(text, colon):
        return taken
    return _with_key(draft, taken, text[at + 1 : end], at, colon)


def _with_key(draft: Draft, taken: Taken, head: str, at: int, colon: int) -> Taken:
    """`taken` with the key `head`, what surrounds its colon put right."""
    bare = _bare(head)
    if bare != head:
        message = f"`{bare}` and its colon belong together."
        start = at + len(bare)
        wrong = not set(head[len(bare) :]) <= {" "}
        _mend(draft, taken, start, colon, message, "", wrong)
        colon = start
    if "\u00a0" in bare or "\u202f" in bare:
        plain = bare.replace("\u00a0", " ").replace("\u202f", " ")
        if plain in KEYS:
            _mend(draft, taken, at, at + len(bare), "This key holds a no-break space.", plain)
            bare = plain
    taken.key, taken.key_at = bare, at
    taken.value = _single(draft, taken, colon + 1, _space(draft.text, colon + 1), f"`{bare}:`")
    return taken


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _single(draft: Draft, taken: Taken, start: int, end: int, behind: str) -> int:
    """Where what follows `behind` begins, with one space in place of any other blanks than spaces."""
    blanks = draft.text[start:end]
    if not blanks.strip(" "):
        return end
    what = "a tab" if "\t" in blanks else "a no-break space"
    offset = len(blanks) - len(blanks.lstrip(" "))
    rest = " " if end < len(draft.text) else ""
    _mend(draft, taken, start, end, f"After {behind} stands {what}.", rest, offset=offset)
    return start + len(rest)


def _mend(
    draft: Draft,
    taken: Taken,
    start: int,
    end: int,
    message: str,
    text: str = " ",
    wrong: bool = True,
    offset: int = 0,
) -> None:
    column = start - draft.shift + offset
    edit = draft.replace(start, end, text)
    taken.slips = [*taken.slips, Slip(codes.SPACING, column, message, edit, wrong)]
