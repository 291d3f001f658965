"""`reflect review note`: a word beside an answer or an item, or on the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, exact, file_option, filed, for_option, text_of, write

if TYPE_CHECKING:
    from reflect.events import NoteKind


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] [N] [TEXT]")
@for_option
@file_option
@click.option(
    "--kind",
    type=click.Choice(["note", "story"]),
    default="note",
    show_default=True,
    help="A story is one of your own: what you tried, what went wrong, what it taught you.",
)
@pass_desk
def command(
    desk: Desk, words: tuple[str, ...], who: str | None, file: int | None, kind: NoteKind
) -> None:
    """Write a note beside number N of `review show`, or without N on the whole.

    Without TEXT it is asked for, or read from a pipe, so that it stands in no history of
    commands. Say what they did, not how they are.
    """
    from reflect.application.reviewing_notes import place_for

    case, rest = chosen(desk, who, words)
    on = filed(case, file)
    place = (
        place_for(case, on, kind, int(rest.pop(0)[:9])) if rest and rest[0].isdecimal() else None
    )
    text = text_of(desk, rest, "Your story:" if kind == "story" else "Your note:")
    # A story is told as it was; only a word on what they did is asked to be exact.
    text = exact(desk, case, text) if kind == "note" else text
    write(desk, case, kind, text, place=place, on=on)
