"""`reflect review list`: who shared what with you, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.application.reviewing import Line


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """List who has shared something with you: when, what is unread, what you owe."""
    from reflect.application.reviewing import listed

    lines = listed(desk.app)
    if as_json:
        desk.json({"mentees": [line._asdict() for line in lines]})
        return
    # What is new stands first, then whoever wrote last.
    for line in sorted(lines, key=_order):
        _show(desk, line)
    if not lines:
        desk.talk(
            "Nobody has shared anything with you here yet. Open the file you were sent:"
            " reflect review FILE"
        )


def _order(line: Line) -> tuple[bool, int]:
    return not line.unread, -int(line.day.replace("-", ""))


def _show(desk: Desk, line: Line) -> None:
    from reflect.cli.reviewing import spoken_day
    from reflect.sharing.layout import wrapped
    from reflect.text import for_terminal

    head = for_terminal(f"{line.mentee}, {spoken_day(desk, line.day)}")
    margin = " " * 6
    desk.show("\n".join(wrapped(head, desk.columns, first=f"{line.number:4}  ", rest=margin)))
    waits = " · ".join(_waits(desk, line))
    desk.show("\n".join(wrapped(waits, desk.columns, first=margin, rest=margin)))


def _waits(desk: Desk, line: Line) -> Iterator[str]:
    from reflect.cli.reviewing import spoken_day
    from reflect.sharing.layout import counted

    if line.unread:
        yield f"{line.unread} new"
    if line.asked:
        yield f"{counted(line.asked, 'question')} for you"
    if line.owed:
        due = f" (next by {spoken_day(desk, line.due)})" if line.due else ""
        yield f"{counted(line.owed, 'promise')} of yours{due}"
    if line.unsent:
        yield f"{counted(line.unsent, 'note')} not sent"
    if not (line.unread or line.asked or line.owed or line.unsent):
        yield "nothing waits"
