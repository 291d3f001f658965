"""`reflect pack schema`: the format of packs, for editors and for people."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.replacing import check_leave, force_option

_KINDS = click.Choice(["pack", "story", "translation", "lexicon"])


@click.command()
@click.argument("kind", type=_KINDS, default="pack")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "markdown"]),
    default="json",
    show_default=True,
    help="A JSON Schema for editors, or one page about all of it to read.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file."
)
@force_option
@pass_desk
def command(
    desk: Desk,
    kind: Literal["pack", "story", "translation", "lexicon"],
    form: Literal["json", "markdown"],
    output: Path | None,
    force: bool,
) -> None:
    """The format of packs, stories, translations or lexicons.

    With the JSON Schema an editor completes, explains and underlines. It needs this in
    the first line of a file: # yaml-language-server: $schema=FILE
    """
    if output is not None:
        check_leave(desk, output, force=force)
    text = _page(desk) if form == "markdown" else _schema(desk, kind)
    if output is None:
        desk.data(text.rstrip("\n"))
    else:
        _write(desk, output, text.rstrip("\n") + "\n")


def _schema(desk: Desk, kind: Literal["pack", "story", "translation", "lexicon"]) -> str:
    from reflect.packs.json_schema import schema_text

    return schema_text(kind, desk.app.discovery.vocabulary.kinds)


def _page(desk: Desk) -> str:
    from reflect.packs.reference import page

    return page(desk.app.discovery.vocabulary)


def _write(desk: Desk, output: Path, text: str) -> None:
    import os

    from reflect.errors import ReflectError

    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"cannot write {output}: {os.strerror(error.errno or 0)}"
        raise ReflectError("not-written", message, "Name a file in a folder of yours.") from None
    desk.talk(f"Written to {output}.")
