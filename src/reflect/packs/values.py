"""What is wrong with a text as it stands on one line, and the same text as YAML takes it whole."""

from __future__ import annotations

import re

import msgspec

from reflect.packs import codes
from reflect.packs.report import clip

COMMENT = re.compile(r"(?<![ \t])[ \t]{2,}#")
"""A comment has two spaces before its `#`; after a single one a writer meant a text."""
_CUT = re.compile(r"[ \t]#")
_COLON = re.compile(r":(?=[ \t]|$)")
_AFTER = re.compile(r"[ \t]*(?:[ \t]#.*)?")
_SHUT_SINGLE = re.compile(r"(?:[^']++|'')*+'")
_SHUT_DOUBLE = re.compile(r'(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NEVER_FIRST = frozenset("@`%,]}")
_MOST_MARKS = 200
"""Of a text with more quotes in it nobody can say what was meant."""
_NODE = re.compile(r"[&!]\S*(?:[ \t]+[\[{\"'|>&!*].*)?")
_WORDS = re.compile(r"[&!*]\S*\s+\S")
_SMART = {
    "“": "”",
    "„": "“”",
    "”": "”",
    "‘": "’",
    "‚": "‘’",
    "’": "’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
}
"""Quotes of many languages: the first one of a text, and what may close it."""


class Trouble(msgspec.Struct, frozen=True):
    """What is wrong with a value: where in it, and the text that was meant; the text ends before `end`.

    `sure` tells whether nobody has to decide: the text is what was typed and nothing else can
    have been meant. `written` is the text as YAML takes it; `wrong` is false when it works as it is.
    """

    code: str
    offset: int
    message: str
    written: str
    end: int
    sure: bool = True
    hint: str = ""
    wrong: bool = True


def quoted(text: str) -> str:
    """`text` as YAML takes it whole, whatever it holds."""
    return "'" + text.rstrip().replace("'", "''") + "'"


def body_of(value: str) -> str:
    """`value` without a comment behind it and without the blanks at its end."""
    comment = COMMENT.search(value)
    return (value[: comment.start()] if comment else value).rstrip()


def closing(text: str, quote: str, start: int) -> int:
    """Where the quote that closes stands, from `start` on; -1 when it does not."""
    found = (_SHUT_SINGLE if quote == "'" else _SHUT_DOUBLE).match(text, start)
    return found.end() - 1 if found else -1


def _escaped(text: str, offset: int) -> bool:
    """Whether an odd number of backslashes stands before `offset`."""
    begin = offset
    while begin and text[begin - 1] == "\\":
        begin -= 1
    return (offset - begin) % 2 == 1


def ends(text: str) -> bool:
    """Whether nothing but a comment stands in `text`, which follows a closing quote or bracket."""
    return _AFTER.fullmatch(text) is not None


def begins_badly(body: str, what: str = "") -> Trouble:
    """A text that may not begin as it does."""
    message = f"A text may not begin with `{what or body[0]}` unquoted."
    return Trouble(codes.NEEDS_QUOTES, 0, message, quoted(body), len(body))


# --- plain texts -----------------------------------------------------------------------


def trouble_of_plain(value: str) -> Trouble | None:
    """What is wrong with a text that is not quoted."""
    body = body_of(value)
    first = body[:1]
    if not body:
        return None
    if first in _NEVER_FIRST:
        return begins_badly(body)
    if first in "-?" and body[1:2] in ("", " ", "\t"):
        return _dash(body) if first == "-" else begins_badly(body)
    if first in "&!*":
        return _node(body)
    if first == "#":
        return _hash(value)
    return _inside(body) or _smart(body)


def _inside(body: str) -> Trouble | None:
    """Whether YAML would cut `body` off or take it for a key."""
    cut = _CUT.search(body)
    if cut:
        message = "Everything from ` #` on would be cut off as a comment."
        return Trouble(codes.CUT_TEXT, cut.end() - 1, message, _written(body), len(body))
    colon = _COLON.search(body)
    if colon and body != ":":
        message = "A text that holds `: ` needs quotes."
        if colon.end() == len(body):
            message = "A text that ends in `:` needs quotes."
        return Trouble(codes.COLON_IN_TEXT, colon.start(), message, _written(body), len(body))
    return None


def _written(body: str) -> str:
    """`body` in straight quotes, in place of typographic ones around it."""
    return straight(body) or quoted(body)


def _dash(body: str) -> Trouble:
    """A dash behind a key: a list that should begin on the next line, or a text."""
    text = clip(body[1:])
    hint = f"Begin the list on the next line, with a dash for each text: - {text}"
    message = "A list cannot begin on the line of its key."
    return Trouble(codes.NEEDS_QUOTES, 0, message, quoted(body), len(body), False, hint)


def _hash(value: str) -> Trouble | None:
    """A text such as `#1 on my list`, which YAML takes for a comment."""
    body = body_of(value)
    if not re.match(r"#[^#\s]", body):
        return None
    message = "A text that begins with `#` would be lost as a comment."
    return Trouble(codes.CUT_TEXT, 0, message, quoted(body), len(body))


def _node(body: str) -> Trouble | None:
    """A text that begins like an anchor, an alias or a tag; None when it may well be one."""
    code = codes.TAG if body[0] == "!" else codes.ANCHOR
    if body[0] != "*" and (_NODE.fullmatch(body) or not _WORDS.match(body)):
        return None
    if body.startswith("!!"):
        return None
    return msgspec.structs.replace(begins_badly(body), code=code)


# --- quotes ---------------------------------------------------------------------------------


def trouble_of_quoted(value: str) -> Trouble | None:
    """What is wrong with a text that begins with `'` or `"` and has one more of them somewhere."""
    quote = value[0]
    end = closing(value, quote, 1)
    if ends(value[end + 1 :]):
        return None
    body = body_of(value)
    written, sure = _unravelled(body, quote)
    message = f"The text goes on after its closing quote: `{clip(value[end + 1 :])}`."
    hint = "" if sure else f"Put the whole text in quotes, and double each {quote} in it."
    if not sure and quote == '"':
        hint = "Put the whole text in single quotes, and leave the double ones in it as they are."
    return Trouble(codes.NEEDS_QUOTES, end, message, written, len(body), sure, hint)


def unclosed(value: str) -> Trouble:
    """A text that begins with a quote and has no other."""
    body = body_of(value)
    elision = body[0] == "'" and re.match(r"'(?:tis|twas|til|em|cause|n|bout|round|\d)\b", body)
    sure = not elision and "\\" not in body and body == value.rstrip()
    written = f"{body}{body[0]}" if sure else quoted(body)
    message = f"The quote `{body[0]}` is opened here and never closed."
    if elision:
        return Trouble(codes.NEEDS_QUOTES, 0, message, quoted(body), len(body))
    hint = "" if sure else "Close it at the end of the text."
    return Trouble(codes.NEEDS_QUOTES, 0, message, written, len(body), sure, hint)


def _unravelled(body: str, quote: str) -> tuple[str, bool]:
    """`body` as it was meant, and whether that is certain.

    Either the quotes at both ends wrap a text that holds more of them, or all of them
    belong to a text that should have been quoted as a whole.
    """
    if len(body) < 2 or body[-1] != quote or _escaped(body, len(body) - 1):
        return quoted(body), len(_marks(body, quote)) % 2 == 0
    marks = _marks(body, quote)
    if "?" not in marks and "()" * (len(marks) // 2) == marks and marks != "()":
        return quoted(body), True
    inner = body[1:-1]
    inside = marks[1:-1]
    if inside == "()" * (len(inside) // 2):
        return _wrapped(inner, quote), True
    if quote == "'" and inside in (")", "(") and marks[0] == "(":
        return _wrapped(inner, quote), True
    return quoted(body), False


def _marks(body: str, quote: str) -> str:
    """For each `quote` of `body` whether it opens or closes something; apostrophes are left out."""
    if body.count(quote) > _MOST_MARKS:
        return "?"
    found = []
    for match in re.finditer(re.escape(quote), body):
        if quote == '"' and _escaped(body, match.start()):
            continue
        start, end = match.span()
        before, after = body[max(0, start - 1) : start], body[end : end + 1]
        if quote == "'" and before.isalnum() and after.isalnum():
            continue
        opens = not before or before.isspace() or before in "([{-–—"
        shuts = not after or after.isspace() or after in ".,;:!?)]}…-–—"
        found.append("?" if opens is shuts else "(" if opens else ")")
    return "".join(found)


def _wrapped(inner: str, quote: str) -> str:
    """`inner` in the quotes it was written in, each of its own escaped once."""
    if quote == "'":
        return "'" + re.sub("''|'", "''", inner) + "'"
    return (
        '"' + re.sub(r'\\.|"', lambda found: found[0] if len(found[0]) > 1 else '\\"', inner) + '"'
    )


def straight(body: str) -> str:
    """`body` with straight quotes in place of typographic ones that wrap it; "" when none do."""
    shuts = _SMART.get(body[:1], "")
    if len(body) < 3 or body[-1] not in shuts:
        return ""
    inner = body[1:-1]
    if body[0] == body[-1]:
        return "" if body[0] in inner else _plainly(inner)
    depth = 0
    for offset, character in enumerate(inner):
        if character == body[0]:
            depth += 1
        elif character in shuts and not _apostrophe(inner, offset):
            depth -= 1
        if depth < 0:
            return ""
    return "" if depth else _plainly(inner)


def _apostrophe(text: str, offset: int) -> bool:
    before, after = text[max(0, offset - 1) : offset], text[offset + 1 : offset + 2]
    return text[offset] == "’" and before.isalpha() and after.isalpha()


def _plainly(inner: str) -> str:
    return quoted(inner) if '"' in inner or "\\" in inner else f'"{inner.rstrip()}"'


def _smart(body: str) -> Trouble | None:
    """Typographic quotes around a text, which would be shown with them."""
    written = straight(body)
    if not written:
        return None
    message = (
        f"`{body[0]}` and `{body[-1]}` do not quote in YAML: they would be shown with the text."
    )
    return Trouble(codes.SMART_QUOTES, 0, message, written, len(body), wrong=False)
