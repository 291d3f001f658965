"""`reflect contacts introduced`: people you were introduced to."""

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
    """Mark that you were introduced."""
    changes = [("state", "introduced")]
    apply(desk, "contact", numbers_only(numbers), changes, said="Introduced", reason=reason)
