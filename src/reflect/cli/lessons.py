"""`reflect lessons`: what you have learned, newest first."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import list_newest, newest_limit
from reflect.cli.commands import LESSON_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option


@click.group(cls=LazyGroup, modules=LESSON_COMMANDS, invoke_without_command=True)
@newest_limit
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, limit: int | None, as_json: bool) -> None:
    """List what you have learned, newest first."""
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    list_newest(desk, "lesson", "lessons", limit, as_json, "No lesson yet. They need not be big.")
