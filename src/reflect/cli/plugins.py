"""`reflect plugins`: what else takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.commands import PLUGIN_COMMANDS
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.lazy import LazyGroup

if TYPE_CHECKING:
    from reflect.plugins.discovery import Discovery


@click.group(cls=LazyGroup, modules=PLUGIN_COMMANDS, invoke_without_command=True)
@json_option
@pass_desk
@click.pass_context
def command(ctx: click.Context, desk: Desk, as_json: bool) -> None:
    """Show which plug-ins take part, or wait."""
    if ctx.invoked_subcommand is not None:
        return
    from reflect.cli.findings import as_record
    from reflect.cli.installed import discovered

    found = discovered(desk)
    if as_json:
        desk.json(
            {
                "plugins": list(found.names),
                "waiting": [{"name": name, "version": version} for name, version in found.waiting],
                "diagnostics": [as_record(finding) for finding in found.diagnostics],
            }
        )
    else:
        _show(desk, found)


def _show(desk: Desk, found: Discovery) -> None:
    for name in found.names:
        desk.show(name)
    for name, version in found.waiting:
        desk.show(f"{name} {version} (waits for your leave: reflect plugins allow {name})")
    waiting = {name for name, _ in found.waiting}
    desk.report(tuple(one for one in found.diagnostics if one.place.file not in waiting))
