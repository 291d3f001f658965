"""A sheet of paper for a meeting: a title and short lists, as text or as CommonMark."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reflect.events import Private
from reflect.sharing.layout import COLUMNS, wrapped
from reflect.text import for_markdown, for_terminal


class Part(Private, frozen=True, omit_defaults=False):
    """A heading and its lines; `instead` is asked where there are none."""

    heading: str
    lines: tuple[str, ...]
    instead: str = ""


class Sheet(Private, frozen=True, omit_defaults=False):
    """What stands on the sheet, in order."""

    title: str
    about: str
    parts: tuple[Part, ...]


def as_text(sheet: Sheet, width: int = COLUMNS) -> str:
    """The sheet in lines of at most `width` cells."""
    lines = [*wrapped(for_terminal(sheet.title), width), for_terminal(sheet.about)]
    for part in sheet.parts:
        lines += ["", part.heading]
        for line in part.lines:
            lines += wrapped(for_terminal(line), width, first="  - ", rest="    ")
        if not part.lines:
            lines += wrapped(for_terminal(part.instead), width, first="  ", rest="  ")
    return "\n".join(lines)


def as_markdown(sheet: Sheet) -> str:
    """The sheet under a heading of the first level."""
    return "\n\n".join(_blocks(sheet)) + "\n"


def as_data(sheet: Sheet) -> dict[str, object]:
    """The sheet as JSON holds it."""
    found: dict[str, object] = msgspec.to_builtins(sheet)
    return found


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield f"# {for_markdown(sheet.title)}"
    yield for_markdown(sheet.about)
    for part in sheet.parts:
        yield f"## {part.heading}"
        if part.lines:
            yield "\n".join(f"- {for_markdown(line)}" for line in part.lines)
        else:
            yield f"*{for_markdown(part.instead)}*"
