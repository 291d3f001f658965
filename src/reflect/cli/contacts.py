"""`reflect contacts`: people worth meeting, and how it stands with each."""

from __future__ import annotations

import click

from reflect.cli.commands import CONTACT_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option
from reflect.cli.standing import list_standing


@click.group(cls=LazyGroup, modules=CONTACT_COMMANDS, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Those you have thanked for, too.")
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, everything: bool, as_json: bool) -> None:
    """List people you want to get in touch with: how it stands, and since when.

    `asked 2`, `introduced 2`, `followed-up 2` and `thanked 2` move one on.
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    empty = "Nobody is waiting. Whom would you like to meet?"
    names = {"open": "not asked yet"}
    list_standing(desk, "contact", names, everything=everything, as_json=as_json, empty=empty)
