"""Which plug-ins with code were allowed, by name and version: another version is asked about anew."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reflect.settings import write_private_file


class Consents(msgspec.Struct, frozen=True):
    """The allowed version of each plug-in that was allowed."""

    allowed: dict[str, str] = {}

    def permits(self, name: str, version: str) -> bool:
        """Whether this very version of the plug-in may run."""
        return self.allowed.get(name) == version

    def allowing(self, name: str, version: str) -> Consents:
        """These, and this version of the plug-in in place of any other."""
        return Consents({**self.allowed, name: version})

    def without(self, name: str) -> Consents:
        """These, but for the plug-in called `name`."""
        return Consents({key: value for key, value in self.allowed.items() if key != name})


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
