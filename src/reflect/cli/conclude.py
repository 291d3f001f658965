"""`reflect conclude`: bring a mentorship to a good end."""

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
@click.option("--summary", is_flag=True, help="Only what you two have come to, as a document.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, instead of stdout.")
@force_option
@mentorship_option
@json_option
@pass_desk
def command(
    desk: Desk, summary: bool, form: Form, output: Path | None, force: bool, as_json: bool
) -> int:
    """Conclude a mentorship: what you did, what you learned, your thanks, and what comes after.

    First it shows your wins, the promises you kept and what you learned, in your words and with
    their days. Then it asks. Say yes at the end, and the two of you stay in touch from here
    on; `reflect undo` takes that back. `--summary` gives the first part alone, and so it is
    where you are the mentor: how it ends is asked of the mentee.
    """
    from reflect.application.coming import CONCLUDE
    from reflect.application.preparing import achievements
    from reflect.application.reading import nothing_kept
    from reflect.cli.sheets import put
    from reflect.terminal.run import converse

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    sheet = achievements(desk.app, relation)
    if summary or as_json or output is not None:
        put(desk, sheet, "json" if as_json else form, output, force=force)
        return 0
    put(desk, sheet, form, None, force=force)
    if relation.role == "mentor":
        desk.talk("To note that you two stay in touch from here on:  reflect stage maintain")
        return 0
    desk.show("")
    return converse(desk.app, pack=CONCLUDE, length="long", plain=desk.plain)
