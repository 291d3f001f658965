"""`reflect contacts followed-up`: people you got in touch with."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import apply, numbers_only, reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("numbers", nargs=-1, metavar="N...")
@reason_option
@mentorship_option
@pass_desk
def command(desk: Desk, numbers: tuple[str, ...], reason: str) -> None:
    """Mark that you got in touch afterwards."""
    changes = [("state", "followed up")]
    apply(desk, "contact", numbers_only(numbers), changes, said="Followed up", reason=reason)
