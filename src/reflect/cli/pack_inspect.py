"""`reflect pack inspect`: what an unknown pack would do, before it is let in."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.pack_add import existing
from reflect.cli.pack_at import location_of


@click.command()
@click.argument("pack", metavar="PACK|FILE|FOLDER|ZIP")
@json_option
@pass_desk
def command(desk: Desk, pack: str, as_json: bool) -> None:
    """Show what a pack asks, keeps, reads from earlier sessions and shares, and how long it can get.

    A zip is looked into without unpacking it anywhere.
    """
    import msgspec

    from reflect.application.adding import Refused, look
    from reflect.cli.inspected import show_inspection

    is_zip = pack.lower().endswith(".zip")
    path = existing(Path(pack)) if is_zip else Path(location_of(desk, pack).path)
    try:
        found = look(desk.app, path).inspection
    except Refused as error:
        desk.report(error.findings)
        raise
    if as_json:
        desk.json({"pack": msgspec.to_builtins(found)})
    else:
        desk.show(f"from      {_origin(desk, path)}")
        show_inspection(desk, found)


def _origin(desk: Desk, path: Path) -> str:
    """Who brought it: reflect, a plug-in, or whoever put the file where it lies."""
    installed = {entry.location.path: entry.source for entry in desk.app.catalogue.entries()}
    source = installed.get(str(path))
    return f"{source}, {path}" if source else f"{path}, not installed"
