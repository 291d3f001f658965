"""The forms that every export can have."""

from __future__ import annotations

from reflect.sharing import json, markdown, text
from reflect.sharing.document import Collection
from reflect.sharing.exporter import Exporter

BUILT_IN = ("markdown", "json", "text")


def builtin_exporters() -> tuple[Exporter, ...]:
    """Markdown, JSON and plain text."""
    return (
        Exporter("markdown", ".md", "for reading and for a notebook", _markdown),
        Exporter("json", ".json", "everything, for programs (see: reflect schema)", _json),
        Exporter("text", ".txt", "plain text", _text),
    )


def _markdown(sessions: Collection) -> bytes:
    return markdown.render(sessions.transcripts).encode()


def _json(sessions: Collection) -> bytes:
    return json.render(sessions).encode()


def _text(sessions: Collection) -> bytes:
    return text.render(sessions.transcripts).encode()
