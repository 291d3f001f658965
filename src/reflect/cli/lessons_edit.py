"""`reflect lessons edit`: other words for a lesson, or the skill it is a part of."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import reason_option
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.fields import edit, skill_option
from reflect.cli.options import mentorship_option


@click.command()
@click.argument("words", nargs=-1, metavar="N [TEXT]")
@skill_option
@reason_option
@mentorship_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], skill: str | None, reason: str) -> None:
    """Put a lesson in other words, or say which skill it is a part of."""
    edit(desk, "lesson", words, {"skill": skill}, what="a lesson", reason=reason)
