"""`reflect plugins doctor`: whether every plug-in works."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> int:
    """Load every plug-in and say what is wrong.

    Ends with 1 when one of them is broken.
    """
    from reflect.cli.plugin_table import show_plugins
    from reflect.diagnostics import has_errors

    broken = has_errors(show_plugins(desk, as_json=as_json).diagnostics)
    if not broken:
        desk.talk("Every plug-in that takes part works.")
    return 1 if broken else 0
