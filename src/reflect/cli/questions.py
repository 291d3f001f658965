"""`reflect questions`: what you want to ask the other of you."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import entry, record
from reflect.cli.commands import QUESTION_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried


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
    told = _answers(desk, found)
    if as_json:
        desk.json({"questions": [{**record(item), "answers": told[item.id]} for item in found]})
        return
    for item in found:
        state = "" if item.state == "open" else item.state
        for line in entry(desk, item, [item.day, state]):
            desk.show(line)
        for answer in told[item.id]:
            for line in _wrapped(desk, f"{answer['by']}: {answer['text']}"):
                desk.show(line)
    if store is not None and not found:
        desk.talk("No question is open.")


def _answers(desk: Desk, found: Iterable[Carried]) -> dict[str, list[dict[str, str]]]:
    """What was written back to each question, by its item."""
    told: dict[str, list[dict[str, str]]] = {item.id: [] for item in found}
    relation = desk.app.relation()
    if relation is None or all(item.state != "answered" for item in found):
        return told
    from reflect.application.answering import answers

    for item, notes in answers(desk.app.reading_store, relation.id).items():
        if item in told:
            told[item] = [{"by": one.by, "text": one.note.text} for one in notes]
    return told


def _wrapped(desk: Desk, text: str) -> list[str]:
    from reflect.sharing.layout import wrapped

    return wrapped(" ".join(text.split()), desk.columns, first=" " * 6, rest=" " * 6)
