"""A transcript as JSON, as its published schema says."""

from __future__ import annotations

import msgspec

from reflect.sharing.document import Collection, Transcript


def render(document: Transcript | Collection) -> str:
    """One JSON document, indented by two, with a line end."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
