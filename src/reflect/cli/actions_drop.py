"""`reflect actions drop`: promises that are let go."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import apply, because_option, numbers_only, reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("numbers", nargs=-1, metavar="N...")
@reason_option
@because_option
@mentorship_option
@pass_desk
def command(desk: Desk, numbers: tuple[str, ...], reason: str, because: str | None) -> None:
    """Let actions go. That is a decision like any other."""
    changes = [("state", "dropped")]
    apply(
        desk,
        "action",
        numbers_only(numbers),
        changes,
        said="Let go",
        reason=reason,
        because=because,
    )
