"""What is installed beside reflect: found by entry points, not yet loaded.

Group `reflect` names a plug-in with code: a module with hooks. Group `reflect.packs`
names a top-level package that only holds packs, in itself or in folders directly
below; it is never imported, so no code of it runs.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import NamedTuple

from reflect.plugins.requirement import wanted_of

CODE_GROUP = "reflect"
DATA_GROUP = "reflect.packs"


class Installed(NamedTuple):
    """One plug-in: the name of its entry point, the version of its distribution.

    `load` imports a plug-in with code; it is None for one of packs only, whose
    packs lie in `folder` (None when its package cannot be found). `record` is a hash of
    the distribution's list of files with their hashes, `record_file` that list;
    `wanted` the versions of reflect it asks for.
    """

    name: str
    version: str
    load: Callable[[], object] | None = None
    folder: Path | None = None
    record: str = ""
    record_file: str = ""
    wanted: str = ""
    distribution: str = ""
    summary: str = ""
    author: str = ""


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
        if not entry_points:
            return ()
        about = _about(distribution)
        return [_plugin(entry_point, about) for entry_point in entry_points]
    except Exception:  # whatever a stranger's damaged records make importlib.metadata raise
        return ()


def _about(distribution: Distribution) -> Installed:
    """What all plug-ins of `distribution` have in common."""
    listed = distribution.read_text("RECORD") or distribution.read_text("entry_points.txt") or ""
    return Installed(
        name="",
        version=str(distribution.version),
        record=sha256(listed.encode("utf-8", "surrogateescape")).hexdigest(),
        record_file=_record_file(distribution),
        wanted=wanted_of(distribution.requires or ()),
        distribution=str(distribution.name),
        summary=_first(distribution, "Summary"),
        author=_first(distribution, "Author", "Author-email"),
    )


def _first(distribution: Distribution, *headers: str) -> str:
    """The first of `headers` that the distribution's metadata hold; "" when there is none."""
    metadata = distribution.metadata
    return next((str(metadata[header]) for header in headers if header in metadata), "")


def _record_file(distribution: Distribution) -> str:
    """The path of the list of files; "" where there is none."""
    for file in distribution.files or ():
        if file.name == "RECORD":
            return str(Path(str(file.locate())).absolute())
    return ""


def _plugin(entry_point: EntryPoint, about: Installed) -> Installed:
    if entry_point.group == CODE_GROUP:
        return about._replace(name=entry_point.name, load=lambda: _load(entry_point))
    return about._replace(name=entry_point.name, folder=_folder(entry_point.value))


def _load(entry_point: EntryPoint) -> object:
    from reflect.plugins.foreign import load

    return load(entry_point)


def _folder(package: str) -> Path | None:
    """Where the top-level `package` lies: a name with a dot would import what is above it."""
    spec = None if "." in package else importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None
