"""`reflect schema bundle`: the form of a shared file."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk


@click.command()
@pass_desk
def command(desk: Desk) -> None:
    """The JSON Schema of what is inside a `.reflect` file, shared or sent back."""
    import msgspec

    from reflect.sharing.wire import schema

    desk.data(msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode())
