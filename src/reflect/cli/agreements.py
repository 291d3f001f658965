"""`reflect agreements`: the terms between the two of you."""

from __future__ import annotations

import click

from reflect.cli.commands import AGREEMENT_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option
from reflect.cli.standing import list_standing


@click.group(cls=LazyGroup, modules=AGREEMENT_COMMANDS, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Those that ended, too.")
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, everything: bool, as_json: bool) -> None:
    """List what the two of you agreed on, or might: each term, and since when it stands so.

    `agree 1` marks one as agreed by both, `edit 1 "other words"` puts it anew, `end 1` ends it.
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    empty = "No term is written down yet."
    names = {"agreed": "agreed by both"}
    list_standing(desk, "agreement", names, everything=everything, as_json=as_json, empty=empty)
