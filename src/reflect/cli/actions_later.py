"""`reflect actions later`: another day for a promise."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import (
    apply,
    because_option,
    reason_option,
    relation,
    split,
    spoken_day,
)
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import UsageError


@click.command()
@click.argument("words", nargs=-1, metavar="N... WHEN")
@reason_option
@because_option
@mentorship_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], reason: str, because: str | None) -> None:
    """Give actions another day, said as you would say it: later 3 "next friday"."""
    from reflect.application.changing import heard_due

    numbers, when = split(words)
    if not when:
        raise UsageError("bad-day", "no day was named", 'Such as: later 3 "next friday"')
    due, said = heard_due(desk.app, relation(desk), when)
    changes = [("state", "open"), ("due", due), ("due_words", said)]
    day = spoken_day(desk, due) if due else said
    apply(desk, "action", numbers, changes, said=f"For {day}", reason=reason, because=because)
