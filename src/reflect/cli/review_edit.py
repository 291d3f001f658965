"""`reflect review edit`: a note in other words."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import brief, chosen, for_option, number, text_of, told


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] NOTE [TEXT]")
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Put note NOTE of `review notes` in other words; the next reply brings it."""
    from reflect.application.reviewing import case as read
    from reflect.application.reviewing_notes import note_at, rewrite

    case, rest = chosen(desk, who, words)
    note = note_at(case, number(rest, "note"))
    text = text_of(desk, rest, f"Until now: {brief(note.text, 200)}\nIn other words:")
    new = rewrite(desk.app, case, note, text)
    told(desk, read(desk.app, case.name), new, None)
