"""`reflect export`: your sessions as a file of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.sharing.document import Transcript

Format = Literal["markdown", "json", "text"]


@click.command()
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@click.option("--all", "everything", is_flag=True, help="Every session.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json", "text"]),
    default="markdown",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, instead of stdout.")
@force_option
@pass_desk
def command(
    desk: Desk,
    sessions: tuple[str, ...],
    everything: bool,
    form: Format,
    output: Path | None,
    force: bool,
) -> None:
    """Write sessions out, for yourself.

    An export holds all your answers; private ones are marked and not left out.
    Read it before you hand it on. SESSION is `last` (the default), a number of
    `reflect history`, or how an id begins.
    """
    from reflect.cli.sessions import all_readings, readings, transcript_of

    if everything and sessions:
        raise UsageError(
            "usage", "--all and SESSION exclude each other", "See: reflect export --help"
        )
    if output is not None:
        check_leave(desk, output, force=force)
    found = all_readings(desk) if everything else readings(desk, sessions or ("last",))
    documents = [transcript_of(reading) for reading in found]
    text = _rendered(documents, form, several=everything or len(documents) > 1)
    if output is None:
        desk.data(text.removesuffix("\n"))
    else:
        _put(desk, output, text, len(documents))


def _rendered(documents: list[Transcript], form: Format, *, several: bool) -> str:
    from reflect.sharing import json, markdown, text
    from reflect.sharing.document import collection

    if form == "json":
        return json.render(collection(documents) if several else documents[0])
    ordered = collection(documents).transcripts
    return markdown.render(ordered) if form == "markdown" else text.render(ordered)


def _put(desk: Desk, output: Path, text: str, number: int) -> None:
    from reflect.sharing.files import put_file
    from reflect.sharing.layout import counted

    put_file(output, text.encode())
    desk.talk(
        f"{counted(number, 'session')} written to {output}. It holds every answer,"
        " private ones too; only you can open it."
    )
