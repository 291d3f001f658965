"""`reflect wins`: what went well, newest first."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import list_newest, newest_limit
from reflect.cli.commands import WIN_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option


@click.group(cls=LazyGroup, modules=WIN_COMMANDS, invoke_without_command=True)
@newest_limit
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, limit: int | None, as_json: bool) -> None:
    """List your wins, big and small, newest first."""
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    list_newest(desk, "win", "wins", limit, as_json, "No win yet. They need not be big.")
