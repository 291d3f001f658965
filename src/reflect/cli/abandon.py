"""`reflect abandon`: end a session before its summary."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.cli.sessions import open_session


@click.command()
@click.argument("session", required=False)
@mentorship_option
@pass_desk
def command(desk: Desk, session: str | None) -> None:
    """End the open session; its answers stay."""
    row = open_session(desk, session)
    if row is None:
        return
    from reflect.application.begin import resume

    resume(desk.app, row.id).finish("abandoned")
    desk.talk(f"The session of {row.day} is ended; its answers are kept.")
