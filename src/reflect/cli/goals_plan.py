"""`reflect goals plan`: the steps of a goal in their order, and beginnings of those that are missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import UNDO, record, relation, spoken_day, words_of
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.application.steps import Reordered
    from reflect.mentorship.relation import Relation

MOST = 12
"""Steps that are read at once."""


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@click.option("--fill", is_flag=True, help="Type the steps, one a line; an empty line ends it.")
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, number: int, fill: bool, as_json: bool) -> None:
    """Show the plan of goal N: its steps in order, whose each is, by when, and what is still missing.

    `--fill` reads steps and makes actions of them; a day in one is heard. `reflect actions move`
    changes their order.
    """
    from reflect.application.carried import numbered
    from reflect.application.steps import beginnings, reordered, steps

    known = relation(desk)
    store = desk.app.reading_store
    (goal,) = numbered(store, known.id, "goal", [number])
    if fill:
        _fill(desk, known, goal)
    found = steps(store, known.id, goal.id)
    moved = reordered(store, known.id, found)
    if as_json:
        rows = [record(one) for one in found]
        changes = [one._asdict() for one in moved]
        free = beginnings(found)
        desk.json({"goal": record(goal), "steps": rows, "missing": free, "reordered": changes})
        return
    for line in _page(desk, known, goal, found, moved):
        desk.show(line)
    if goal.state not in ("agreed", "revised", "reached"):
        desk.talk(f"This goal is not agreed yet: reflect goals agree {goal.number}")


def _fill(desk: Desk, known: Relation, goal: Carried) -> None:
    """Note every line that is typed as an action for `goal`, in that order."""
    from reflect.application.by_hand import note_item
    from reflect.application.changing import line
    from reflect.application.steps import steps

    place = len(steps(desk.app.store, known.id, goal.id))
    for text in _typed(place):
        place += 1
        words = line(text, "a step", "One step a line.")
        note_item(
            desk.app, known, "action", words, [("goal", goal.id), ("place", str(place))], goal.share
        )
    desk.talk(UNDO)


def _typed(place: int) -> Iterator[str]:
    """Lines until an empty one; a terminal is told which step is meant."""
    for number in range(place + 1, place + MOST + 1):
        if sys.stdin.isatty():
            sys.stderr.write(f"Step {number}: ")
            sys.stderr.flush()
        text = sys.stdin.readline().strip()
        if not text:
            return
        yield text


def _page(
    desk: Desk,
    known: Relation,
    goal: Carried,
    found: Sequence[Carried],
    moved: Sequence[Reordered],
) -> Iterator[str]:
    from reflect.application.steps import beginnings
    from reflect.sharing.layout import wrapped

    by = f" (by {spoken_day(desk, goal.due)})" if goal.due else ""
    yield from wrapped(f"{words_of(goal)}{by}", desk.columns)
    for place, one in enumerate(found, 1):
        margin = " " * 6
        yield from wrapped(words_of(one), desk.columns, first=f"{place:4}  ", rest=margin)
        about = " · ".join(filter(None, _about(desk, known, one)))
        yield from wrapped(about, desk.columns, first=margin, rest=margin)
    for place, text in enumerate(beginnings(found), len(found) + 1):
        yield f"{place:4}  {text} …"
    if len(found) < MOST and beginnings(found):
        desk.talk(f"To fill it: reflect goals plan {goal.number} --fill")
    for change in moved:
        yield from wrapped(_moved(change), desk.columns, first="  ", rest="    ")


def _about(desk: Desk, known: Relation, one: Carried) -> tuple[str, ...]:
    """The number, the kind, whose it is, by when, and how it stands; what is missing is asked."""
    whose = {"mentor": known.other, "both": f"you and {known.other}", "other": "somebody else"}
    owner = "whose?" if one.owner == "unclear" else whose.get(one.owner, "you")
    day = f"by {spoken_day(desk, one.due)}" if one.due else one.due_words or "by when?"
    state = {"kept": "done", "partly": "partly done"}.get(one.state, "")
    return (f"action {one.number}", one.kind_of, owner, state or day)


def _moved(change: Reordered) -> str:
    """A change of the order: the step, where it stood, and why."""
    was = f"from {change.was} " if change.was else ""
    why = ": ".join(filter(None, (change.because, change.reason)))
    told = f" ({why})" if why else ""
    return f"{change.day}  “{change.text}” moved {was}to {change.now}{told}"
