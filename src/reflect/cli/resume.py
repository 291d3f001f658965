"""`reflect resume`: go on with a session that was left."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.sessions import open_session


@click.command()
@click.argument("session", required=False)
@click.option("--plain", is_flag=True, help="No colours, nothing drawn.")
@pass_desk
def command(desk: Desk, session: str | None, plain: bool) -> int:
    """Go on with the session that is open.

    SESSION is a number of `reflect history`, or how an id begins.
    """
    row = open_session(desk, session)
    if row is None:
        return 0
    from reflect.terminal.run import converse

    return converse(desk.app, plain=plain or desk.plain, resume=row.id)
