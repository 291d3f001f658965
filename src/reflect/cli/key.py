"""`reflect key`: your key, and the keys of those you send files to."""

from __future__ import annotations

import click

from reflect.cli.commands import KEY_COMMANDS
from reflect.cli.desk import json_option
from reflect.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, modules=KEY_COMMANDS, invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Keys that seal a file for one person; without a command, yours is shown.

    Your mentor gives you theirs and you give them yours. What is sealed for a key opens only
    where its secret half is: yours is kept with your answers and in your backups.
    """
    if ctx.invoked_subcommand is None:
        from reflect.cli.key_show import command as showing

        ctx.invoke(showing, as_json=as_json)
