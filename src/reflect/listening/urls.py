"""Addresses of pages and people in a text: nothing to say back and nothing said."""

from __future__ import annotations

import re

from reflect.events import Span

_CHUNK = re.compile(r"\S+")


def urls(text: str) -> list[Span]:
    """Where URLs and mail addresses stand in `text`, each with whatever touches it."""
    if "/" not in text and "@" not in text and "www." not in text:
        return []
    return [Span(*m.span()) for m in _CHUNK.finditer(text) if _is_address(m.group())]


def without_urls(text: str) -> str:
    """`text` with a space in place of every address."""
    at, kept = 0, []
    for span in urls(text):
        kept.append(text[at : span.start])
        at = span.end
    return " ".join((*kept, text[at:])) if kept else text


def _is_address(chunk: str) -> bool:
    if "://" in chunk or chunk.startswith("www."):
        return True
    name, at, place = chunk.partition("@")
    return bool(name and at and "." in place.strip("."))
