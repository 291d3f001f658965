"""`reflect review agenda`: a point for the next meeting."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, for_option, text_of, write


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] [TEXT]")
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Put a point on the agenda of your next meeting."""
    case, rest = chosen(desk, who, words)
    write(desk, case, "agenda", text_of(desk, rest, "What do you want to talk about?"))
