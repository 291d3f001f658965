"""`reflect pack diff`: what a new version of a pack means for those who answered the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.changed import show_changes
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.pack_at import location_of
from reflect.errors import PackError

if TYPE_CHECKING:
    from reflect.packs.compare import Change, Version


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@json_option
@pass_desk
def command(desk: Desk, old: str, new: str, as_json: bool) -> int:
    """Compare two versions of a pack, by id.

    OLD and NEW are ids, files or folders. Ends with 1 when old answers would be lost: then
    `renamed`, `retired` or another id is needed. Sessions that are under way keep the version
    they began with in any case.
    """
    from reflect.packs.compare import compare

    changes = compare(_version(desk, old), _version(desk, new))
    if as_json:
        desk.json({"changes": [_record(change) for change in changes]})
    else:
        show_changes(desk, changes)
    return 1 if any(change.weight == "loses" for change in changes) else 0


def _version(desk: Desk, pack: str) -> Version:
    from reflect.application.authoring import compiled_at
    from reflect.packs.compare import Version

    compiled = compiled_at(desk.app, location_of(desk, pack))
    if compiled.script is None or compiled.tree is None:
        desk.report(compiled.diagnostics)
        raise PackError(
            "pack-has-errors", f"{pack} cannot be compared", f"See: reflect pack check {pack}"
        )
    return Version.of(compiled.script, compiled.tree)


def _record(change: Change) -> dict[str, str]:
    return {
        "weight": change.weight,
        "id": change.id,
        "what": change.what,
        "advice": change.advice,
    }
