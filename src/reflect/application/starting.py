"""Beginning a new pack: what it may be called, and its folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.packs.header import Header
    from reflect.packs.location import Location
    from reflect.packs.starting import Files, Start

Refusal = Callable[[str], str]
"""What is wrong with something that was typed, in a sentence; "" when nothing is."""

LONGEST_LINE = 200


def wrong_id(app: Application) -> Refusal:
    """Refuses what can be no id, and ids that are taken."""
    from reflect.packs.conform import is_id
    from reflect.packs.core import CORE

    taken = {entry.id: entry.title for entry in app.catalogue.entries()}

    def wrong(text: str) -> str:
        if not is_id(text):
            return "An id is made of a-z, 0-9 and hyphens, such as night-shift."
        if text == CORE or text in taken:
            return f"The id {text} belongs to another pack. Choose one of your own."
        return ""

    return wrong


def wrong_line(text: str) -> str:
    """Refuses what is empty or too long for a title."""
    if not text.strip():
        return "This needs a few words."
    if len(text) > LONGEST_LINE or not text.isprintable():
        return f"This must be one line of at most {LONGEST_LINE} characters."
    return ""


def wrong_about(text: str) -> str:
    """Refuses what is too long for a line of the catalogue; nothing at all is fine."""
    return wrong_line(text) if text else ""


def wrong_stages(titles: Sequence[str]) -> str:
    """Refuses too many stages, and titles that are none; no stages are fine."""
    from reflect.packs.starting import MOST_STAGES

    if len(titles) > MOST_STAGES:
        return f"Begin with {MOST_STAGES} stages at most; more can be written later."
    return next(filter(None, map(wrong_line, titles)), "")


def titles_in(text: str) -> list[str]:
    """The titles in `text`, with commas between them."""
    return [title for title in map(str.strip, text.split(",")) if title]


def wrong_language(text: str) -> str:
    """Refuses what is no language."""
    import re

    from reflect.packs.table import PATTERNS

    fits = re.fullmatch(PATTERNS["language"], text)
    return "" if fits else "A language is written as en, de or pt-BR."


def id_for(folder: Path | None) -> str:
    """An id that goes with the name of `folder`, "" when none does."""
    from reflect.packs.conform import is_id, option_id

    name = option_id(folder.name, 0) if folder else ""
    return name if is_id(name) and name != "option-0" else ""


def title_for(identifier: str) -> str:
    """A title that goes with an id."""
    return identifier.replace("-", " ").capitalize()


def header_at(location: Location) -> Header:
    """What the pack at `location` says of itself; PackError when it cannot be read."""
    from reflect.errors import PackError
    from reflect.packs.header import read_header
    from reflect.packs.location import read_text

    header, _ = read_header(read_text(location))
    if header is None:
        message = f"{location.file} does not begin as a pack does"
        raise PackError("pack-has-errors", message, f"See: reflect pack check {location.path}")
    return header


def files_for(start: Start, app: Application, base: Location | None, *, extend: bool) -> Files:
    """What the new folder holds: a pack of its own, a copy of the one at `base`, or one that extends it.

    Raises PackError when the pack at `base` cannot be read, or cannot be built on.
    """
    from msgspec.structs import replace

    from reflect.packs.starting import new_pack

    start = replace(start, kinds=app.discovery.vocabulary.kinds)
    if base is None:
        return new_pack(start)
    return _extending(start, app, base) if extend else _copied(start, base)


def _extending(start: Start, app: Application, base: Location) -> Files:
    from reflect.application.authoring import compiled_at
    from reflect.errors import PackError
    from reflect.packs.starting_from import extending_pack

    script = compiled_at(app, base).script
    if script is None:
        message = "the pack to build on has errors"
        raise PackError("pack-has-errors", message, f"See: reflect pack check {base.path}")
    return extending_pack(start, script)


def _copied(start: Start, base: Location) -> Files:
    from reflect.application.authoring import read_pack
    from reflect.errors import PackError
    from reflect.packs.starting_from import copied_pack
    from reflect.rehearsal.files import story_files

    try:
        return copied_pack(start, read_pack(base), story_files(base))
    except UnicodeDecodeError:
        message = f"{base.path} is no text that can be read"
        raise PackError(
            "pack-not-readable", message, f"See: reflect pack check {base.path}"
        ) from None
