"""`reflect goals agree`: goals that both want."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import apply, numbers_only, reason_option, relation
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.application.goals import Lacking


@click.command()
@click.argument("numbers", nargs=-1, metavar="N...")
@click.option("--anyway", is_flag=True, help="Whether or not you will see when it is reached.")
@reason_option
@mentorship_option
@pass_desk
def command(desk: Desk, numbers: tuple[str, ...], anyway: bool, reason: str) -> None:
    """Mark goals as agreed by both of you.

    A goal without a day, or without anything that both can see, is asked about once.
    """
    chosen = numbers_only(numbers)
    if not anyway:
        _look_at(desk, chosen)
    changes = [("state", "agreed")]
    apply(desk, "goal", chosen, changes, said="Agreed by both", reason=reason)


def _look_at(desk: Desk, numbers: list[int]) -> None:
    """Say what is hard to see in these goals; somebody at a terminal decides, elsewhere it is only said."""
    from reflect.application.carried import numbered
    from reflect.application.goals import lacking

    known = relation(desk)
    items = numbered(desk.app.reading_store, known.id, "goal", numbers)
    unclear = [(item, missing) for item in items if (missing := lacking(desk.app, known, item))]
    for item, missing in unclear:
        for line in _said(item, missing):
            desk.talk(line)
    if unclear and sys.stdin.isatty() and not desk.agrees("Agree on it as it is?"):
        hint = "Once it says so: reflect goals agree. As it is: --anyway"
        raise ReflectError("not-agreed", "Nothing was changed.", hint)


_MISSING: dict[Lacking, str] = {
    ("measure", "day"): "names no day, and nothing that you could count or look at",
    ("measure",): "names nothing that you could count or look at",
    ("day",): "names no day",
}


def _said(item: Carried, missing: Lacking) -> tuple[str, ...]:
    return (
        f"Goal {item.number} {_MISSING[missing]}. How will you both see that it is reached?",
        f'To put it anew: reflect goals edit {item.number} "… by the end of March"',
    )
