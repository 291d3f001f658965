"""Plug-ins joined and asked one by one, so that a broken one is reported and the rest go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reflect.diagnostics import Diagnostic
from reflect.packs.location import PACK_FILE, SHIPPED, YOURS, Location, packs_in
from reflect.plugins.findings import fault, meant, notice, shown
from reflect.plugins.isolation import run_apart
from reflect.plugins.results import CueCheck, bad_result, lexicon_file, listed, pack_folder
from reflect.plugins.soundness import empty_manager, functions, register
from reflect.settings import PluginChoice

if TYPE_CHECKING:
    from reflect.listening.cues import Cue
    from reflect.plugins.installed import Installed

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = frozenset({SHIPPED, YOURS, "all", "none"})
Check = Callable[[str, Any], Any]


class _Member(NamedTuple):
    """A plug-in with code that has joined, and its functions by hook."""

    name: str
    functions: dict[str, Callable[[], object]]


def make_manager(
    choice: PluginChoice,
    *,
    allowed: Callable[[str, str], bool],
    scan: Callable[[], Iterable[Installed]] | None = None,
) -> Plugins:
    """The plug-ins of this run: the built-in one, and those of `choice` that are installed.

    `allowed` says whether a plug-in with code may run, by name and version. `scan`
    finds what is installed; by default by entry points.
    """
    from reflect.plugins import builtin

    plugins = Plugins()
    plugins.join(SHIPPED, lambda: builtin)
    if choice.names is None or choice.names:
        _join_installed(plugins, choice, allowed, tuple((scan or _installed)()))
    return plugins


def _installed() -> tuple[Installed, ...]:
    from reflect.plugins.installed import installed

    return installed()


def _join_installed(
    plugins: Plugins,
    choice: PluginChoice,
    allowed: Callable[[str, str], bool],
    found: tuple[Installed, ...],
) -> None:
    for plugin in found:
        if not choice.wants(plugin.name):
            continue
        if plugin.load is None:
            plugins.join_data(plugin.name, plugin.folder)
        elif allowed(plugin.name, plugin.version):
            plugins.join(plugin.name, plugin.load)
        else:
            plugins.wait(plugin.name, plugin.version)
    names = {plugin.name for plugin in found}
    for name in sorted((choice.names or frozenset()) - names):
        plugins.report(_not_installed(name, names))


class Plugins:
    """The plug-ins of one run, the built-in one first. Each hook is called once, when it is first needed."""

    def __init__(self) -> None:
        self._manager = empty_manager()
        self._members: list[_Member] = []
        self._data: dict[str, tuple[Location, ...]] = {}
        self._waiting: list[tuple[str, str]] = []
        self._found: list[Diagnostic] = []
        self._answers: dict[str, tuple[tuple[str, Any], ...]] = {}

    # --- what they bring -----------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """The plug-ins that have joined, in order."""
        return tuple(dict.fromkeys((*(member.name for member in self._members), *self._data)))

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Name and version of each plug-in with code that has not been allowed."""
        return tuple(self._waiting)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong so far; each place is a plug-in's name."""
        return tuple(self._found)

    def packs(self) -> tuple[Location, ...]:
        """Where packs lie, by plug-in."""
        named = (Location(name, path) for name, path in self._ask("reflect_packs", pack_folder))
        return (*named, *(location for found in self._data.values() for location in found))

    def lexicons(self) -> tuple[Path, ...]:
        """The lexicon files, by plug-in."""
        return tuple(path for _, path in self._ask("reflect_lexicons", lexicon_file))

    def cues(self) -> tuple[Cue, ...]:
        """Every cue; a name belongs to the first plug-in that brings it."""
        return tuple(cue for _, cue in self.named_cues())

    def named_cues(self) -> tuple[tuple[str, Cue], ...]:
        """Every cue together with the name of its plug-in."""
        return self._ask("reflect_cues", CueCheck())

    # --- joining -------------------------------------------------------------------

    def join(self, name: str, load: Callable[[], object]) -> None:
        """Load a plug-in with code; it joins if it is sound, else it is reported."""
        taken = [member.name for member in self._members]
        if not self._may_be_called(name, taken):
            return
        plugin = self._apart(name, "while it was loaded", load)
        if plugin is None:
            return
        self._apart(name, "while it was registered", lambda: self._register(name, plugin))

    def join_data(self, name: str, folder: Path | None) -> None:
        """Let a plug-in join that holds packs in `folder` and no code."""
        if not self._may_be_called(name, self._data):
            return
        locations = _packs_below(name, folder) if folder else ()
        if not locations:
            self.report(
                bad_result(name, "it holds no packs", f"a pack is a folder with a {PACK_FILE}")
            )
        self._data[name] = locations

    def wait(self, name: str, version: str) -> None:
        """Leave out a plug-in with code until it is allowed."""
        self._waiting.append((name, version))
        self.report(_not_allowed(name, version))

    def report(self, diagnostic: Diagnostic) -> None:
        """Add something that went wrong."""
        self._found.append(diagnostic)

    def _may_be_called(self, name: str, taken: Iterable[str]) -> bool:
        first = not self._members and name == SHIPPED
        if not first and (name in _RESERVED or not _NAME.fullmatch(name)):
            self.report(_bad_name(name, "is not a name for a plug-in"))
        elif name in taken:
            self.report(_bad_name(name, "is the name of two plug-ins; the second is left out"))
        else:
            return True
        return False

    def _register(self, name: str, plugin: object) -> None:
        """Let `plugin` join if it is sound."""
        faults = register(self._manager, name, plugin)
        self._found.extend(faults)
        if not faults:
            self._members.append(_Member(name, functions(self._manager, plugin)))

    # --- asking --------------------------------------------------------------------

    def _ask(self, hook: str, check: Check) -> tuple[tuple[str, Any], ...]:
        """What each plug-in returned for `hook` and `check` made of it, with the plug-in's name."""
        if hook not in self._answers:
            self._answers[hook] = tuple(
                (member.name, value)
                for member in self._members
                if hook in member.functions
                for value in self._ask_one(member, hook, check)
            )
        return self._answers[hook]

    def _ask_one(self, member: _Member, hook: str, check: Check) -> Iterator[Any]:
        """The sound values of one plug-in; they are made, read and checked apart from us."""

        def ask() -> list[Any]:
            values = listed(member.functions[hook]())
            return [check(member.name, value) for value in values]

        for value in self._apart(member.name, f"in {hook}", ask) or ():
            if isinstance(value, Diagnostic):
                self.report(value)
            else:
                yield value

    def _apart(self, name: str, doing: str, action: Callable[[], Any]) -> Any:  # noqa: ANN401
        outcome = run_apart(name, doing, action)
        self._found.extend(outcome.diagnostics)
        return outcome.value


def _packs_below(name: str, folder: Path) -> tuple[Location, ...]:
    """The packs of a package without code: itself, or the folders in it."""
    if (folder / PACK_FILE).is_file():
        return (Location(name, str(folder)),)
    return tuple(found for found in packs_in(folder, name) if found.translations)


def _bad_name(name: str, message: str) -> Diagnostic:
    hint = "letters, digits, dots and dashes, at most 64"
    return fault("plugin-bad-name", name, f"{shown(name)} {message}", hint)


def _not_allowed(name: str, version: str) -> Diagnostic:
    return notice(
        "plugin-not-allowed",
        name,
        f"the plug-in (version {shown(version)}) has code and has not been allowed; it is left out",
        f"once you trust it: reflect plugins allow {shown(name)}",
    )


def _not_installed(name: str, names: Iterable[str]) -> Diagnostic:
    hint = meant(name, names, "`reflect plugins` shows what there is")
    return notice(
        "no-such-plugin", name, "REFLECT_PLUGINS names a plug-in that is not installed", hint
    )
