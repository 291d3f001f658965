"""`reflect backup`: a verified copy of everything."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import UsageError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@force_option
@pass_desk
def command(desk: Desk, file: Path, force: bool) -> None:
    """Copy everything to one checked file.

    FILE is for you only; in a folder it gets a name with the day.
    """
    from reflect.sharing.layout import counted

    store = desk.app.reading_store
    if file.is_dir():
        file = file / f"reflect-{desk.app.now().date()}.db"
    if file.absolute() == store.path.absolute() or (file.exists() and file.samefile(store.path)):
        raise UsageError("backup-onto-itself", "that is the record itself", "Name another file.")
    check_leave(desk, file, force=force)
    store.backup(file)
    number = counted(len(store.sessions()), "session")
    desk.talk(f"{number} copied to {file} and checked.\nTo bring them back: reflect restore {file}")
