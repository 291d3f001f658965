"""`reflect archive`: one mentorship in one file, to keep and to look at."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import UsageError

OPEN = "open"


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="FILE | open FILE [SESSION]")
@force_option
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], force: bool, as_json: bool) -> None:
    """Write one mentorship to FILE, or look into such a file.

    The file is checked and for you only; it holds every answer of this mentorship and nothing of
    another. `reflect archive open FILE` lists its sessions, with SESSION (`last`, or a number of
    that list) it shows one; nothing in it can be changed. A backup opens as well.
    """
    if words[0] != OPEN:
        if len(words) > 1:
            raise UsageError("usage", "one file is named here", "See: reflect archive --help")
        _write(desk, Path(words[0]), force=force)
    elif len(words) in (2, 3):
        _look(desk, Path(words[1]), *words[2:], as_json=as_json)
    else:
        raise UsageError("usage", "which file?", "reflect archive open FILE [SESSION]")


def _write(desk: Desk, file: Path, *, force: bool) -> None:
    from reflect.application.archiving import archive
    from reflect.application.reading import nothing_kept
    from reflect.sharing.layout import counted

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    if file.is_dir():
        file = file / f"reflect-archive-{desk.app.now().date()}.db"
    path = desk.app.reading_store.path
    if file.absolute() == path.absolute() or (file.exists() and file.samefile(path)):
        raise UsageError("backup-onto-itself", "that is the record itself", "Name another file.")
    check_leave(desk, file, force=force)
    number = counted(archive(desk.app, relation, file), "session")
    desk.talk(
        f"{number} with {relation.other} written to {file} and checked.\n"
        f"To look into it: reflect archive open {file}"
    )


def _look(desk: Desk, file: Path, session: str | None = None, *, as_json: bool) -> None:
    from reflect.application.archiving import open_archive

    other = open_archive(desk.app, file)
    try:
        with_it = desk.reading(other)
        if session is None:
            _list(with_it, as_json=as_json)
        else:
            _show(with_it, session, as_json=as_json)
    finally:
        other.close()


def _list(desk: Desk, *, as_json: bool) -> None:
    from reflect.cli.history import list_sessions, record

    found = list(enumerate(desk.app.reading_store.sessions(), 1))
    if as_json:
        desk.json({"sessions": [record(number, row) for number, row in found]})
    elif found:
        list_sessions(desk, found, None)
    else:
        desk.talk("No session is in it.")


def _show(desk: Desk, session: str, *, as_json: bool) -> None:
    from reflect.cli.show import show

    show(desk, session, as_json=as_json)
