"""`reflect actions`: what is promised, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.carrying_on import (
    came_from,
    entry,
    limit_option,
    most,
    record,
    relation,
    spoken_day,
    tell_of_more,
)
from reflect.cli.commands import ACTION_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.fields import STEP_KINDS
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.carried import Carried, Some
    from reflect.mentorship.relation import Relation

AHEAD = 7
"""Days ahead that count as due."""

Whose = Literal["", "own", "mentor"]
Group = tuple[str, Callable[["Carried"], bool]]


@click.group(cls=LazyGroup, modules=ACTION_COMMANDS, invoke_without_command=True)
@click.option("--due", is_flag=True, help=f"Only what is due within {AHEAD} days, or was.")
@click.option("--overdue", is_flag=True, help="Only what was due before today.")
@click.option("--mine", is_flag=True, help="Only your own.")
@click.option("--mentor", is_flag=True, help="Only those your mentor has a part in.")
@click.option("--all", "everything", is_flag=True, help="Those kept or let go, too.")
@click.option("--kind", type=click.Choice(STEP_KINDS), help="Only steps of this kind.")
@limit_option
@mentorship_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    due: bool,
    overdue: bool,
    mine: bool,
    mentor: bool,
    everything: bool,
    kind: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List what is promised, what is due first.

    `add "ask Ruth by friday"` notes one. A number stays with its action: `done 3`, `later 3 "next friday"`, `drop 3` and
    `edit 3 "other words"` change one; `reflect undo` takes the change back.
    """
    desk = ctx.find_object(Desk)
    assert desk is not None
    if ctx.invoked_subcommand is not None:
        return
    if mine and mentor:
        raise UsageError("usage", "--mine and --mentor exclude each other", "Leave out both.")
    if desk.kept() is None and not as_json:
        return
    days = -1 if overdue else AHEAD if due else None
    whose: Whose = "own" if mine else "mentor" if mentor else ""
    at_most = most(limit, as_json)
    some = _found(desk, everything and days is None, whose, days, None if kind else at_most)
    if kind:
        some = _of_kind(some, kind, at_most)
    if as_json:
        desk.json({"actions": [_record(desk, item) for item in some.items]})
    elif some.items:
        _list(desk, relation(desk), some.items)
        tell_of_more(desk, some)
    else:
        filtered = any((due, overdue, mine, mentor, kind))
        desk.talk("No action fits." if filtered else "No action is open.")


def _found(desk: Desk, everything: bool, whose: Whose, days: int | None, most: int | None) -> Some:
    from reflect.application.carried import Some, listed

    found = desk.app.relation()
    if found is None:
        return Some((), 0)
    store = desk.app.reading_store
    until = "" if days is None else _day_in(desk, days)
    return listed(store, found.id, "action", closed=everything, whose=whose, until=until, most=most)


def _of_kind(some: Some, kind: str, most: int | None) -> Some:
    from reflect.application.carried import Some

    found = tuple(item for item in some.items if item.kind_of == kind)
    return Some(found[:most], len(found))


def _day_in(desk: Desk, days: int) -> str:
    from datetime import timedelta

    return (desk.today + timedelta(days=days)).isoformat()


def _is_due(desk: Desk, item: Carried, days: int) -> bool:
    """Whether an open item's day comes within so many days, or has come."""
    return item.open and item.due is not None and item.due <= _day_in(desk, days)


def _record(desk: Desk, item: Carried) -> dict[str, object]:
    return {**record(item), "overdue": _is_due(desk, item, -1)}


def _list(desk: Desk, found: Relation, items: Sequence[Carried]) -> None:
    groups: tuple[Group, ...] = (
        ("Due", lambda item: item.open and item.is_own and _is_due(desk, item, AHEAD)),
        ("Later", lambda item: item.open and item.is_own and item.due is not None),
        ("Without a day", lambda item: item.open and item.is_own),
        (f"For {found.other} to do", lambda item: item.open and item.owner == "mentor"),
        ("For somebody else to do", lambda item: item.open),
        ("Kept or let go", lambda item: True),
    )
    left = list(items)
    for title, belongs in groups:
        chosen = [item for item in left if belongs(item)]
        left = [item for item in left if item not in chosen]
        if chosen:
            desk.show(title)
            for item in chosen:
                for line in entry(desk, item, _notes(desk, item, found)):
                    desk.show(line)


def _notes(desk: Desk, item: Carried, found: Relation) -> tuple[str, ...]:
    """When, with whom, and what if not."""
    state = {"kept": "kept", "dropped": "let go", "partly": "partly done"}.get(item.state, "")
    both = f"with {found.other}" if item.owner == "both" else ""
    plan = f"if not: {item.instead}" if item.instead else ""
    return (state, _when(desk, item), both, item.kind_of, came_from(desk, item), plan)


def _when(desk: Desk, item: Carried) -> str:
    if item.due is None:
        return item.due_words
    day = spoken_day(desk, item.due)
    if not item.open:
        return f"for {day}"
    return f"was for {day}; a new day is fine" if _is_due(desk, item, -1) else f"by {day}"
