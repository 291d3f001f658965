"""Packs let into the mentee's own folder, changed there and taken out again.

A pack is read into memory, put beside the others under a hidden name, checked there, and
takes its place by a rename. An old version is moved aside first, and comes back should the new
one not arrive: whoever starts reflect sees one of the two.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.authoring import compiled, compiled_at
from reflect.diagnostics import Diagnostic
from reflect.errors import PackError, UsageError
from reflect.packs.codes import UNKNOWN_BASE
from reflect.packs.location import ASIDE, YOURS, Location, delete, finish_updates
from reflect.packs.parcel import (
    COMING,
    Parcel,
    leftovers,
    pack_files,
    put_parcel,
    read_parcel,
)

if TYPE_CHECKING:
    from reflect.application.inspecting import Inspection
    from reflect.application.wiring import Application
    from reflect.packs.compare import Change
    from reflect.packs.compile import PackFiles
    from reflect.transcripts.values import SessionRow


class Refused(PackError):
    """A pack with errors is not let in; `findings` are all that was found."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        alone = all(finding.code == UNKNOWN_BASE for finding in findings)
        super().__init__(
            "pack-has-errors",
            "this pack has errors and cannot be let in",
            "Add the pack that it builds on first."
            if alone
            else "Show them to whoever made it; reflect pack check lists them.",
        )
        self.findings = findings


class Candidate(NamedTuple):
    """A pack that could be let in, still in memory, and what it would do."""

    parcel: Parcel
    files: PackFiles
    inspection: Inspection


def look(app: Application, path: Path) -> Candidate:
    """The pack at `path` (a folder, a file or a zip); nothing of it is written anywhere.

    Raises `Refused`, PackError "no-pack-here", "bad-archive", "pack-not-readable".
    """
    from reflect.application.inspecting import inspect

    parcel = read_parcel(path)
    files = pack_files(parcel, path.name)
    found = compiled(app, files)
    if found.script is None:
        raise Refused(found.diagnostics)
    return Candidate(parcel, files, inspect(files, found))


def check_new(app: Application, pack: str) -> None:
    """Refuse an id that is taken. Raises PackError "pack-id-taken", UsageError "pack-is-there"."""
    for entry in app.catalogue.entries():
        if entry.id != pack or entry.hidden:
            continue
        if entry.source == YOURS:
            hint = f"To put the new one in its place: reflect pack update {pack} …"
            raise UsageError("pack-is-there", f"you have a pack {pack} already", hint)
        raise PackError(
            "pack-id-taken",
            f"the id {pack} belongs to a pack of reflect itself or of a plug-in",
            "The new one needs an id of its own (`pack:` in its pack.yaml).",
        )


def yours(app: Application, pack: str) -> Location:
    """Where the mentee's own pack `pack` lies. Raises UsageError "not-yours", PackError "no-such-pack"."""
    entry = app.catalogue.entry(pack)
    if entry.source != YOURS:
        hint = "It comes with reflect or with a plug-in: see reflect plugins."
        raise UsageError("not-yours", f"{pack} is not a pack you have added", hint)
    return entry.location


def let_in(app: Application, found: Candidate) -> Path:
    """Put a candidate beside the other packs. Gives its folder; PackError "not-written"."""
    with _coming(app, found.parcel) as folder:
        target = app.home.packs / found.inspection.id
        folder.rename(target)
        return target


def replace(app: Application, old: Location, found: Candidate) -> Path:
    """Put a candidate in the place of `old`, which is gone afterwards. PackError "not-written"."""
    with _coming(app, found.parcel) as folder:
        before = Path(old.path)
        if not before.is_dir():
            target = app.home.packs / found.inspection.id
            folder.rename(target)
            delete(before)
            return target
        # Should we be killed between the two, whoever starts next puts it back: `finish_updates`.
        aside = before.parent / ASIDE / before.name
        aside.parent.mkdir(exist_ok=True)
        before.rename(aside)
        try:
            folder.rename(before)
        except OSError:
            aside.rename(before)
            raise
        finish_updates(before.parent)
        return before


@contextmanager
def _coming(app: Application, parcel: Parcel) -> Iterator[Path]:
    """A hidden folder with the files of `parcel` as long as the context lasts. PackError "not-written"."""
    packs = app.home.create().packs
    for left in leftovers(packs):
        delete(left)
    folder = _hidden(packs)
    try:
        put_parcel(parcel, folder)
        yield folder
    except OSError as error:
        raise _not_written(error) from None
    finally:
        delete(folder)


def _hidden(packs: Path) -> Path:
    """A name of a folder or file that no catalogue looks at."""
    return packs / f"{COMING}{os.urandom(6).hex()}"


def remove(location: Location) -> None:
    """Delete the pack at `location`. PackError "not-written"."""
    path = Path(location.path)
    aside = _hidden(path.parent)
    try:
        path.rename(aside)
    except OSError as error:
        raise _not_written(error) from None
    delete(aside)


def changes(app: Application, old: Location, new: Candidate) -> tuple[Change, ...]:
    """What `new` means for those who answered `old`; nothing can be said when `old` has errors."""
    from reflect.packs.compare import Version, compare

    was, now = compiled_at(app, old), compiled(app, new.files)
    if was.script is None or was.tree is None or now.script is None or now.tree is None:
        return ()
    return compare(Version.of(was.script, was.tree), Version.of(now.script, now.tree))


def running(app: Application, pack: str) -> tuple[SessionRow, ...]:
    """The sessions of `pack` that are under way, newest first."""
    if not app.kept:
        return ()
    return tuple(app.reading_store.sessions(pack=pack, state="open"))


def _not_written(error: OSError) -> PackError:
    reason = os.strerror(error.errno) if error.errno else "the system refused"
    return PackError("not-written", f"the packs folder was not changed: {reason}", "Try again.")
