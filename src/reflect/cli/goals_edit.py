"""`reflect goals edit`: other words for a goal, or what it is for."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import because_option, reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import edit, kind_option
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@kind_option
@reason_option
@because_option
@mentorship_option
@pass_desk
def command(
    desk: Desk, words: tuple[str, ...], kind_of: str | None, reason: str, because: str | None
) -> None:
    """Put a goal in other words, or say what it is for; the old words stay in its history."""
    given = {"kind_of": kind_of}
    edit(desk, "goal", words, given, what="a goal", reason=reason, because=because)
