"""`reflect prepare`: the agenda of the coming meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.cli.replacing import force_option

if TYPE_CHECKING:
    from reflect.cli.sheets import Form


@click.command()
@click.option("--with-private", is_flag=True, help="Private answers too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, instead of stdout.")
@force_option
@mentorship_option
@json_option
@pass_desk
def command(
    desk: Desk, with_private: bool, form: Form, output: Path | None, force: bool, as_json: bool
) -> None:
    """Make the agenda for your next meeting, from what you have written.

    What both of you took on, your goal, your questions, one thing that worked and one that
    does not yet. Private answers are left out; what is missing stands there as a question.
    """
    from reflect.application.preparing import agenda
    from reflect.application.reading import nothing_kept
    from reflect.cli.sheets import put
    from reflect.sharing.layout import counted

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    found = agenda(desk.app, relation, private=with_private)
    put(desk, found.sheet, "json" if as_json else form, output, force=force)
    if found.left_out:
        number = counted(found.left_out, "private answer")
        them = "it" if found.left_out == 1 else "them"
        desk.talk(f"{number} left out; --with-private puts {them} in.")
