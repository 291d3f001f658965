"""`reflect goals`: where the mentorship is headed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import (
    entry,
    limit_option,
    most,
    record,
    spoken_day,
    tell_of_more,
)
from reflect.cli.commands import GOAL_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried, Some


@click.group(cls=LazyGroup, modules=GOAL_COMMANDS, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Those reached or let go, too.")
@limit_option
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, everything: bool, limit: int | None, as_json: bool) -> None:
    """List your goals.

    `add "three talks by march"` notes one. `show 1` has all of one: how it was put before, its sessions, actions and wins.
    """
    desk = ctx.find_object(Desk)
    assert desk is not None
    if ctx.invoked_subcommand is not None:
        return
    if desk.kept() is None and not as_json:
        return
    some, sessions = _found(desk, everything, most(limit, as_json))
    found = some.items
    if as_json:
        desk.json({"goals": [{**record(i), "sessions": sessions.get(i.id, 0)} for i in found]})
        return
    for item in found:
        for line in entry(desk, item, notes(desk, item, sessions.get(item.id, 0))):
            desk.show(line)
    if not found:
        desk.talk("No goal is open.")
    tell_of_more(desk, some)


def _found(desk: Desk, everything: bool, most: int | None) -> tuple[Some, dict[str, int]]:
    from reflect.application.carried import Some, listed
    from reflect.application.goals import served

    found = desk.app.relation()
    if found is None:
        return Some((), 0), {}
    store = desk.app.reading_store
    return (
        listed(store, found.id, "goal", closed=everything, most=most),
        served(store, found.id),
    )


def notes(desk: Desk, item: Carried, sessions: int) -> tuple[str, ...]:
    """What stands below a goal: its state, what it is for, its day, the sessions that served it."""
    from reflect.sharing.layout import counted

    by = f"by {spoken_day(desk, item.due)}" if item.due else item.due_words
    return (item.state, item.kind_of, by, counted(sessions, "session") if sessions else "")
