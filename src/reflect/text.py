"""Text at the borders: cleaned as it comes in, encoded as it goes out.

Inside the program every text has been through `clean_input`. What somebody else
wrote (a pack, a bundle, a plug-in) travels as `Untrusted`, and each sink has its
encoder: `for_terminal`, `for_markdown`, `for_html`. Nothing here raises for what
a text holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NoReturn

LONGEST_RUN = 30
"""Combining marks kept on one letter: the limit of stream-safe text, UAX #15 section 13."""

_REPLACEMENT = "\ufffd"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
# Unicode's Default_Ignorable_Code_Point and the bidirectional controls, without what
# writing needs: joiners (200C, 200D) and variation selectors (180B-180D, 180F, FE00-FE0F, E0100-E01EF).
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_SEPARATORS = "\u2028\u2029"
_COMBINING = "\u0300"
_MARKS = dict.fromkeys(map(ord, "–—‘’“”„•…→─■□▢✓"))
# Left to `re` to compile when first used: most starts show plain text and need none of them.
_SURROGATE = "[\ud800-\udfff]"
_DROPPED = f"[{_CONTROL}{_INVISIBLE}]+"
_UNSAFE = f"[{_CONTROL}{_INVISIBLE}{_SEPARATORS}\ud800-\udfff]"
_LONG_RUN = rb"[^\0]{%d,}" % (LONGEST_RUN + 1)
_MAY_BE_LONG = f"[\u0300-\U0010ffff]{{{LONGEST_RUN + 1}}}"
_NARROW = (
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0556\u1e00-\u1fff\u2010-\u2027"
    "\u2030-\u205e\u20a0-\u20c0\u2190-\u22ff\u2500-\u25fc\u2713-\u2718]*"
)


# --- coming in ---------------------------------------------------------------------


def clean_input(text: str) -> str:
    """`text` as the rest of the program may have it, whatever was typed, piped or read.

    Line ends become LF and lone surrogates U+FFFD; control characters (but LF and TAB),
    bidirectional controls and invisible characters go; combining marks are kept up to
    `LONGEST_RUN` in a row; the result is NFC and can always be encoded as UTF-8.
    Idempotent, and linear in the length of `text`.
    """
    if is_plain(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return re.sub(_DROPPED, "", text)
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    text = re.sub(_DROPPED, "", re.sub(_SURROGATE, _REPLACEMENT, text))
    # Normalising sorts each run of marks, in quadratic time on most Pythons (CVE-2026-3276):
    # shorten first. A few marks normalise to two, so the limit is held once more after it.
    capped = _cap_marks(text)
    normal = unicodedata.normalize("NFC", capped)
    return normal if normal == capped else _cap_marks(normal)


def is_plain(text: str) -> bool:
    """Whether every character is one of Latin script, or a usual mark, that can be seen, or a blank."""
    # Below U+0300 what is printable is one cell wide, safe to show and in its normal form; so are the marks.
    if text.isascii() or not text.isprintable():
        return text.isprintable()
    return max(text) < _COMBINING or max(text.translate(_MARKS), default="") < _COMBINING


def _cap_marks(text: str) -> str:
    """`text` with at most `LONGEST_RUN` combining marks in a row; the first ones stay."""
    if not re.search(_MAY_BE_LONG, text):
        return text
    classes = bytes(map(unicodedata.combining, text))
    pieces, kept = [], 0
    for run in re.finditer(_LONG_RUN, classes):
        pieces.append(text[kept : run.start() + LONGEST_RUN])
        kept = run.end()
    return "".join((*pieces, text[kept:]))


# --- foreign text ------------------------------------------------------------------


class Untrusted:
    """Text that somebody else wrote; immutable.

    As a string, and in an f-string, it is safe for a terminal; `raw` is the one way
    to what was written, and easy to search for. The repr shows no text.
    """

    __slots__ = ("_raw",)
    _raw: str

    def __init__(self, raw: str) -> None:
        object.__setattr__(self, "_raw", raw)

    @property
    def raw(self) -> str:
        """The text as it was written: only for a sink that encodes it itself."""
        return self._raw

    def __str__(self) -> str:
        return for_terminal(self._raw)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return "<Untrusted>"

    def __bool__(self) -> bool:
        return bool(self._raw)

    def __eq__(self, other: object) -> bool:
        return self._raw == other._raw if isinstance(other, Untrusted) else NotImplemented

    def __hash__(self) -> int:
        return hash((Untrusted, self._raw))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Untrusted is immutable: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"Untrusted is immutable: {name}")


