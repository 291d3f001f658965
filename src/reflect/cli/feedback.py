"""`reflect feedback`: what people told you about your work, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import list_newest, newest_limit, spoken_day
from reflect.cli.commands import FEEDBACK_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried


@click.group(cls=LazyGroup, modules=FEEDBACK_COMMANDS, invoke_without_command=True)
@newest_limit
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, limit: int | None, as_json: bool) -> None:
    """List the feedback you heard, newest first: who gave it, when, and what you will do.

    `edit 1 --from "Sister Ruth" --will "ask before I start"` adds what is missing.
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    list_newest(desk, "feedback", "feedback", limit, as_json, "No feedback yet.", _notes)


def _notes(desk: Desk, item: Carried) -> tuple[str, ...]:
    giver = f"from {item.giver}" if item.giver else ""
    will = f"what I will do: {item.will}" if item.will else ""
    return (giver, spoken_day(desk, item.day), will)
