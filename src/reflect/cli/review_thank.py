"""`reflect review thank`: thanks, for the whole or for one thing."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, exact, for_option, text_of, write


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] [N] [TEXT]")
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Thank them, on the whole or beside number N."""
    from reflect.application.reviewing_notes import place_for

    case, rest = chosen(desk, who, words)
    numbered = rest and rest[0].isdecimal()
    place = place_for(case, case.newest, "thanks", int(rest.pop(0)[:9])) if numbered else None
    text = exact(desk, case, text_of(desk, rest, "What do you thank them for?"))
    write(desk, case, "thanks", text, place=place)
