"""`reflect actions move`: another place for a step of a goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import UNDO, because_option, reason_option, relation, split, words_of
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.carried import Carried


@click.command()
@click.argument("words", nargs=-1, metavar="N up|down|to K")
@reason_option
@because_option
@mentorship_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], reason: str, because: str | None) -> None:
    """Move a step of a goal: `move 3 up`, `move 3 down`, `move 3 to 1`.

    The old order stays in the history that `reflect goals plan` shows.
    """
    from reflect.application.carried import numbered
    from reflect.application.changing import line
    from reflect.application.steps import move, steps

    (number, *_), _ = split(words[:1])
    known = relation(desk)
    (item,) = numbered(desk.app.store, known.id, "action", [number])
    if not item.goal:
        hint = f"Say which one first: reflect actions edit {number} --goal 1"
        raise UsageError("no-goal", "this action is no step of a goal", hint)
    to = _place(words[1:], steps(desk.app.store, known.id, item.goal), item)
    why = line(reason, "a reason") if reason else ""
    for place, one in enumerate(move(desk.app, known, item, to, why, because or ""), 1):
        desk.show(f"{place:4}  {words_of(one)}")
    desk.talk(UNDO)


def _place(words: Sequence[str], known: Sequence[Carried], item: Carried) -> int:
    """The place, counted from 1, that `words` name for `item`. Raises `UsageError` "bad-place"."""
    now = next((at for at, one in enumerate(known, 1) if one.id == item.id), len(known))
    match [word.casefold() for word in words]:
        case ["up"]:
            return now - 1
        case ["down"]:
            return now + 1
        case ["to", number] | [number] if number.isdecimal() and int(number[:9]) > 0:
            return int(number[:9])
    raise UsageError("bad-place", "where to?", "Such as: move 3 up, move 3 down, move 3 to 1")
