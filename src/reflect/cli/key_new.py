"""`reflect key new`: another key of your own."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_desk
def command(desk: Desk, yes: bool) -> None:
    """Make a new key, when the old one may be in wrong hands.

    The old key stays here and still opens what was sealed for it. Whoever else has it can
    read what is sealed for it too, so everybody you gave it to needs the new one.
    """
    from reflect.application.keeping_keys import identities, new_key
    from reflect.cli.key_words import show_own

    before = identities(desk.app)
    if before and not yes and not desk.agrees("Make a new key and use it from now on?"):
        raise ReflectError("not-made", "Your key stays as it is.", "Say yes, or use --yes.")
    show_own(desk, new_key(desk.app))
    if before:
        desk.talk(
            "\nThis is your key now. Give it to everybody who has the old one, and compare the words"
            " again. The old key is kept here to open older files; print a new sheet: reflect key sheet"
        )
