"""`reflect pack update`: put a new version in the place of a pack you added."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.pack_add import existing
from reflect.errors import ReflectError, UsageError


@click.command()
@click.argument("pack")
@click.argument("path", metavar="FOLDER|FILE|ZIP", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_desk
def command(desk: Desk, pack: str, path: Path, yes: bool) -> None:
    """Take the version at FOLDER, FILE or ZIP instead of your own PACK, once you have seen the difference.

    Sessions that are under way keep the version they began with.
    """
    from reflect.application.adding import Refused, changes, look, replace, running, yours
    from reflect.cli.changed import show_changes

    old = yours(desk.app, pack)
    try:
        found = look(desk.app, existing(path))
    except Refused as error:
        desk.report(error.findings)
        raise
    if found.inspection.id != pack:
        raise UsageError(
            "other-pack",
            f"this is the pack {found.inspection.id}, not {pack}",
            "To have both: reflect pack add",
        )
    show_changes(desk, changes(desk.app, old, found))
    _tell_running(desk, len(running(desk.app, pack)))
    if not yes and not desk.agrees(f"Take {found.inspection.version} from now on?"):
        raise ReflectError("not-updated", "Nothing was changed.", "Say yes, or use --yes.")
    desk.talk(f"Done. It is in {replace(desk.app, old, found)}.")


def _tell_running(desk: Desk, number: int) -> None:
    """What happens to sessions that are under way."""
    from reflect.sharing.layout import counted

    if number:
        verb = "is" if number == 1 else "are"
        desk.talk(
            f"{counted(number, 'session')} of this pack {verb} under way and will keep to the version"
            " it began with. reflect resume offers the new one, and says which answers stay."
        )
