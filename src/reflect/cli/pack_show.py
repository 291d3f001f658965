"""`reflect pack show`: a pack as it is read, or as it stands after everything it builds on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.pack_at import location_of, pack_argument
from reflect.errors import PackError

if TYPE_CHECKING:
    from reflect.diagnostics import Place


@click.command()
@pack_argument
@click.option(
    "--resolved",
    is_flag=True,
    help="As YAML, after extends and translation, with where each key comes from.",
)
@click.option("--language", metavar="CODE", help="One of the pack's translations.")
@pass_desk
def command(desk: Desk, pack: str, resolved: bool, language: str | None) -> None:
    """Show what a pack asks, stage by stage, to be read aloud.

    With --resolved the whole pack as one file, each key with the file and line it comes from.
    """
    from reflect.application.authoring import compiled_at
    from reflect.packs.outline import outline
    from reflect.packs.written import written

    compiled = compiled_at(desk.app, location_of(desk, pack), language)
    if compiled.tree is None or (compiled.script is None and not resolved):
        desk.report(compiled.diagnostics)
        raise PackError(
            "pack-has-errors", "the pack cannot be shown", f"See: reflect pack check {pack}"
        )
    if resolved:
        desk.data(written(compiled.tree, _origin).removesuffix("\n"))
        return
    assert compiled.script is not None
    for line in outline(compiled.script, desk.columns):
        desk.show(line)


def _origin(place: Place) -> str:
    """The file, by its last two names, and the line."""
    return f"{'/'.join(Path(place.file).parts[-2:])}:{place.line}"
