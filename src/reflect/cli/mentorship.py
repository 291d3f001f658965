"""`reflect mentorship`: the mentorships kept here, and which of them is meant."""

from __future__ import annotations

import click

from reflect.cli.commands import MENTORSHIP_COMMANDS
from reflect.cli.desk import json_option
from reflect.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, modules=MENTORSHIP_COMMANDS, invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Several mentorships side by side; without a command, they are listed.

    Commands speak of the one used last. Names are mended with `reflect settings name` and
    `reflect settings mentor`.
    """
    if ctx.invoked_subcommand is None:
        from reflect.cli.mentorship_list import command as listing

        ctx.invoke(listing, as_json=as_json)
