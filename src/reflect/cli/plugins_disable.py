"""`reflect plugins disable`: turn a plug-in off."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk


@click.command()
@click.argument("name")
@json_option
@pass_desk
def command(desk: Desk, name: str, as_json: bool) -> None:
    """Turn the plug-in NAME off, and take back its leave.

    It does not run from now on. What it has read or done before is not undone.
    """
    from reflect.cli.installed import chosen, discovered
    from reflect.cli.plugin_table import plugin_record
    from reflect.plugins.consent import read_consents, write_consents

    file = desk.app.home.consents
    consents = read_consents(file)
    if name not in consents.allowed:
        chosen(discovered(desk), name)
    write_consents(desk.app.home.create().consents, consents.disabling(name))
    if as_json:
        found = discovered(desk)
        desk.json(plugin_record(found, chosen(found, name)))
        return
    desk.talk(f"{name} takes no part from now on. To turn it on: reflect plugins enable {name}")
