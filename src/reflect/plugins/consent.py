"""Which plug-ins may take part: those with code are allowed one by one, any can be turned off.

Leave is given to a name, a version and the files that were installed under them; when
one of these changes, it is asked for anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from reflect.settings import write_private_file

if TYPE_CHECKING:
    from reflect.plugins.installed import Installed

Verdict = Literal["on", "waiting", "disabled"]


class Allowed(msgspec.Struct, frozen=True):
    """What was looked at when leave was given: the version, and a hash of the list of files."""

    version: str
    record: str = ""


class Consents(msgspec.Struct, frozen=True):
    """The plug-ins with code that were allowed, and those of either kind that were turned off."""

    allowed: dict[str, Allowed] = {}
    disabled: tuple[str, ...] = ()

    def verdict(self, plugin: Installed) -> Verdict:
        """Whether `plugin` takes part, waits for leave, or was turned off."""
        if plugin.name in self.disabled:
            return "disabled"
        if plugin.load is None:
            return "on"
        allowed = self.allowed.get(plugin.name)
        return "on" if allowed == Allowed(plugin.version, plugin.record) else "waiting"

    def enabling(self, plugin: Installed) -> Consents:
        """These, and this very `plugin` in place of any other of its name."""
        kept = self.disabling(plugin.name)
        given = {} if plugin.load is None else {plugin.name: Allowed(plugin.version, plugin.record)}
        others = tuple(name for name in kept.disabled if name != plugin.name)
        return Consents({**kept.allowed, **given}, others)

    def disabling(self, name: str) -> Consents:
        """These, with the plug-in called `name` turned off and its leave taken back."""
        allowed = {key: value for key, value in self.allowed.items() if key != name}
        return Consents(allowed, tuple(sorted({*self.disabled, name})))


def read_consents(file: Path) -> Consents:
    """The consents kept in `file`; none when it is missing or cannot be understood."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Consents)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return Consents()


def write_consents(file: Path, consents: Consents) -> None:
    """Keep `consents` in `file`, open to its owner only; OSError when that cannot be."""
    encoded = msgspec.json.encode(consents, order="sorted")
    write_private_file(file, msgspec.json.format(encoded, indent=2) + b"\n")
