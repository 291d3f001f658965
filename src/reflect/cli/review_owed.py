"""`reflect review owed`: what you took on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.events import Note
    from reflect.review.case import Case
    from reflect.sharing.shared import SharedItem


@click.command()
@click.argument("who", required=False)
@json_option
@pass_desk
def command(desk: Desk, who: str | None, as_json: bool) -> None:
    """List what you promised, to everybody or to WHO, what is due first on top.

    `review close N` says that one is done.
    """
    from reflect.application.reviewing import case, listed, named

    lines = [named(desk.app, who)] if who else [one for one in listed(desk.app) if one.owed]
    cases = [case(desk.app, line.name) for line in lines]
    if as_json:
        desk.json({"owed": [record for one in cases for record in _records(one)]})
        return
    for one in cases:
        _show(desk, one)
    if not any(one.owed or one.offered for one in cases):
        desk.talk("You owe nobody anything.")


def _show(desk: Desk, case: Case) -> None:
    from reflect.sharing.layout import wrapped
    from reflect.text import for_terminal

    if not (case.owed or case.offered):
        return
    desk.show(case.mentee)
    numbers = _numbers(case)
    margin = " " * 6
    for item in case.owed:
        number = str(numbers.get(item.id, ""))
        text = f"{item.text}{_due(desk, item)}"
        for line in wrapped(for_terminal(text), desk.columns, first=f"{number:>4}  ", rest=margin):
            desk.show(line)
    for note in case.offered:
        text = f"{_words(case, note)} (offered, not in a file of theirs yet)"
        for line in wrapped(for_terminal(text), desk.columns, first=margin, rest=margin):
            desk.show(line)


def _records(case: Case) -> Iterator[dict[str, object]]:
    import msgspec

    numbers = _numbers(case)
    for item in case.owed:
        number = numbers.get(item.id)
        yield {"mentee": case.mentee, "number": number, **msgspec.to_builtins(item)}
    for note in case.offered:
        yield {"mentee": case.mentee, "number": None, "offered": True, "text": _words(case, note)}


def _numbers(case: Case) -> dict[str, int]:
    from reflect.review.places import places

    return {place.name: place.number for place in places(case, case.newest)}


def _due(desk: Desk, item: SharedItem) -> str:
    from reflect.cli.reviewing import spoken_day

    due = f"by {spoken_day(desk, item.due)}" if item.due else item.due_words
    both = "both of you" if item.owner == "both" else ""
    terms = ", ".join(filter(None, (due, both)))
    return f" ({terms})" if terms else ""


def _words(case: Case, note: Note) -> str:
    found = case.items.get(note.about)
    return note.text or (found.text if found else "")
