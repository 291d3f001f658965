"""`reflect pack remove`: take out a pack you added."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError


@click.command()
@click.argument("pack")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_desk
def command(desk: Desk, pack: str, yes: bool) -> None:
    """Delete your own PACK. What was answered to it stays, and can be read as before."""
    from reflect.application.adding import remove, running, yours

    location = yours(desk.app, pack)
    if running(desk.app, pack):
        desk.talk("A session of it is under way; it can be finished without the pack.")
    if not yes and not desk.agrees(f"Delete {location.path}?"):
        raise ReflectError("not-removed", "Nothing was deleted.", "Say yes, or use --yes.")
    remove(location)
    desk.talk(f"{pack} is gone. What was answered to it stays: reflect history")
