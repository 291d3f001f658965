"""`reflect questions`: what you want to ask the other of you."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import entry, record
from reflect.cli.commands import QUESTION_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option


@click.group(cls=LazyGroup, modules=QUESTION_COMMANDS, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="The answered ones, too.")
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, everything: bool, as_json: bool) -> None:
    """List the questions you want to bring to your next meeting."""
    from reflect.application.carried import carried

    desk = ctx.find_object(Desk)
    assert desk is not None
    if ctx.invoked_subcommand is not None:
        return
    store = desk.kept()
    relation = desk.app.relation()
    found = carried(store, relation.id, "question", closed=everything) if store and relation else ()
    if as_json:
        desk.json({"questions": [record(item) for item in found]})
        return
    for item in found:
        state = "" if item.state == "open" else item.state
        for line in entry(desk, item, [item.day, state]):
            desk.show(line)
    if store is not None and not found:
        desk.talk("No question is open.")
