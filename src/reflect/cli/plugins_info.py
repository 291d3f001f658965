"""`reflect plugins info`: one plug-in, and what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.plugins.discovery import Plugin

_STATES = {
    "on": "yes",
    "waiting": "no, it waits for your leave",
    "disabled": "no, it was turned off",
    "broken": "no, it is broken",
}


@click.command()
@click.argument("name")
@json_option
@pass_desk
def command(desk: Desk, name: str, as_json: bool) -> None:
    """Show what the plug-in NAME brings, and what went wrong with it."""
    from reflect.cli.installed import chosen, discovered, faults_of
    from reflect.cli.plugin_table import plugin_record

    found = discovered(desk)
    plugin = chosen(found, name)
    if as_json:
        desk.json(plugin_record(found, plugin))
        return
    for label, text in _lines(plugin):
        desk.show(f"{label:<14}{text}")
    desk.report(faults_of(found, plugin))


def _lines(plugin: Plugin) -> list[tuple[str, str]]:
    """What is known, leaving out what is not."""
    lines = [
        ("Plug-in", plugin.name),
        ("Version", plugin.version),
        ("Distribution", plugin.distribution),
        ("About", plugin.summary),
        ("Author", plugin.author),
        ("Takes part", _STATES.get(plugin.state, plugin.state)),
        ("Code", _code(plugin)),
        ("Hooks", ", ".join(plugin.hooks)),
        ("Packs", ", ".join(plugin.packs)),
        ("Cues", ", ".join(plugin.cues)),
        ("Answers", ", ".join(plugin.kinds)),
        ("Formats", ", ".join(plugin.exporters)),
        ("Rules", ", ".join(plugin.rules)),
        ("Commands", ", ".join(plugin.commands)),
    ]
    return [(label, text) for label, text in lines if text]


def _code(plugin: Plugin) -> str:
    if not plugin.code:
        return "none: it brings packs only"
    allowed = " (you allowed this version)" if plugin.state in ("on", "broken") else ""
    return f"yes, it can read everything you have written{allowed}"
