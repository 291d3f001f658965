"""Words of the format that are only spelled otherwise: capitals, underscores, hyphens, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.diagnostics import Fix
from reflect.packs.tree import Text

_YES_NO = {"true": "yes", "on": "yes", "y": "yes", "false": "no", "off": "no", "n": "no"}
_LONGEST = 64


def alike(found: str, words: Iterable[str]) -> str:
    """The one of `words` that `found` is but for its spelling, or another yes or no; "" when none is."""
    if len(found) > _LONGEST:
        return ""
    known = {_plain(word): word for word in words}
    plain = _plain(found)
    return known.get(plain) or known.get(_YES_NO.get(plain, ""), "")


def written(text: Text | None, word: str) -> Fix | None:
    """The mending that puts `word` in the place of `text`; None when it is written nowhere."""
    if text is None or not text.width:
        return None
    return Fix(text.line, text.column, text.column + text.width, word)


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word).casefold()
