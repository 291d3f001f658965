"""`reflect review close`: an action of yours is done."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, for_option, number, write
from reflect.errors import UsageError


@click.command()
@click.argument("words", nargs=-1, metavar="[WHO] N [TEXT]")
@for_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None) -> None:
    """Say that a promise of yours is done: action N of `review show` or `review owed`.

    TEXT says more, if you like.
    """
    from reflect.application.reviewing_notes import checked, place_for
    from reflect.review.case import OWN

    case, rest = chosen(desk, who, words)
    place = place_for(case, case.newest, "close", number(rest, "action"))
    if place.item is None or place.item.owner not in OWN:
        raise UsageError("not-yours", "that one is not yours to close", "Yours are: review owed")
    text = checked(" ".join(rest)) if rest else ""
    write(desk, case, "close", text, place=place)
