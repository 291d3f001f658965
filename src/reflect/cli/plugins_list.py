"""`reflect plugins list`: every plug-in there is."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """List the plug-ins, and whether they take part."""
    from reflect.cli.plugin_table import show_plugins

    show_plugins(desk, as_json=as_json)
