"""`reflect plugins enable`: let a plug-in take part."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from reflect.plugins.discovery import Plugin


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@pass_desk
def command(desk: Desk, name: str, yes: bool, as_json: bool) -> None:
    """Let the plug-in NAME take part, as it is installed now.

    Code of a plug-in runs with all your rights and can read everything you have
    written; reflect cannot confine it. You are asked once; after a change, again.
    """
    from reflect.cli.installed import chosen, discovered, faults_of
    from reflect.cli.plugin_table import plugin_record

    plugin = chosen(discovered(desk), name)
    if plugin.state in ("waiting", "disabled"):
        if plugin.code:
            _ask(desk, plugin, yes=yes)
        _allow(desk, name)
    elif not as_json:
        desk.talk(f"{name} takes part already.")
    found = discovered(desk)
    after = chosen(found, name)
    if as_json:
        desk.json(plugin_record(found, after))
        return
    desk.report(faults_of(found, after))
    if after.state == "on" and plugin.state != "on":
        desk.talk(f"{after.place} takes part from now on.")
        desk.talk(f"To turn it off: reflect plugins disable {name}")


def _ask(desk: Desk, plugin: Plugin, *, yes: bool) -> None:
    """Come back when the plug-in's code may run."""
    if yes:
        return
    if not sys.stdin.isatty():
        message = f"{plugin.place} has code, and nobody is here to be asked"
        hint = f"Once you trust it: reflect plugins enable {plugin.name} --yes"
        raise UsageError("needs-yes", message, hint)
    by = f" by {plugin.author}" if plugin.author else ""
    desk.talk(
        f"{plugin.place}{by} has code. It runs with all your rights and can read everything\n"
        "you have written; reflect cannot confine it."
    )
    if not desk.agrees("Let it take part?"):
        raise ReflectError("not-allowed", f"{plugin.name} takes no part.", "Nothing was changed.")


def _allow(desk: Desk, name: str) -> None:
    """Write down that the installed plug-ins of that name may take part."""
    from reflect.plugins.consent import read_consents, write_consents
    from reflect.plugins.installed import installed

    file = desk.app.home.create().consents
    consents = read_consents(file)
    for plugin in installed():
        if plugin.name == name:
            consents = consents.enabling(plugin)
    write_consents(file, consents)
