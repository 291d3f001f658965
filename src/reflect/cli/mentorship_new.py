"""`reflect mentorship new`: begin another mentorship."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk

if TYPE_CHECKING:
    from reflect.script import Role


@click.command()
@click.option(
    "--as",
    "role",
    type=click.Choice(["mentee", "mentor"]),
    default="mentee",
    show_default=True,
    help="Who you are in it.",
)
@click.option("--pack", metavar="ID", help="The pack to ask from first.")
@pass_desk
def command(desk: Desk, role: Role, pack: str | None) -> int:
    """Begin another mentorship: it asks who and where, as the first one did.

    From then on it is the one that commands speak of; `reflect mentorship use NAME` goes
    back to the other. As a mentor you are asked from packs that are for mentors.
    """
    from reflect.terminal.run import converse

    return converse(desk.app, pack=pack, plain=desk.plain, begin=role)
