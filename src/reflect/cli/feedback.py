"""`reflect feedback`: what people told you about your work, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import entry, list_newest, newest_limit, record, spoken_day
from reflect.cli.commands import FEEDBACK_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import day, mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried


@click.group(cls=LazyGroup, modules=FEEDBACK_COMMANDS, invoke_without_command=True)
@click.option(
    "--since",
    metavar="YYYY-MM-DD",
    callback=day,
    help="Only from this day on, and how much of it was on strengths.",
)
@newest_limit
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, since: str | None, limit: int | None, as_json: bool) -> None:
    """List the feedback you heard, newest first: who gave it, when, and what you will do.

    `edit 1 --from "Sister Ruth" --about strength --will "ask before I start"` adds what is missing.
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = ctx.find_object(Desk)
    assert desk is not None
    if since is None:
        list_newest(desk, "feedback", "feedback", limit, as_json, "No feedback yet.", _notes)
    else:
        _of_a_period(desk, since, as_json)


def _of_a_period(desk: Desk, since: str, as_json: bool) -> None:
    """All feedback that was given since a day, and what it was about."""
    from reflect.application.both_sides import balance
    from reflect.application.carried import newest

    store, known = desk.kept(), desk.app.relation()
    items = newest(store, known.id, "feedback", -1) if store and known else ()
    found = [one for one in items if (one.given or one.day) >= since]
    told = balance(found)
    if as_json:
        rows = [record(item) for item in found]
        desk.json({"feedback": rows, "since": since, "balance": told._asdict()})
        return
    for item in found:
        for line in entry(desk, item, _notes(desk, item)):
            desk.show(line)
    parts = (
        (told.strengths, "on strengths"),
        (told.improvements, "on what to improve"),
        (told.unsaid, "without a word on which"),
    )
    said = ", ".join(f"{count} {name}" for count, name in parts if count)
    desk.show(f"Since {spoken_day(desk, since)}: {said or 'no feedback'}")


def _notes(desk: Desk, item: Carried) -> tuple[str, ...]:
    giver = f"from {item.giver}" if item.giver else ""
    will = f"what I will do: {item.will}" if item.will else ""
    about = {"strength": "a strength", "improvement": "to improve"}.get(item.about, "")
    milestone = f"at: {item.milestone}" if item.milestone else ""
    return (giver, about, _days(desk, item), milestone, will)


def _days(desk: Desk, item: Carried) -> str:
    """When it was given, and when that was what it is about."""
    given = spoken_day(desk, item.given or item.day)
    happened = spoken_day(desk, item.happened) if item.happened else given
    return given if happened == given else f"{given}, about {happened}"
