"""`reflect contacts edit`: who somebody is to you, and when you last had a word."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import contact_kind_option, edit, seen_option
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@contact_kind_option
@seen_option
@reason_option
@mentorship_option
@pass_desk
def command(
    desk: Desk, words: tuple[str, ...], kind_of: str | None, seen: str | None, reason: str
) -> None:
    """Say who somebody is to you and when you last had a word, or put them in other words."""
    given = {"kind_of": kind_of, "seen": seen}
    edit(desk, "contact", words, given, what="a person", reason=reason)
