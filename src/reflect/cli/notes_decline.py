"""`reflect notes decline`: no to what your mentor proposes."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@mentorship_option
@pass_desk
def command(desk: Desk, number: int) -> None:
    """Say no to note N of `reflect notes`; whoever wrote it is told when you share again."""
    from reflect.application.taking import decline
    from reflect.cli.consenting import settle

    settle(desk, number, decline, "no")
