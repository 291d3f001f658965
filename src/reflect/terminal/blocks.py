"""What the conversation wants shown, before anybody knows how wide the screen is."""

from __future__ import annotations

from typing import Literal, NamedTuple

Style = Literal["", "question", "quiet", "accent"]


class Paragraph(NamedTuple):
    """Text in sentences; line breaks in it stay.

    `hang` indents every line but the first further; `short` cuts the text to one line.
    """

    text: str
    style: Style = ""
    indent: int = 2
    hang: int = 0
    short: bool = False

    def __repr__(self) -> str:
        return "<Paragraph>"


class Heading(NamedTuple):
    """A rule with a title and, at its right end, how far the session is.

    `before` the title stands what it belongs to, as much of it as there is room for.
    """

    title: str = ""
    right: str = ""
    before: str = ""

    def __repr__(self) -> str:
        return "<Heading>"


class Choices(NamedTuple):
    """Options, numbered from 1; on one line where they fit."""

    labels: tuple[str, ...]
    compact: bool = True

    def __repr__(self) -> str:
        return "<Choices>"


class Labelled(NamedTuple):
    """Text in a column of its own beside a `label`, `width` cells wide; `short` cuts it to one line."""

    label: str
    text: str
    width: int = 11
    short: bool = False

    def __repr__(self) -> str:
        return "<Labelled>"


class Task(NamedTuple):
    """Something to be done, behind a box to tick, or another `mark`."""

    text: str
    mark: Literal["box", "?", "-"] = "box"

    def __repr__(self) -> str:
        return "<Task>"


class Sent(NamedTuple):
    """What the mentee wrote, as it stood behind the prompt; a very long text is cut on the screen."""

    text: str

    def __repr__(self) -> str:
        return "<Sent>"


class Gap(NamedTuple):
    """One empty line; several in a row are one."""


GAP = Gap()
Block = Paragraph | Heading | Choices | Labelled | Task | Sent | Gap
