"""`reflect wins`: what went well, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import came_from, list_newest, newest_limit
from reflect.cli.commands import WIN_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried


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
    empty = "No win yet. They need not be big."
    list_newest(desk, "win", "wins", limit, as_json, empty, _notes)


def _notes(desk: Desk, item: Carried) -> tuple[str, ...]:
    return (item.day, came_from(desk, item))
