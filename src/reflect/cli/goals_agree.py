"""`reflect goals agree`: goals that both want."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import apply, numbers_only, reason_option
from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.argument("numbers", nargs=-1, metavar="N...")
@reason_option
@pass_desk
def command(desk: Desk, numbers: tuple[str, ...], reason: str) -> None:
    """Mark goals as agreed by both of you."""
    changes = [("state", "agreed")]
    apply(desk, "goal", numbers_only(numbers), changes, said="Agreed by both", reason=reason)
