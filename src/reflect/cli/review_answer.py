"""`reflect review answer`: answer a question."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import brief, chosen, for_option, number, text_of, words_argument, write


@click.command()
@words_argument
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Answer question N of `review show`. Two or three sentences are plenty."""
    from reflect.application.reviewing_notes import place_for

    case, rest = chosen(desk, who, words)
    place = place_for(case, case.newest, "answer", number(rest, "question"))
    asked = f"{case.mentee}: {brief(place.text, 200)}"
    write(desk, case, "answer", text_of(desk, rest, asked), place=place)
