"""`reflect pack try`: a pack played as a mentee meets it, without storing anything."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.pack_at import location_of, pack_argument


@click.command()
@pack_argument
@click.option("--stage", metavar="ID", default="", help="The stage to ask about.")
@click.option("--long", "long", is_flag=True, help="A quarter of an hour instead of five minutes.")
@click.option("--language", metavar="CODE", help="One of the pack's translations.")
@click.option("--plain", is_flag=True, help="No colours, nothing drawn.")
@pass_desk
def command(
    desk: Desk, pack: str, stage: str, long: bool, language: str | None, plain: bool
) -> int:
    """Play a pack as a mentee meets it; nothing is stored.

    Save the pack in your editor meanwhile, and the conversation goes on with it where it was.
    /save story NAME keeps what was said as a story that tests the pack.
    """
    from reflect.application.trying import BrokenPack, Wish
    from reflect.terminal.trying import try_pack

    wish = Wish(stage, "long" if long else "short", language)
    try:
        return try_pack(desk.app, location_of(desk, pack), wish, plain=plain or desk.plain)
    except BrokenPack as error:
        desk.report(error.findings)
        raise
