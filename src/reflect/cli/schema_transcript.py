"""`reflect schema transcript`: the form of an exported session."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk


@click.command()
@pass_desk
def command(desk: Desk) -> None:
    """The JSON Schema of `reflect export --format json`."""
    import msgspec

    from reflect.sharing.document import schema

    desk.data(msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode())
