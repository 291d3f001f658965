"""Options that say more of an item than its words do, and the changes that they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import UNDO, relation, split, words_of
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.application.changing import Change
    from reflect.cli.desk import Desk
    from reflect.script import Keep

OWNERS = ("me", "mentor", "both", "other")
GOAL_KINDS = ("personal", "professional")
NONE = "none"

Given = Mapping[str, str | None]
"""Fields by name with what an option says; None for an option that was not given."""

owner_option = click.option("--owner", type=click.Choice(OWNERS), help="Whose it is to do.")
goal_option = click.option(
    "--goal", metavar="N", help="The goal it serves, by its number; none takes it away."
)
kind_option = click.option(
    "--kind", "kind_of", type=click.Choice(GOAL_KINDS), help="What it is for."
)
giver_option = click.option("--from", "giver", metavar="NAME", help="Who gave it.")
will_option = click.option("--will", metavar="TEXT", help="What you will do with it.")


def changes(desk: Desk, given: Given) -> list[Change]:
    """What the options say, as fields with their values, all of it checked."""
    from reflect.application.changing import line

    found = []
    for field, value in given.items():
        if value is None:
            continue
        if field == "goal":
            found.append((field, _goal(desk, value)))
        elif field in ("giver", "will"):
            found.append((field, line(value, "what you say of it", "Put it in quotes.")))
        else:
            found.append((field, value))
    return found


def edit(
    desk: Desk, kind: Keep, words: Sequence[str], given: Given, *, what: str, reason: str = ""
) -> None:
    """Change one item: `words` are its number and, where it is to read otherwise, its new text."""
    from reflect.application.carried import numbered
    from reflect.application.changing import change, line

    numbers, _ = split(words[:1])
    found = changes(desk, given)
    if words[1:] or not found:
        found.append(("text", line(" ".join(words[1:]), what)))
    known = relation(desk)
    why = line(reason, "a reason") if reason else ""
    change(desk.app, known, numbered(desk.app.store, known.id, kind, numbers), found, why)
    (item,) = numbered(desk.app.store, known.id, kind, numbers)
    desk.show(f"Now: {words_of(item)}")
    for line_ in told(desk, item, given):
        desk.show(f"     {line_}")
    desk.talk(UNDO)


def told(desk: Desk, item: Carried, given: Given) -> list[str]:
    """What the options made of `item`, in a few words each."""
    other = relation(desk).other
    whose = {"me": "yours to do", "mentor": f"for {other} to do", "both": f"for you and {other}"}
    said = {
        "owner": whose.get(item.owner, "for somebody else to do"),
        "goal": f"serves goal {given.get('goal')}" if item.goal else "serves no goal",
        "kind_of": item.kind_of,
        "giver": f"from {item.giver}",
        "will": f"what I will do: {item.will}",
    }
    return [said[field] for field, value in given.items() if value is not None]


def _goal(desk: Desk, number: str) -> str:
    """The id of the goal with that number; "" for none."""
    from reflect.application.carried import numbered

    if number == NONE:
        return ""
    if not number.isdecimal():
        raise UsageError("no-number", "which goal is meant?", "Its number, or none: --goal 2")
    return numbered(desk.app.store, relation(desk).id, "goal", [int(number[:9])])[0].id
