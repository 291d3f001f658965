"""`reflect review notes`: what you wrote, and what became of it."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.reviewing import entry


@click.command()
@click.argument("who", required=False)
@json_option
@pass_desk
def command(desk: Desk, who: str | None, as_json: bool) -> None:
    """List your notes on one mentorship: what each is beside, and whether it has arrived."""
    import msgspec

    from reflect.application.reviewing import current
    from reflect.application.reviewing_notes import what_became

    case = current(desk.app, who)
    numbered = list(enumerate(case.notes, 1))
    if as_json:
        records = [
            {"number": at, "became": what_became(case, note), **msgspec.to_builtins(note)}
            for at, note in numbered
        ]
        desk.json({"mentee": case.mentee, "notes": records})
        return
    for at, note in numbered:
        if not note.withdrawn:
            for line in entry(desk, case, note, at):
                desk.show(line)
    if not numbered:
        desk.talk(f"You have written nothing to {case.mentee} yet.")
