"""`reflect key remove`: forget somebody's key."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.argument("name")
@pass_desk
def command(desk: Desk, name: str) -> None:
    """Keep the key of NAME no longer. Files that were sealed for them still open for them."""
    from reflect.application.keeping_keys import forget, recipient

    found = recipient(desk.app, name)
    forget(desk.app, found)
    desk.talk(
        f"The key of {found.name} is no longer kept. To bring it back: reflect key add {found.name} KEY"
    )
