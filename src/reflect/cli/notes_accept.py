"""`reflect notes accept`: yes to what your mentor proposes."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@mentorship_option
@pass_desk
def command(desk: Desk, number: int) -> None:
    """Say yes to note N of `reflect notes`: it becomes yours. `reflect undo` takes it back."""
    from reflect.application.taking import accept
    from reflect.cli.consenting import settle

    settle(desk, number, accept, "yes")
