"""`reflect notes`: what your mentor wrote back, and what waits for your word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.commands import NOTE_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.notes import Shown

SHOWN = 20


@click.group(cls=LazyGroup, modules=NOTE_COMMANDS, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="All of them, those taken back too.")
@click.option("--waiting", is_flag=True, help="Only what waits for your yes or no.")
@mentorship_option
@json_option
@click.pass_context
def command(ctx: click.Context, everything: bool, waiting: bool, as_json: bool) -> None:
    """List what your mentor wrote back, the newest first, beside what it is about."""
    desk = ctx.find_object(Desk)
    assert desk is not None
    if ctx.invoked_subcommand is not None:
        return
    kept = desk.kept() is not None
    relation = desk.app.relation() if kept else None
    found: tuple[Shown, ...] = ()
    if relation is not None:
        from reflect.application.notes import kept as known
        from reflect.application.notes import shown

        notes = [one for one in known(desk.app, relation) if everything or not one.note.withdrawn]
        notes = [one for one in notes if one.waits] if waiting else notes
        few = notes if everything or waiting or as_json else notes[:SHOWN]
        found = shown(desk.app, relation, few)
        left = len(notes) - len(few)
    if as_json:
        from reflect.cli.noted_back import record

        desk.json({"notes": [record(one) for one in found]})
        return
    if relation is not None:
        _show(desk, relation.language, found, waiting, left)


def _show(desk: Desk, language: str, found: tuple[Shown, ...], waiting: bool, left: int) -> None:
    from reflect.application.phrasing import phrases
    from reflect.cli.noted_back import show_notes

    says = phrases(desk.app, language)
    show_notes(desk, found, says)
    if not found:
        desk.talk(says.say("notes-none-waiting" if waiting else "notes-none"))
    if any(one.state == "waiting" for one in found):
        desk.talk("To say yes or no: reflect notes accept N, reflect notes decline N")
    if left:
        desk.talk(f"{left} more. All of them: --all")
