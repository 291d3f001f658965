"""`reflect review take`: take an action on."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, for_option, number, write


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] N [TEXT]")
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Take action N on: it becomes yours when your mentee agrees.

    TEXT says more, if you like.
    """
    from reflect.application.reviewing_notes import checked, place_for

    case, rest = chosen(desk, who, words)
    place = place_for(case, case.newest, "take on", number(rest, "action"))
    text = checked(" ".join(rest)) if rest else ""
    write(desk, case, "take on", text, place=place)
