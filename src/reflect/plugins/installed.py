"""What is installed beside reflect: found by entry points, not yet loaded.

Group `reflect` names a plug-in with code: a module with hooks. Group `reflect.packs`
names a top-level package that only holds packs, in itself or in folders directly
below; it is never imported, so no code of it runs.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import NamedTuple

CODE_GROUP = "reflect"
DATA_GROUP = "reflect.packs"


class Installed(NamedTuple):
    """One plug-in: the name of its entry point, the version of its distribution.

    `load` imports a plug-in with code; it is None for one of packs only, whose
    packs lie in `folder` (None when its package cannot be found).
    """

    name: str
    version: str
    load: Callable[[], object] | None = None
    folder: Path | None = None


def installed() -> tuple[Installed, ...]:
    """Every plug-in that is installed, by name; nothing is imported."""
    found = {
        (plugin.name, plugin.version, plugin.load is None): plugin
        for distribution in distributions()
        for plugin in _plugins_of(distribution)
    }
    return tuple(found[key] for key in sorted(found))


def _plugins_of(distribution: Distribution) -> Iterable[Installed]:
    """What one distribution brings; nothing when its own records are damaged."""
    try:
        entry_points = [e for e in distribution.entry_points if e.group in (CODE_GROUP, DATA_GROUP)]
        return [_plugin(e, str(distribution.version)) for e in entry_points]
    except Exception:  # whatever a stranger's damaged records make importlib.metadata raise
        return ()


def _plugin(entry_point: EntryPoint, version: str) -> Installed:
    if entry_point.group == CODE_GROUP:
        return Installed(entry_point.name, version, load=entry_point.load)
    return Installed(entry_point.name, version, folder=_folder(entry_point.value))


def _folder(package: str) -> Path | None:
    """Where the top-level `package` lies: a name with a dot would import what is above it."""
    spec = None if "." in package else importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None
