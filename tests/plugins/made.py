"""Plug-ins made for a test."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from reflect.plugins.consent import Consents
from reflect.plugins.hookspecs import hookimpl
from reflect.plugins.installed import Installed
from reflect.plugins.manager import Plugins, make_manager
from reflect.settings import ALL_PLUGINS, PluginChoice


def module(**functions: Callable[..., object]) -> ModuleType:
    """A module whose functions are hook implementations."""
    made = ModuleType("made_for_a_test")
    for name, function in functions.items():
        setattr(made, name, hookimpl(function))
    return made


def plugin(name: str, **functions: Callable[..., object]) -> Installed:
    """An installed plug-in with code."""
    made = module(**functions)
    return Installed(name, "1.0", load=lambda: made)


def joined(*found: Installed, choice: PluginChoice = ALL_PLUGINS) -> Plugins:
    """The plug-ins of a run where `found` is installed and everything is allowed."""
    return make_manager(choice, trusting(*found), scan=lambda: found)


def trusting(*found: Installed) -> Consents:
    """Leave for all of `found`."""
    consents = Consents()
    for one in found:
        consents = consents.enabling(one)
    return consents


def codes(plugins: Plugins) -> list[tuple[str, str]]:
    """Name and code of everything reported."""
    return [(found.place.file.split(" ")[0], found.code) for found in plugins.diagnostics]
