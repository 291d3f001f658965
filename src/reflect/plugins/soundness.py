"""Which plug-ins may join: their hooks held against the specifications, by pluggy and beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reflect.diagnostics import Diagnostic
from reflect.plugins.findings import fault, meant, shown

if TYPE_CHECKING:
    from pluggy import HookImpl, PluginManager

_SEE = "see docs/plugins.md, or reflect.plugins.hookspecs"


class Hook(NamedTuple):
    """One function of a plug-in, with the names of the arguments it asks for."""

    function: Callable[..., object]
    arguments: tuple[str, ...] = ()

    def __call__(self, **given: object) -> object:
        """What it returns when it is handed those of `given` that it asks for."""
        return self.function(**{name: given[name] for name in self.arguments})


def empty_manager() -> PluginManager:
    """A manager that knows the hooks and no plug-in."""
    from pluggy import PluginManager

    from reflect.plugins import hookspecs

    manager = PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def register(manager: PluginManager, name: str, plugin: object) -> tuple[Diagnostic, ...]:
    """Register `plugin`; when it is not sound it leaves no trace and the reasons are returned.

    `name` is how the plug-in is known, and what its findings are placed at.
    """
    from pluggy import PluginValidationError

    try:
        manager.register(plugin, name)
        faults = tuple(_faults(manager, name, plugin))
    except PluginValidationError:
        faults = (_unsound(name, "a hook of it asks for something that reflect does not give"),)
    if faults and manager.has_plugin(name):
        manager.unregister(name=name)
    return faults


def hooks_of(manager: PluginManager, plugin: object) -> dict[str, Hook]:
    """The functions of a registered plug-in by the hook they implement."""
    return {
        name: Hook(found.function, tuple(found.argnames))
        for name, known, found in _hooks(manager, plugin)
        if known
    }


def known_hooks() -> tuple[str, ...]:
    """The name of every hook."""
    from reflect.plugins import hookspecs

    return tuple(sorted(name for name in vars(hookspecs) if name.startswith("reflect_")))


def _hooks(manager: PluginManager, plugin: object) -> Iterator[tuple[str, bool, HookImpl]]:
    """Each hook that `plugin` implements: its name, whether reflect knows it, the implementation."""
    for caller in manager.get_hookcallers(plugin) or ():
        for implementation in caller.get_hookimpls():
            if implementation.plugin is plugin:
                yield caller.name, caller.has_spec(), implementation


def _faults(manager: PluginManager, name: str, plugin: object) -> Iterator[Diagnostic]:
    """Why a registered plug-in cannot be used, beyond what pluggy itself refuses."""
    hooks = list(_hooks(manager, plugin))
    if not hooks:
        yield _unsound(name, "it has no hooks", "mark its functions with reflect's hookimpl")
    for hook, known, found in hooks:
        if not known and not found.optionalhook:
            yield _unknown_hook(name, hook)
        elif found.wrapper or found.hookwrapper:
            yield _unsound(name, f"{hook} wraps other plug-ins", "a plug-in speaks for itself only")
        elif found.kwargnames:
            # pluggy passes only parameters without a default, so the value would never come.
            yield _unsound(name, f"{hook} has a parameter with a default", "leave the default out")


def _unsound(name: str, message: str, hint: str = _SEE) -> Diagnostic:
    return fault("plugin-unsound", name, message, hint)


def _unknown_hook(name: str, hook: str) -> Diagnostic:
    message = f"there is no hook {shown(hook)}"
    return fault("plugin-unknown-hook", name, message, meant(hook, known_hooks(), _SEE))
