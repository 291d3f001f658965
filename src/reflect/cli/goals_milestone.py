"""`reflect goals milestone`: a step on the way."""

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
    """Note a milestone of a goal."""
    write(desk, "goal", words, "milestone", said="Noted for", what="a milestone")
