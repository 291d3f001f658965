"""A text of one line as it is written into a pack."""

from __future__ import annotations

import json

_MARKS = (": ", " #")
_FIRST = "¿¡…$(\\/+"
"""What a text may begin with besides letters and digits."""


def scalar(text: str) -> str:
    """`text`, one line, as YAML takes it whole; in quotes only where that is needed."""
    if not text.isprintable():
        return json.dumps(text)
    plain = text[:1].isalnum() or text[:1] in tuple(_FIRST)
    safe = plain and not any(mark in text for mark in _MARKS) and not text.endswith((":", " "))
    return text if safe else "'" + text.replace("'", "''") + "'"
