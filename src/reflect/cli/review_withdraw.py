"""`reflect review withdraw`: take a note back."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import brief, chosen, for_option, number


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] NOTE")
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Take note NOTE of `review notes` back. One that was sent goes with the next reply."""
    from reflect.application.reviewing_notes import note_at, withdraw

    case, rest = chosen(desk, who, words)
    note = note_at(case, number(rest, "note"))
    withdraw(desk.app, case, note)
    said = f": {brief(note.text, desk.columns - 12)}" if note.text else ""
    desk.show(f"Taken back{said}")
    if any(name == note.id for name, _ in case.replied):
        desk.talk(
            "It was in a reply before: the next one takes it back there. Whoever read it, read it."
        )
