"""`reflect review compare`: this file and the one before."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.reviewing import phrases


@click.command()
@click.argument("who", required=False)
@json_option
@pass_desk
def command(desk: Desk, who: str | None, as_json: bool) -> None:
    """Show what moved since the file before: promises, goals, questions, terms.

    What was asked both times stands side by side. Nothing is counted or scored.
    """
    from reflect.application.reviewing import current
    from reflect.review.telling import compared

    case = current(desk.app, who)
    if not as_json:
        for line in compared(case, phrases(desk, case), desk.columns):
            desk.show(line)
        return
    from reflect.review.moved import moves, stage, twice

    before, now = case.before, case.newest.shared
    desk.json(
        {
            "mentee": case.mentee,
            "then": before.shared.day if before else None,
            "now": now.day,
            "stage": stage(before.shared, now) if before else "",
            "moved": [one._asdict() for one in moves(before.shared, now)] if before else [],
            "twice": [one._asdict() for one in twice(before.shared, now)] if before else [],
        }
    )
