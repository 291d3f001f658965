"""`reflect feedback edit`: who gave it, what it is about, what follows from it, or other words."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import (
    about_option,
    edit,
    given_option,
    giver_option,
    happened_option,
    milestone_option,
    will_option,
)
from reflect.cli.freshness import tell_of_the_gap
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@giver_option
@about_option
@happened_option
@given_option
@milestone_option
@will_option
@reason_option
@mentorship_option
@pass_desk
def command(desk: Desk, /, words: tuple[str, ...], reason: str, **given: str | None) -> None:
    """Say who gave feedback and what you will do with it, or put it in other words."""
    tell_of_the_gap(desk, edit(desk, "feedback", words, given, what="feedback", reason=reason))
