"""What plug-ins a run has, looked for afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.cli.desk import Desk

if TYPE_CHECKING:
    from reflect.plugins.discovery import Discovery


def discovered(desk: Desk) -> Discovery:
    """What is installed now, and what is wrong with it."""
    from reflect.packs.cache import Cache
    from reflect.plugins.consent import read_consents
    from reflect.plugins.discovery import discover
    from reflect.settings import NO_PLUGINS, plugin_choice

    home = desk.app.home
    choice = NO_PLUGINS if desk.no_plugins else plugin_choice(desk.environ)
    return discover(Cache(home.cache), choice, read_consents(home.consents), afresh=True)
