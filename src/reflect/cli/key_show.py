"""`reflect key show`: your own key, to be given away."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, json_option, pass_desk


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """Show your key and its words; it is made when there is none yet."""
    from reflect.application.keeping_keys import own_key
    from reflect.cli.key_words import own, show_own

    identity = own_key(desk.app)
    if as_json:
        desk.json(own(identity))
        return
    show_own(desk, identity)
    desk.talk(
        "\nGive the first line to your mentor, or as a mentor to your mentee; a mail will do,"
        " there is nothing secret in it."
        " Then read the words to each other: when they are the same, it is really your key."
    )
