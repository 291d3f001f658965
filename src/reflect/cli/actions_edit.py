"""`reflect actions edit`: other words for a promise."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option, write
from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.argument("words", nargs=-1, metavar="N TEXT")
@reason_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], reason: str) -> None:
    """Put an action in other words; the old ones stay in its history."""
    write(desk, "action", words, "text", said="Now", what="an action", reason=reason)
