"""`reflect review note`: a word beside an answer or an item, or on the whole."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, exact, file_option, filed, for_option, text_of, write


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] [N] [TEXT]")
@for_option
@file_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None, file: int | None) -> None:
    """Write a note beside number N of `review show`, or without N on the whole.

    Without TEXT it is asked for, or read from a pipe, so that it stands in no history of
    commands. Say what they did, not how they are.
    """
    from reflect.application.reviewing_notes import place_for

    case, rest = chosen(desk, who, words)
    on = filed(case, file)
    place = (
        place_for(case, on, "note", int(rest.pop(0)[:9])) if rest and rest[0].isdecimal() else None
    )
    text = exact(desk, case, text_of(desk, rest, "Your note:"))
    write(desk, case, "note", text, place=place, on=on)
