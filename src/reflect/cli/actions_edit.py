"""`reflect actions edit`: other words for a promise, and what else there is to say of it."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import because_option, reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import contact_option, edit, goal_option, owner_option, step_kind_option
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@owner_option
@goal_option
@step_kind_option
@contact_option
@reason_option
@because_option
@mentorship_option
@pass_desk
def command(
    desk: Desk,
    /,
    words: tuple[str, ...],
    reason: str,
    because: str | None,
    **given: str | None,
) -> None:
    """Put an action in other words, or say whose it is; the old words stay in its history."""
    edit(desk, "action", words, given, what="an action", reason=reason, because=because)
