"""`reflect goals edit`: other words for a goal."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option, write
from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.argument("words", nargs=-1, metavar="N TEXT")
@reason_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], reason: str) -> None:
    """Put a goal in other words; the old ones stay in its history."""
    write(desk, "goal", words, "text", said="Now", what="a goal", reason=reason)
