"""`reflect agreements talked`: that a term or a topic was talked about."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import apply, relation, split
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N... [DAY]")
@mentorship_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...]) -> None:
    """Note that you two talked about terms or topics, today or on DAY: talked 1 2 yesterday."""
    from reflect.application.meetings import heard_day

    numbers, said = split(words)
    known = relation(desk)
    day = heard_day(desk.app, known.language, said) if said else desk.today.isoformat()
    apply(desk, "agreement", numbers, [("seen", day)], said="Talked about")
