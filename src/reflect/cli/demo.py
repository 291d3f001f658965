"""`reflect demo`: a conversation to watch."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.option("--plain", is_flag=True, help="No colours, nothing drawn.")
@pass_desk
def command(desk: Desk, plain: bool) -> int:
    """Watch a session; nothing of yours is touched."""
    from reflect.terminal.demo import play_demo

    return play_demo(desk.app, plain=plain or desk.plain)
