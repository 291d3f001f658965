"""`reflect questions asked`: questions that were asked."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import apply, numbers_only
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("numbers", nargs=-1, metavar="N...")
@mentorship_option
@pass_desk
def command(desk: Desk, numbers: tuple[str, ...]) -> None:
    """Mark questions as asked."""
    changes = [("state", "asked")]
    apply(desk, "question", numbers_only(numbers), changes, said="Asked")
