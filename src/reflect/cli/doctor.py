"""`reflect doctor`: whether everything is as it should be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.diagnostics import Diagnostic
    from reflect.settings import Home


@click.command()
@click.option("--rebuild", is_flag=True, help="First make the search index and all tables anew.")
@click.option(
    "--repair", is_flag=True, help="Recover what can be read of a damaged record into a new file."
)
@json_option
@pass_desk
def command(desk: Desk, rebuild: bool, repair: bool, as_json: bool) -> int:
    """Check that everything is as it should be.

    The record, its files, the packs and the plug-ins; nothing you wrote is
    shown. Ends with 1 when something is wrong.
    """
    if repair:
        from reflect.cli.doctor_repair import repair_record

        return repair_record(desk, rebuild=rebuild, as_json=as_json)
    from reflect.application.locking import is_locked
    from reflect.cli.findings import as_record
    from reflect.diagnostics import has_errors

    kept = desk.app.kept
    if rebuild and kept:
        desk.app.store.rebuild()
    found = tuple(_findings(desk, kept))
    if as_json:
        records = [as_record(finding) for finding in found]
        ok, locked = not has_errors(found), is_locked(desk.app.home)
        desk.json({"ok": ok, "kept": kept, "locked": locked, "diagnostics": records})
    else:
        _show(desk, found, kept)
    return 1 if has_errors(found) else 0


def _show(desk: Desk, found: tuple[Diagnostic, ...], kept: bool) -> None:
    from reflect.application.locking import is_locked

    for finding in found:
        desk.show(f"{finding.severity.value}: {finding}")
    if not kept:
        desk.nothing_kept()
    elif is_locked(desk.app.home):
        desk.talk("Your reflections are locked with a passphrase.")
    if not found:
        desk.talk("Everything is as it should be.")


def _findings(desk: Desk, kept: bool) -> Iterator[Diagnostic]:
    if kept:
        yield from _record(desk)
    yield from _readable(desk.app.home)
    yield from _modes(desk.app.home)
    yield from _packs(desk)


def _record(desk: Desk) -> Iterator[Diagnostic]:
    from reflect.cli.findings import as_finding
    from reflect.errors import ReflectError

    try:
        yield from desk.app.reading_store.check()
    except ReflectError as error:
        yield as_finding(error, str(desk.app.home.database))


def _readable(home: Home) -> Iterator[Diagnostic]:
    """What lies beside a locked record and is not locked; or beside an unlocked one from before."""
    from reflect.application.locking import beside, is_locked
    from reflect.diagnostics import Diagnostic, Place, Severity

    there, locked = beside(home), is_locked(home)
    if there.before is not None:
        how = "locked" if locked else "unlocked"
        yield Diagnostic(
            "copy-still-kept",
            Severity.WARNING,
            Place(str(there.before)),
            f"The record from before it was {how} last is still there.",
            f"When the new one opens: reflect {how[:-2]} --confirm",
        )
    if locked and there.backups:
        yield Diagnostic(
            "backup-not-locked",
            Severity.WARNING,
            Place(str(home.backups)),
            f"{there.backups} of the backups can be read without your passphrase.",
            "Make new ones with `reflect backup` and delete these.",
        )
    for file in _put_aside(home):
        yield Diagnostic(
            "words-put-aside",
            Severity.WARNING,
            Place(str(file)),
            "It holds words of yours that could not be saved, and is never locked.",
            "Say in a session what you want to keep of it, then delete it.",
        )


def _put_aside(home: Home) -> list[Path]:
    from reflect.settings import PUT_ASIDE

    return sorted(home.root.glob(PUT_ASIDE.format("*")))


def _packs(desk: Desk) -> Iterator[Diagnostic]:
    from reflect.application.unheard import unheard
    from reflect.cli.findings import as_finding
    from reflect.cli.installed import discovered
    from reflect.errors import ReflectError

    yield from discovered(desk).diagnostics
    try:
        catalogue = desk.app.catalogue
        yield from catalogue.diagnostics()
        for entry in catalogue.entries():
            yield from catalogue.findings(entry.name)
        yield from unheard(desk.app)
    except ReflectError as error:
        yield as_finding(error, str(desk.app.home.packs))


def _modes(home: Home) -> Iterator[Diagnostic]:
    """Files and folders of the home that others on this machine may enter or read."""
    from reflect.diagnostics import Diagnostic, Place, Severity

    if os.name == "nt" or not home.root.exists():
        return
    for path in (home.root, *_private_files(home)):
        if path.stat().st_mode & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield Diagnostic(
                "open-to-others",
                Severity.ERROR,
                Place(str(path)),
                "Others on this machine may look into it.",
                f"chmod {mode} '{path}'",
            )


def _private_files(home: Home) -> Iterator[Path]:
    yield from (*home.root.glob("reflect.db*"), *_put_aside(home))
    for folder in (home.backups, home.exports, home.logs):
        yield from (file for file in folder.glob("*") if file.is_file())
