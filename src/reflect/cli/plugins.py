"""`reflect plugins`: what else takes part."""

from __future__ import annotations

import click

from reflect.cli.commands import PLUGIN_COMMANDS
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, modules=PLUGIN_COMMANDS, invoke_without_command=True)
@json_option
@pass_desk
@click.pass_context
def command(ctx: click.Context, desk: Desk, as_json: bool) -> None:
    """Show plug-ins, and decide which of them take part.

    By itself: reflect plugins list.
    """
    if ctx.invoked_subcommand is None:
        from reflect.cli.plugin_table import show_plugins

        show_plugins(desk, as_json=as_json)
