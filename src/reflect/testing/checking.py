"""A pack checked from a test, and what a test says of one that has errors."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reflect.packs.location import PACK_FILE, YOURS, Location

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.diagnostics import Diagnostic


class PackFailed(AssertionError):
    """A pack that is not as its test wants it; `findings` are the reasons, one a line in the message."""

    def __init__(self, message: str, findings: Iterable[Diagnostic] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join((message, *map(str, self.findings))))


def check(pack: str | Path) -> tuple[Diagnostic, ...]:
    """Everything that `reflect pack check` finds about `pack`, errors and warnings, by place.

    `pack` is an id of `reflect pack list` (of the shipped packs and those of plug-ins), a folder
    that holds a `pack.yaml`, or a file. Raises PackError "no-such-pack".
    """
    from reflect.application.authoring import check_pack
    from reflect.testing.bench import application

    with TemporaryDirectory() as root:
        app = application(Path(root))
        return check_pack(app, located(app, pack))


def located(app: Application, pack: str | Path) -> Location:
    """Where `pack` lies, as `check` takes it; a path need not exist."""
    if isinstance(pack, str) and not _is_path(pack):
        return app.catalogue.entry(pack).location
    path = Path(pack).absolute()
    return Location(YOURS, str(path.parent if path.name == PACK_FILE else path))


def _is_path(pack: str) -> bool:
    separators = filter(None, (os.sep, os.altsep))
    return pack.endswith(".yaml") or pack in (".", "..") or any(one in pack for one in separators)
