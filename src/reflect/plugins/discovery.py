"""What plug-ins bring, remembered until something is installed, so that a start need not look for it.

Looking takes pluggy, importlib.metadata and every distribution's records. What was
found holds as long as no folder of `sys.path` and no folder that plug-ins pointed to
has changed, and the choice and the consents are the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from reflect.diagnostics import Diagnostic
from reflect.packs.cache import Cache, stamps
from reflect.packs.location import SHIPPED, Location
from reflect.plugins.consent import Consents
from reflect.script import Vocabulary
from reflect.settings import PluginChoice

if TYPE_CHECKING:
    from reflect.plugins.installed import Installed
    from reflect.plugins.joining import Member
    from reflect.plugins.manager import Plugins

Scan = Callable[[], "Iterable[Installed]"]
_NAME = "plugins"
_PLACES = 8
_BUILTIN_CUES = str(Path(__file__).parents[1] / "listening" / "cues.py")
AT_WORK = frozenset(
    (
        *("reflect_cues", "reflect_answer_kinds", "reflect_exporters"),
        *("reflect_lint_rules", "reflect_commands", "reflect_recorded"),
    )
)
"""Hooks whose plug-ins are loaded to work, and not only to see what they bring."""


class Plugin(msgspec.Struct, frozen=True):
    """One plug-in that is installed and wanted, and what it brings by name.

    `code` tells whether it has any. `state` is on, waiting (for leave), disabled, or broken
    when it takes no part at all. `hooks` are those it implements; `packs` folders.
    """

    name: str
    version: str
    code: bool
    state: str
    distribution: str = ""
    summary: str = ""
    author: str = ""
    hooks: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    exporters: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Name and version, as diagnostics place it."""
        return f"{self.name} {self.version}"


class Discovery(msgspec.Struct, frozen=True):
    """What the plug-ins of a run bring.

    `cues` gives the definition of every cue, `added` names those that are not built in;
    `waiting` is the name and version of each plug-in with code that has not been allowed.
    `kinds`, `exporters` and `commands` give a line of help for each of plug-ins, `rules` their
    codes; `recorders` names the plug-ins that are told of what was stored.
    """

    packs: tuple[Location, ...]
    lexicons: tuple[str, ...]
    cues: dict[str, str] = {}
    added: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    kinds: dict[str, str] = {}
    exporters: dict[str, str] = {}
    rules: tuple[str, ...] = ()
    commands: dict[str, str] = {}
    recorders: tuple[str, ...] = ()
    plugins: tuple[Plugin, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """The cues and kinds of answer that packs may name, with the line that defines each."""
        return Vocabulary(self.cues, self.kinds)

    @property
    def at_work(self) -> PluginChoice:
        """The plug-ins that have something to do while reflect runs."""
        return PluginChoice(
            frozenset(plugin.name for plugin in self.plugins if AT_WORK & set(plugin.hooks))
        )


def discover(
    cache: Cache,
    choice: PluginChoice,
    consents: Consents,
    *,
    afresh: bool = False,
    scan: Scan | None = None,
    make: Callable[[], Plugins] | None = None,
) -> Discovery:
    """What the plug-ins of `choice` bring, from `cache` when nothing was installed since.

    `afresh` looks again in any case, for the command that shows plug-ins. `scan`
    as for `make_manager`; `make` makes the plug-ins to ask, when they have to be asked.
    """
    question = _question(choice, consents)
    name = _kept_as(question)
    kept = None if afresh else cache.get(name, question, Discovery)
    if kept:
        return kept
    before = stamps((*_search_path(), _BUILTIN_CUES))
    plugins = make() if make else make_plugins(choice, consents, scan)
    found = _found_by(plugins)
    pointed_to = {str(Path(path).parent) for path in _paths(found)} | {*plugins.watched}
    cache.put(name, question, (*before, *stamps(sorted(pointed_to))), found)
    return found


def _kept_as(question: tuple[str, ...]) -> str:
    """Whoever starts in two ways by turns, with plug-ins and without, finds each again; there are few places."""
    return f"{_NAME}-{crc32(repr(question).encode()) % _PLACES}"


def make_plugins(choice: PluginChoice, consents: Consents, scan: Scan | None = None) -> Plugins:
    """The plug-ins of `choice`, loaded."""
    from reflect.plugins.manager import make_manager

    return make_manager(choice, consents, scan=scan)


def _found_by(plugins: Plugins) -> Discovery:
    """Ask for everything, then for what went wrong meanwhile."""
    brought = _Brought(plugins)
    return Discovery(
        packs=brought.packs,
        lexicons=tuple(map(str, plugins.lexicons())),
        cues={cue.name: cue.definition for _, cue in brought.cues},
        added=tuple(cue.name for name, cue in brought.cues if name != SHIPPED),
        names=plugins.names,
        waiting=plugins.waiting,
        kinds={kind.name: kind.help for _, kind in brought.kinds},
        exporters={one.name: one.help for name, one in brought.exporters if name != SHIPPED},
        rules=tuple(rule.code for _, rule in brought.rules),
        commands={str(one.name): one.get_short_help_str(60) for _, one in brought.commands},
        recorders=plugins.recorders(),
        plugins=tuple(brought.plugin(member) for member in plugins.members),
        diagnostics=plugins.diagnostics,
    )


class _Brought:
    """What each plug-in brought."""

    def __init__(self, plugins: Plugins) -> None:
        self.packs = plugins.packs()
        self.cues = plugins.named_cues()
        self.kinds = plugins.named_kinds()
        self.exporters = plugins.named_exporters()
        self.rules = plugins.named_rules()
        self.commands = plugins.named_commands()

    def plugin(self, member: Member) -> Plugin:
        """One plug-in with the names of what it brought."""
        plugin = member.plugin
        name = plugin.name
        mine = {
            "packs": [one.path for one in self.packs if one.source == name],
            "cues": [one.name for whose, one in self.cues if whose == name],
            "kinds": [one.name for whose, one in self.kinds if whose == name],
            "exporters": [one.name for whose, one in self.exporters if whose == name],
            "rules": [one.code for whose, one in self.rules if whose == name],
            "commands": [str(one.name) for whose, one in self.commands if whose == name],
        }
        return Plugin(
            name,
            plugin.version,
            plugin.load is not None,
            member.state,
            plugin.distribution,
            plugin.summary,
            plugin.author,
            member.hooks,
            **{what: tuple(names) for what, names in mine.items()},
        )


def _question(choice: PluginChoice, consents: Consents) -> tuple[str, ...]:
    allowed = (
        f"{name} {one.version} {one.record}" for name, one in sorted(consents.allowed.items())
    )
    return (str(choice), *allowed, "", *consents.disabled, "", *_search_path())


def _search_path() -> tuple[str, ...]:
    """Where distributions can lie: installing one changes the folder it goes to."""
    return tuple(str(Path(folder).absolute()) for folder in sys.path)


def _paths(found: Discovery) -> Iterable[str]:
    return (*(location.path for location in found.packs), *found.lexicons)
