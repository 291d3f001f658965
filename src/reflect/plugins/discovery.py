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

import msgspec

from reflect.diagnostics import Diagnostic
from reflect.packs.cache import Cache, stamps
from reflect.packs.location import SHIPPED, Location
from reflect.plugins.consent import Consents
from reflect.script import Vocabulary
from reflect.settings import PluginChoice

if TYPE_CHECKING:
    from reflect.listening.cues import Cue
    from reflect.plugins.installed import Installed
    from reflect.plugins.manager import Plugins

Scan = Callable[[], "Iterable[Installed]"]
_NAME = "plugins"
_BUILTIN_CUES = str(Path(__file__).parents[1] / "listening" / "cues.py")


class Discovery(msgspec.Struct, frozen=True):
    """What the plug-ins of a run bring.

    `cues` gives the definition of every cue, `added` names those that are not built in;
    `waiting` is the name and version of each plug-in with code that has not been allowed.
    """

    packs: tuple[Location, ...]
    lexicons: tuple[str, ...]
    cues: dict[str, str] = {}
    added: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """The cues that packs may name, with the line that defines each."""
        return Vocabulary(self.cues)


def discover(
    cache: Cache,
    choice: PluginChoice,
    consents: Consents,
    *,
    afresh: bool = False,
    scan: Scan | None = None,
) -> Discovery:
    """What the plug-ins of `choice` bring, from `cache` when nothing was installed since.

    `afresh` looks again in any case, for the command that shows plug-ins. `scan`
    as for `make_manager`.
    """
    question = _question(choice, consents)
    kept = None if afresh else cache.get(_NAME, question, Discovery)
    if kept:
        return kept
    before = stamps((*_search_path(), _BUILTIN_CUES))
    found = _found_by(_manager(choice, consents, scan))
    pointed_to = {str(Path(path).parent) for path in _paths(found)}
    cache.put(_NAME, question, (*before, *stamps(sorted(pointed_to))), found)
    return found


def load_cues(
    discovery: Discovery,
    choice: PluginChoice,
    consents: Consents,
    *,
    scan: Scan | None = None,
) -> tuple[Cue, ...]:
    """Every cue to listen for; plug-ins are loaded only when one of them brings any."""
    from reflect.listening.cues import builtin_cues

    return _manager(choice, consents, scan).cues() if discovery.added else builtin_cues()


def _manager(choice: PluginChoice, consents: Consents, scan: Scan | None) -> Plugins:
    from reflect.plugins.manager import make_manager

    return make_manager(choice, allowed=consents.permits, scan=scan)


def _found_by(plugins: Plugins) -> Discovery:
    """Ask for everything, then for what went wrong meanwhile."""
    packs, lexicons, cues = plugins.packs(), plugins.lexicons(), plugins.named_cues()
    return Discovery(
        packs=packs,
        lexicons=tuple(map(str, lexicons)),
        cues={cue.name: cue.definition for _, cue in cues},
        added=tuple(cue.name for name, cue in cues if name != SHIPPED),
        names=plugins.names,
        waiting=plugins.waiting,
        diagnostics=plugins.diagnostics,
    )


def _question(choice: PluginChoice, consents: Consents) -> tuple[str, ...]:
    allowed = (f"{name} {version}" for name, version in sorted(consents.allowed.items()))
    return (str(choice), *allowed, "", *_search_path())


def _search_path() -> tuple[str, ...]:
    """Where distributions can lie: installing one changes the folder it goes to."""
    return tuple(str(Path(folder).absolute()) for folder in sys.path)


def _paths(found: Discovery) -> Iterable[str]:
    return (*(location.path for location in found.packs), *found.lexicons)
