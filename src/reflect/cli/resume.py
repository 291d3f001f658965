"""`reflect resume`: go on with a session that was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.cli.sessions import open_session
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.terminal.opening import Newer


@click.command()
@click.argument("session", required=False)
@click.option("--plain", is_flag=True, help="No colours, nothing drawn.")
@click.option(
    "--newer", is_flag=True, help="Take the pack as it is now, if it has changed, without asking."
)
@click.option("--as-begun", is_flag=True, help="Keep to the questions it began with.")
@mentorship_option
@pass_desk
def command(desk: Desk, session: str | None, plain: bool, newer: bool, as_begun: bool) -> int:
    """Go on with the session that is open.

    SESSION is a number of `reflect history`, or how an id begins. A session keeps to the questions
    it began with; when its pack has changed since, you are asked whether to go on with the new ones.
    """
    if newer and as_begun:
        raise UsageError("usage", "--newer and --as-begun exclude each other", "Leave one out.")
    row = open_session(desk, session)
    if row is None:
        return 0
    from reflect.terminal.run import converse

    wish: Newer = "take" if newer else "as begun" if as_begun else "ask"
    return converse(desk.app, plain=plain or desk.plain, resume=row.id, newer=wish)
