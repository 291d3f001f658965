"""What plug-ins a run has, looked for afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.cli.commands import COMMANDS
from reflect.cli.desk import Desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reflect.diagnostics import Diagnostic
    from reflect.plugins.discovery import Discovery, Plugin

SHIPPED = "shipped"


def discovered(desk: Desk) -> Discovery:
    """What is installed now, and what is wrong with it, which the command goes on to show."""
    from msgspec.structs import replace

    desk.plugins_shown = True
    found = desk.app.look_again()
    return replace(found, diagnostics=(*found.diagnostics, *_ours(found)))


def chosen(found: Discovery, name: str) -> Plugin:
    """The plug-in called `name`; raises `UsageError` "no-such-plugin"."""
    from reflect.cli.meant import did_you_mean

    for plugin in found.plugins:
        if plugin.name == name:
            return plugin
    if name == SHIPPED:
        message = "shipped is reflect itself and always takes part"
        raise UsageError("no-such-plugin", message, "See: reflect plugins")
    names = [plugin.name for plugin in found.plugins]
    message = f"no plug-in called {name[:60]} is installed"
    raise UsageError("no-such-plugin", message, did_you_mean(name, names, "reflect plugins"))


def faults_of(found: Discovery, plugin: Plugin) -> tuple[Diagnostic, ...]:
    """What is wrong with `plugin`, or should be known of it."""
    return tuple(one for one in found.diagnostics if one.place.file == plugin.place)


def _ours(found: Discovery) -> Iterator[Diagnostic]:
    """Commands of plug-ins whose names are taken by the program's own."""
    from reflect.plugins.findings import notice

    for plugin in found.plugins:
        for name in plugin.commands:
            if name in COMMANDS:
                message = f"a command called {name} is there already; this one is left out"
                yield notice("plugin-name-taken", plugin.place, message, "rename it")
