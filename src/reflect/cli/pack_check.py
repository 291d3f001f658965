"""`reflect pack check`: everything that is wrong with a pack, with its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import PackError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reflect.diagnostics import Diagnostic
    from reflect.packs.catalogue import Entry
    from reflect.packs.compile import Compiled
    from reflect.packs.location import Location

    Findings = tuple[Diagnostic, ...]


@click.command()
@click.argument("pack", metavar="PACK|FILE|FOLDER")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@pass_desk
def command(desk: Desk, pack: str, form: Literal["text", "json"], strict: bool) -> int:
    """Check a pack and its translations.

    PACK is an id of `reflect pack list`; FILE and FOLDER need not be installed.
    Ends with 1 when the pack has errors.
    """
    from reflect.diagnostics import has_errors

    location = _location(pack)
    found = _installed(desk, pack) if location is None else _lying_at(desk, location)
    if form == "json":
        _write(desk, found)
    else:
        _show(desk, found)
    return 1 if has_errors(found) or (strict and found) else 0


def _location(pack: str) -> Location | None:
    """Where `pack` lies when it is a path; None when it is an id."""
    from reflect.packs.location import PACK_FILE, YOURS, Location

    separators = tuple(filter(None, (os.sep, os.altsep)))
    if not pack.endswith(".yaml") and pack != "." and not any(one in pack for one in separators):
        return None
    path = Path(pack)
    if not os.access(path, os.F_OK):
        raise UsageError("no-such-file", f"there is no file {path}", "See: reflect pack check -h")
    whole = path.parent if path.name == PACK_FILE else path
    return Location(YOURS, str(whole))


def _installed(desk: Desk, pack: str) -> Findings:
    """What is wrong with the pack of that id."""
    catalogue = desk.app.catalogue
    entry = _entry(desk, pack)
    return _in_every_language(
        entry.location, lambda language: catalogue.compiled(entry.name, language)
    )


def _entry(desk: Desk, pack: str) -> Entry:
    try:
        return desk.app.catalogue.entry(pack)
    except PackError as error:
        hint = f"{error.hint}; a folder is written with a slash: ./{pack[:60]}"
        raise UsageError(error.code, error.message, hint) from None


def _lying_at(desk: Desk, location: Location) -> Findings:
    """What is wrong with the pack at a place that need not be known."""
    from reflect.packs.compile import compile_pack
    from reflect.packs.location import read_files

    def compiled(language: str | None) -> Compiled:
        return compile_pack(
            read_files(location),
            language=language,
            core=desk.app.catalogue.core,
            library=desk.app.catalogue.library,
            vocabulary=desk.app.discovery.vocabulary,
        )

    return _in_every_language(location, compiled)


def _in_every_language(location: Location, compiled: Callable[[str | None], Compiled]) -> Findings:
    """The findings in the pack's own language and in each it is translated into, each once, by place."""
    from reflect.cli.findings import as_finding
    from reflect.packs.location import languages

    try:
        runs = [compiled(language).diagnostics for language in (None, *languages(location))]
    except PackError as error:
        return (as_finding(error, location.file),)
    found = dict.fromkeys(finding for run in runs for finding in run)
    return tuple(sorted(found, key=lambda finding: finding.place))


def _write(desk: Desk, found: Findings) -> None:
    import msgspec

    from reflect.cli.findings import as_record

    document = msgspec.json.encode([as_record(finding) for finding in found])
    desk.data(msgspec.json.format(document, indent=2).decode())


def _show(desk: Desk, found: Findings) -> None:
    from reflect.diagnostics import Severity
    from reflect.sharing.layout import counted

    for finding in found:
        desk.show(str(finding))
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    warnings = len(found) - errors
    desk.talk(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}.")
