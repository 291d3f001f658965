"""Lets plug-ins join: those that may, that suit this version, and that are sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from reflect import __version__
from reflect.diagnostics import Diagnostic
from reflect.packs.location import PACK_FILE, SHIPPED, YOURS, Location, packs_in
from reflect.plugins.consent import Consents, Verdict
from reflect.plugins.findings import fault, meant, notice, shown
from reflect.plugins.installed import Installed
from reflect.plugins.isolation import BATCH, run_apart
from reflect.plugins.requirement import satisfied
from reflect.plugins.results import bad_result
from reflect.plugins.running import Joined, Running
from reflect.plugins.soundness import empty_manager, hooks_of, register
from reflect.settings import PluginChoice

State = Literal["on", "waiting", "disabled", "broken"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = frozenset({SHIPPED, YOURS, "all", "none"})


class Member(NamedTuple):
    """A plug-in that is installed and wanted; "broken" when it could not join."""

    plugin: Installed
    state: State
    hooks: tuple[str, ...] = ()


class Joining:
    """The plug-ins of one run as they join: `joined` those with code, `data` the packs of those without."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._manager = empty_manager()
        self.joined: list[Joined] = []
        self.data: dict[str, tuple[Location, ...]] = {}
        self.members: list[Member] = []
        self.modules: list[str] = []

    def join_all(
        self, found: Iterable[Installed], choice: PluginChoice, consents: Consents
    ) -> None:
        """Let those of `choice` join that `consents` let, by name."""
        plugins = sorted(found, key=_order)
        for plugin in plugins:
            if choice.wants(plugin.name):
                self._admit(plugin, consents.verdict(plugin))
        names = {plugin.name for plugin in plugins}
        for name in sorted((choice.names or frozenset()) - names):
            self._running.report(_not_installed(name, names))

    def _admit(self, plugin: Installed, verdict: Verdict) -> None:
        if verdict != "on":
            self.leave_out(plugin, verdict)
        elif plugin.load is None:
            self.join_data(plugin)
        else:
            self.join(plugin)

    def join(self, plugin: Installed) -> None:
        """Load a plug-in with code; it joins if it is sound, else it is reported."""
        assert plugin.load is not None
        taken = [joined.name for joined in self.joined]
        if not self._may_be_called(plugin, taken):
            return
        before = len(self.joined)
        if not plugin.wanted or self._suits(plugin, plugin.wanted):
            self._load(plugin)
        if plugin.name != SHIPPED:
            joined = self.joined[before:]
            hooks = tuple(sorted(joined[0].hooks)) if joined else ()
            self.members.append(Member(plugin, "on" if joined else "broken", hooks))

    def join_data(self, plugin: Installed) -> None:
        """Let a plug-in join that holds packs in a folder and no code."""
        if not self._may_be_called(plugin, self.data):
            return
        locations: tuple[Location, ...] = ()
        if not plugin.wanted or self._suits(plugin, plugin.wanted):
            locations = _packs_below(plugin.name, plugin.folder) if plugin.folder else ()
            if not locations:
                hint = f"a pack is a folder with a {PACK_FILE}"
                self._running.report(bad_result(place_of(plugin), "it holds no packs", hint))
        self.data[plugin.name] = locations
        self.members.append(Member(plugin, "on" if locations else "broken"))

    def leave_out(self, plugin: Installed, state: Verdict) -> None:
        """Leave out a plug-in that was turned off, or has code that waits for leave."""
        self.members.append(Member(plugin, state))
        if state == "waiting":
            self._running.report(_not_allowed(plugin))

    def _may_be_called(self, plugin: Installed, taken: Iterable[str]) -> bool:
        name = plugin.name
        first = not self.joined and name == SHIPPED
        if not first and (name in _RESERVED or not _NAME.fullmatch(name)):
            self._running.report(_bad_name(plugin, "is not a name for a plug-in"))
        elif name in taken:
            self._running.report(
                _bad_name(plugin, "is the name of two plug-ins; the second is left out")
            )
        else:
            return True
        return False

    def _suits(self, plugin: Installed, wanted: str) -> bool:
        if satisfied(wanted, __version__):
            return True
        message = f"it is made for reflect {shown(wanted)}; this is {__version__}"
        hint = "install a version of it, or of reflect, that fits"
        self._running.report(fault("plugin-needs-other", place_of(plugin), message, hint))
        return False

    def _load(self, plugin: Installed) -> None:
        """Import `plugin`, and let it join when it suits and is sound."""
        place = place_of(plugin)
        joining: list[Joined] = []

        def load() -> None:
            assert plugin.load is not None
            code = plugin.load()
            file = getattr(code, "__file__", None)
            self.modules.extend([file] if isinstance(file, str) else [])
            wanted = getattr(code, "reflect_requires", "")
            if wanted and not self._suits(plugin, str(wanted)):
                return
            faults = register(self._manager, place, code)
            self._running.report(*faults)
            if not faults:
                joining.append(Joined(plugin.name, place, hooks_of(self._manager, code)))

        outcome = run_apart(place, "while it was loaded", load, BATCH)
        self._running.report(*outcome.diagnostics)
        self.joined.extend([] if outcome.failed else joining)


def place_of(plugin: Installed) -> str:
    """How a plug-in is named where something is said of it."""
    return plugin.name if plugin.name == SHIPPED else f"{plugin.name} {plugin.version}"


def _order(plugin: Installed) -> tuple[str, str, bool]:
    return plugin.name, plugin.version, plugin.load is None


def _packs_below(name: str, folder: Path) -> tuple[Location, ...]:
    """The packs of a package without code: itself, or the folders in it."""
    if (folder / PACK_FILE).is_file():
        return (Location(name, str(folder)),)
    return tuple(found for found in packs_in(folder, name) if found.translations)


def _bad_name(plugin: Installed, message: str) -> Diagnostic:
    hint = "letters, digits, dots and dashes, at most 64"
    message = f"{shown(plugin.name)} {message}"
    return fault("plugin-bad-name", place_of(plugin), message, hint)


def _not_allowed(plugin: Installed) -> Diagnostic:
    return notice(
        "plugin-not-allowed",
        place_of(plugin),
        "the plug-in has code and was not allowed in this version and form; it is left out",
        f"once you trust it: reflect plugins enable {shown(plugin.name)}",
    )


def _not_installed(name: str, names: Iterable[str]) -> Diagnostic:
    hint = meant(name, names, "`reflect plugins` shows what there is")
    return notice(
        "no-such-plugin", name, "REFLECT_PLUGINS names a plug-in that is not installed", hint
    )