# --- going out ---------------------------------------------------------------------


def for_terminal(text: str) -> str:
    """`text` with nothing in it that a terminal obeys or hides.

    Control characters read ^X, other unsafe or invisible ones their code point in
    ⟨ ⟩, surrogates U+FFFD; line feeds and tabs stay. Idempotent; what `clean_input`
    returned comes back unchanged.
    """
    if is_plain(text):
        return text
    text = text.replace("\r\n", "\n")
    return text.translate(_visible_forms()) if re.search(_UNSAFE, text) else text


@cache
def _visible_forms() -> dict[int, str]:
    """By code point, how `for_terminal` shows what it does not let pass."""
    carets = {code: f"^{chr(code ^ 0x40)}" for code in (*range(0x20), 0x7F) if code not in (9, 10)}
    hidden = _members(0x80, 0xFFFF), _members(0x1BCA0, 0x1D17A), _members(0xE0000, 0xE0FFF)
    codes = {code: f"⟨{code:04X}⟩" for members in hidden for code in members}
    surrogates = dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    return codes | carets | surrogates


def _members(first: int, last: int) -> Iterable[int]:
    """The unsafe code points from `first` to `last`."""
    block = "".join(map(chr, range(first, last + 1)))
    return (first + match.start() for match in re.finditer(_UNSAFE, block))


def for_html(text: str) -> str:
    """`text` for an HTML element's content or a quoted attribute; no markup survives."""
    for plain, entity in _ENTITIES:
        text = text.replace(plain, entity)
    return for_terminal(text)


_ENTITIES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("'", "&#x27;"),
)

_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]|~"} | {"&": "&amp;", "<": "&lt;"})
_LINK = r"(?i::(?=//)|(?<=www)\.)"
_BLOCK_START = r"(?m:^)(?:[ \t]+|(?=[#+\-=>:{%\d]))(?:([#+\-=>:{%])|(\d+)([.)]))?"


def for_markdown(text: str) -> str:
    """`text` as plain paragraphs of CommonMark: every character stands for itself.

    Markup is escaped with backslashes, `<` and `&` as entities; no line can begin a
    heading, list, quote, table, fence or code block, or HTML. Blanks at the start of
    a line are left out, since Markdown reads them as structure.
    """
    text = re.sub(_LINK, r"\\\g<0>", for_terminal(text).translate(_MARKUP))
    return re.sub(_BLOCK_START, _escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    """The beginning of a line without blanks, and without its meaning."""
    mark, number, point = match.groups()
    if mark:
        return f"\\{mark}"
    return f"{number}\\{point}" if point else ""


# --- measuring ---------------------------------------------------------------------


def display_width(text: str) -> int:
    """How many terminal cells one line of safe `text` takes (wcwidth's tables, when installed)."""
    if is_plain(text) or re.fullmatch(_NARROW, text):
        return len(text)
    try:
        from wcwidth import wcswidth
    except ImportError:
        return sum(map(_cells, text))
    width: int = wcswidth(text)
    return width if width >= 0 else sum(map(_cells, text))


def _cells(character: str) -> int:
    """Cells of one character by itself: 0, 1 or 2."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, width: int) -> str:
    """`text` on one line of at most `width` cells, cut between words when it can be, with "…".

    White space becomes single blanks. Nothing fits in less than one cell: "".
    """
    line = " ".join(text.split())
    if display_width(line) <= width:
        return line
    if width < 1:
        return ""
    head = _fitting(line, width - 1)
    words = head if line[len(head)] == " " else head.rpartition(" ")[0]
    return f"{(words or head).rstrip()}…"


def _fitting(line: str, width: int) -> str:
    """The longest beginning of `line` within `width` cells that cuts no letter from its marks."""
    low, high = 0, min(len(line), 4 * width + 4 * LONGEST_RUN)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if display_width(line[:middle]) <= width else (low, middle - 1)
    while low and low < len(line) and _joins(line[low - 1], line[low]):
        low -= 1
    return line[:low]


def _joins(before: str, after: str) -> bool:
    """Whether `after` is drawn into the same cell as `before`."""
    return before == "\u200d" or after == "\u200d" or _cells(after) == 0


# --- meant -------------------------------------------------------------------------


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that a mistyped `name` probably meant, "" when none is close."""
    from rapidfuzz import fuzz, process

    choices = sorted(set(names))
    # Comparing is quadratic in the length, and no name is this long.
    found = process.extractOne(name[:64].casefold(), choices, scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else ""
