"""`reflect restore`: bring in what a backup holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.transcripts.values import MergeReport


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_desk
def command(desk: Desk, file: Path) -> None:
    """Add what a backup holds to what is here.

    A locked backup opens with the passphrase it was made under.
    Nothing here is overwritten, and doing it twice changes nothing.
    """
    from reflect.transcripts.keys import is_locked

    if not os.access(file, os.R_OK) or not file.is_file():
        raise ReflectError(
            "no-such-file", f"{file} is not a file.", "Name a file of: reflect backup"
        )
    store = desk.app.store
    before, reviews = len(store.sessions()), len(store.reviews())
    report = store.merge(file, opener=desk.app.unlocking)
    desk.report(report.diagnostics)
    came = len(store.sessions()) - before
    for line in _outcome(report, came, len(store.reviews()) - reviews):
        desk.talk(line)
    if store.key is None and is_locked(file):
        desk.talk("The backup is locked, and what is here is not. To lock it: reflect lock")


def _outcome(report: MergeReport, came: int, reviews: int) -> Iterator[str]:
    from reflect.sharing.layout import counted

    if report.left_out:
        verb = "was" if report.left_out == 1 else "were"
        yield f"{counted(report.left_out, 'thing')} {verb} left out, having been erased here."
    if not report.changed:
        what = "Everything else" if report.left_out else "Everything"
        yield f"{what} in it was here already; nothing is different."
        return
    if came > 0:
        yield f"{counted(came, 'session')} came in."
    if reviews > 0:
        yield f"What {counted(reviews, 'person', 'people')} shared with you came in."
    if report.extended:
        yield f"{counted(report.extended, 'record')} that had gone on there went on here."
    if report.forgotten:
        yield f"{counted(report.forgotten, 'thing')} erased there was erased here."
    if not (came > 0 or reviews > 0 or report.extended or report.forgotten):
        yield "Names and settings came in; no session was new."
