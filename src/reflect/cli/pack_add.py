"""`reflect pack add`: let a pack in that somebody made."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError


@click.command()
@click.argument("path", metavar="FOLDER|FILE|ZIP", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_desk
def command(desk: Desk, path: Path, yes: bool) -> None:
    """Copy a pack into your own packs, once you have seen what it would do.

    Only its text files are taken: the pack, its translations and its stories.
    """
    from reflect.application.adding import Refused, check_new, let_in, look
    from reflect.cli.inspected import show_inspection

    try:
        found = look(desk.app, existing(path))
    except Refused as error:
        desk.report(error.findings)
        raise
    check_new(desk.app, found.inspection.id)
    show_inspection(desk, found.inspection)
    if not yes and not desk.agrees("Let this pack in?"):
        raise ReflectError("not-added", "Nothing was added.", "Say yes, or use --yes.")
    folder = let_in(desk.app, found)
    desk.talk(f"It is yours now, in {folder}.")
    left = [name for name in found.parcel.left if not name.startswith(".")]
    if left:
        desk.talk(f"Not copied, because a pack does not need it: {', '.join(left[:5])}")
    desk.talk(f"To begin: reflect --pack {found.inspection.id}")


def existing(path: Path) -> Path:
    """`path`, which has to be there. Raises `UsageError` "no-such-file"."""
    from reflect.errors import UsageError

    if not path.exists():
        raise UsageError(
            "no-such-file", f"there is nothing at {path}", "Name a folder, a .yaml file or a .zip."
        )
    return path.parent if path.name == "pack.yaml" else path
