"""`reflect debrief`: what came of a meeting, while it is fresh."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("day", nargs=-1, metavar="[DAY]")
@click.option("--short", "length", flag_value="short", default="short", help="Five minutes.")
@click.option("--long", "length", flag_value="long", help="A quarter of an hour.")
@mentorship_option
@pass_desk
def command(desk: Desk, day: tuple[str, ...], length: str) -> int:
    """Look back on a meeting: what you heard, what was agreed, what stayed unsaid.

    A mentor is asked for the mentor's side of it. It notes that you met, on the day that was
    set, or today, or on DAY ("yesterday").
    """
    from reflect.application.coming import looking_back
    from reflect.application.meetings import heard_day, held
    from reflect.application.reading import nothing_kept
    from reflect.terminal.run import converse

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    named = heard_day(desk.app, relation.language, " ".join(day)) if day else None
    held(desk.app, relation, named)
    return converse(desk.app, pack=looking_back(relation.role), length=length, plain=desk.plain)
