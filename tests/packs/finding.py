"""Everything that is found in a pack that a test has written, as places in its own folder."""

from __future__ import annotations

import os
from pathlib import Path

from reflect.application.authoring import check_pack
from reflect.application.wiring import Application
from reflect.diagnostics import Diagnostic
from reflect.packs.explain import Find, find_in
from reflect.packs.location import YOURS, Location
from reflect.settings import Home

Finding = tuple[str, int, int, str]
"""A file (from the pack's folder), a line, a column and a code."""


def application(home: Home) -> Application:
    """A program without plug-ins whose packs folder is that of `home`."""
    return Application({"REFLECT_HOME": str(home.root), "REFLECT_PLUGINS": "none"})


def checked(app: Application, folder: Path) -> tuple[Diagnostic, ...]:
    """What a check finds in the pack in `folder`."""
    return check_pack(app, Location(YOURS, str(folder)))


def placed(found: tuple[Diagnostic, ...], folder: Path) -> list[Finding]:
    """Each finding with its place."""
    return sorted(
        (os.path.relpath(one.place.file, folder), one.place.line, one.place.column, one.code)
        for one in found
    )


def expected(finds: tuple[Find, ...]) -> list[Finding]:
    """The same of what an example says."""
    return sorted(
        (place.file, place.line, place.column, code)
        for find in finds
        for place, code in find.each()
    )


def expected_in(sidecar: Path) -> list[Finding]:
    """The same of a file with one finding a line; lines that begin with # say something about it."""
    lines = sidecar.read_text("utf-8").splitlines()
    return expected(tuple(find_in(line) for line in lines if line and line[0] != "#"))
