"""`reflect show`: one session as it reads afterwards."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("session", default="last")
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, session: str, as_json: bool) -> None:
    """Show what was asked and what you said.

    SESSION is `last` (the default), a number of `reflect history`, or how an id begins.
    """
    show(desk, session, as_json=as_json)


def show(desk: Desk, session: str, *, as_json: bool) -> None:
    """The session called `session`, as a document on stdout."""
    from reflect.cli.sessions import readings, transcript_of
    from reflect.sharing import json, text

    (reading,) = readings(desk, (session,))
    document = transcript_of(reading)
    desk.data(
        (json.render(document) if as_json else text.render([document], desk.columns)).rstrip()
    )
