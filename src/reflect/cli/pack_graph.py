"""`reflect pack graph`: the questions of a pack as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.pack_at import location_of, pack_argument
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import PackError

if TYPE_CHECKING:
    from reflect.packs.graph import StageGraph


@click.command()
@pack_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "svg"]),
    default="mermaid",
    show_default=True,
    help="Mermaid is text for documents and wikis, SVG a picture for a browser.",
)
@click.option("--stage", metavar="ID", help="Only this stage.")
@click.option("--language", metavar="CODE", help="One of the pack's translations.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, instead of stdout.")
@force_option
@pass_desk
def command(
    desk: Desk,
    pack: str,
    form: Literal["mermaid", "svg"],
    stage: str | None,
    language: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Draw which question follows which, and which answer decides about which question."""
    from reflect.application.authoring import compiled_at
    from reflect.packs.graph import graph

    if output is not None:
        check_leave(desk, output, force=force)
    compiled = compiled_at(desk.app, location_of(desk, pack), language)
    if compiled.script is None:
        desk.report(compiled.diagnostics)
        raise PackError(
            "pack-has-errors", "the pack cannot be drawn", f"See: reflect pack check {pack}"
        )
    stages = graph(compiled.script)
    chosen = tuple(one for one in stages if stage in (None, one.id))
    if not chosen:
        names = ", ".join(one.id for one in stages)
        raise PackError("no-such-stage", f"the pack has no stage {stage}", f"One of: {names}")
    _write(desk, _drawn(form, compiled.script.title, chosen), output)


def _drawn(form: str, title: str, stages: tuple[StageGraph, ...]) -> str:
    from reflect.packs.graph_mermaid import mermaid
    from reflect.packs.graph_svg import svg

    return svg(title, stages) if form == "svg" else mermaid(title, stages)


def _write(desk: Desk, text: str, output: Path | None) -> None:
    if output is None:
        desk.data(text.removesuffix("\n"))
        return
    from reflect.sharing.files import put_file

    put_file(output, text.encode())
    desk.talk(f"Written to {output}.")
