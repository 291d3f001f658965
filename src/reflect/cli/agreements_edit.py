"""`reflect agreements edit`: other words for a term."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import edit
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N TEXT")
@reason_option
@mentorship_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], reason: str) -> None:
    """Put a term in other words; the old ones stay in its history.

    One that was agreed is proposed again: it is these words that the other has to agree to.
    """
    edit(desk, "agreement", words, {}, what="a term", reason=reason)
