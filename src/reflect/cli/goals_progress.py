"""`reflect goals progress`: how far it has come."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import write
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N TEXT")
@mentorship_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...]) -> None:
    """Note how far a goal has come."""
    write(desk, "goal", words, "progress", said="Noted for", what="progress")
