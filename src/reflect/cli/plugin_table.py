"""Plug-ins as they are listed, and as they are written for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect import __version__
from reflect.cli.desk import Desk
from reflect.cli.findings import as_record
from reflect.cli.installed import SHIPPED, discovered, faults_of

if TYPE_CHECKING:
    from reflect.diagnostics import Diagnostic
    from reflect.plugins.discovery import Discovery, Plugin

BRINGS = ("packs", "cues", "kinds", "exporters", "rules", "commands")


def show_plugins(desk: Desk, *, as_json: bool) -> Discovery:
    """List every plug-in with its state; gives what was found."""
    found = discovered(desk)
    if as_json:
        records = [plugin_record(found, plugin) for plugin in found.plugins]
        desk.json(
            {"plugins": records, "diagnostics": [as_record(one) for one in found.diagnostics]}
        )
        return found
    desk.show(f"{SHIPPED} {__version__}  on · comes with reflect")
    for plugin in found.plugins:
        desk.show(f"{plugin.place}  {' · '.join(_facts(found, plugin))}")
    desk.report(_worth_saying(found))
    return found


def plugin_record(found: Discovery, plugin: Plugin) -> dict[str, object]:
    """Everything known of `plugin`, by name."""
    import msgspec

    record: dict[str, object] = msgspec.to_builtins(plugin)
    return record | {"diagnostics": [as_record(one) for one in faults_of(found, plugin)]}


def _facts(found: Discovery, plugin: Plugin) -> list[str]:
    from reflect.diagnostics import has_errors

    state = {
        "waiting": f"waits for your leave: reflect plugins enable {plugin.name}",
        "disabled": f"turned off; to turn it on: reflect plugins enable {plugin.name}",
        "broken": "broken, takes no part",
    }.get(plugin.state, "on")
    if state == "on" and has_errors(faults_of(found, plugin)):
        state = "on, but something is wrong"
    brings = [what for what in BRINGS if getattr(plugin, what)]
    return [state, *([", ".join(brings)] if brings else [])]


def _worth_saying(found: Discovery) -> tuple[Diagnostic, ...]:
    """What the table itself does not say."""
    return tuple(one for one in found.diagnostics if one.code != "plugin-not-allowed")
