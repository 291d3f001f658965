"""`reflect feedback edit`: who gave it, what follows from it, or other words."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import edit, giver_option, will_option
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@giver_option
@will_option
@reason_option
@mentorship_option
@pass_desk
def command(
    desk: Desk, words: tuple[str, ...], giver: str | None, will: str | None, reason: str
) -> None:
    """Say who gave feedback and what you will do with it, or put it in other words."""
    given = {"giver": giver, "will": will}
    edit(desk, "feedback", words, given, what="feedback", reason=reason)
