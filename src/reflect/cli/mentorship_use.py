"""`reflect mentorship use`: which of several is meant from now on."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.argument("name")
@pass_desk
def command(desk: Desk, name: str) -> None:
    """Let commands speak of the mentorship called NAME from now on.

    NAME is what `reflect mentorship list` calls it, or its number there.
    """
    from reflect.application.mentorships import named, relations, use

    found = named(relations(desk.app), name)
    use(desk.app, found.id)
    desk.talk(f"From now on this is about you and {found.other}.")
