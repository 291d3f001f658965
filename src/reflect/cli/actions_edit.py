"""`reflect actions edit`: other words for a promise, another owner, the goal it serves."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import edit, goal_option, owner_option
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@owner_option
@goal_option
@reason_option
@mentorship_option
@pass_desk
def command(
    desk: Desk, words: tuple[str, ...], owner: str | None, goal: str | None, reason: str
) -> None:
    """Put an action in other words, or say whose it is; the old words stay in its history."""
    given = {"owner": owner, "goal": goal}
    edit(desk, "action", words, given, what="an action", reason=reason)
