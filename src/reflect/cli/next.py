"""`reflect next`: what comes next, and why, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.coming import Coming
    from reflect.mentorship.relation import Relation


@click.command()
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """Say in one line what comes next, and why."""
    from reflect.application.coming import next_step
    from reflect.application.reading import nothing_kept

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    found = next_step(desk.app, relation)
    line, typed = _line(desk, relation, found)
    if as_json:
        day = found.step.day.isoformat() if found.step.day else None
        told = {"kind": found.step.kind, "day": day, "line": line, "command": typed}
        desk.json({"next": {**told, "notes": found.notes}})
    else:
        _show(desk, line, typed)


def _show(desk: Desk, line: str, typed: str) -> None:
    """One line; on a screen that is too narrow for it the command has a line of its own."""
    from reflect.text import display_width

    whole = f"{line}  {typed}"
    if desk.on_screen and display_width(whole) > desk.columns:
        desk.show(line)
        desk.show(f"  {typed}")
    else:
        desk.show(whole)


def _line(desk: Desk, relation: Relation, found: Coming) -> tuple[str, str]:
    """What to say, and the command that does it."""
    step, other = found.step, relation.other
    day = _day(desk, found)
    match step.kind:
        case "go-on":
            return "A session of yours is open:", "reflect"
        case "debrief":
            return f"You met {other} {day}. What came of it, while it is fresh:", "reflect debrief"
        case "prepare":
            return f"You meet {other} {day}. Five minutes to prepare:", "reflect prepare"
        case "notes":
            notes = "a note opens" if found.notes == 1 else f"{found.notes} notes open"
            return f"{other} has written back; {notes} your next session:", "reflect"
        case "silence":
            about = f"It has been {step.days} days, and that is all right. Whenever you like:"
            return about, "reflect"
        case "promise":
            return f"Due {day}: {_promise(desk, found)}. How did it go?", "reflect"
        case "pulse":
            about = f"You and {other} have had some weeks. How it is between you, for you alone:"
            return about, "reflect --pack pulse --short"
        case "keep-in-touch":
            return f"It has been {step.days} days. A sign of life to {other}?", "reflect"
        case "meeting":
            return f"You meet {other} {day}. Until then, whenever you like:", "reflect"
        case "set-meeting":
            return (
                f"Nothing is waiting. When do you and {other} meet next?",
                'reflect meeting "thursday 3pm"',
            )
        case _:
            return "Nothing is waiting. Five minutes, whenever you like:", "reflect"


def _day(desk: Desk, found: Coming) -> str:
    from reflect.application.meetings import said_day

    step, today = found.step, desk.app.now().date()
    if step.day is None:
        return ""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get((step.day - today).days) or f"on {said_day(step.day, today)}"


def _promise(desk: Desk, found: Coming) -> str:
    from reflect.application.carried import by_id

    item = by_id(desk.app.reading_store, found.promise)
    return f"“{item.text}”" if item and item.text else "something you promised"
