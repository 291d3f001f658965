"""`reflect lessons`: what you have learned, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import list_newest, newest_limit
from reflect.cli.commands import LESSON_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried


@click.group(cls=LazyGroup, modules=LESSON_COMMANDS, invoke_without_command=True)
@click.option("--skill", metavar="NAME", default="", help="Only what is a part of this skill.")
@newest_limit
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, skill: str, limit: int | None, as_json: bool) -> None:
    """List what you have learned, newest first.

    `edit 1 --skill "ward rounds"` says which skill a lesson is a part of.
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    empty = "No lesson on that yet." if skill else "No lesson yet. They need not be big."
    wanted = skill.casefold()

    def belongs(item: Carried) -> bool:
        return wanted in item.skill.casefold()

    only = belongs if wanted else None
    list_newest(desk, "lesson", "lessons", limit, as_json, empty, _notes, only)


def _notes(desk: Desk, item: Carried) -> tuple[str, ...]:
    return (item.day, f"skill: {item.skill}" if item.skill else "")
