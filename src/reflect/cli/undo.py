"""`reflect undo`: the last change by hand is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import ERASED, relation
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.undoing import Changed
    from reflect.events import Event, ItemChanged
    from reflect.transcripts.store import Store

SHOWN = 20
_FIELDS = {
    "due_words": "due words",
    "kind_of": "kind",
    "giver": "from",
    "will": "what I will do",
    "seen": "last word",
}
"""What a field is called where its name does not say it."""


@click.command()
@click.argument("number", type=click.IntRange(1), required=False, metavar="[N]")
@click.option("--list", "listing", is_flag=True, help="Show what can be taken back, newest first.")
@click.option("--redo", is_flag=True, help="What was taken back last stands again.")
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, number: int | None, listing: bool, redo: bool, as_json: bool) -> None:
    """Take back the last change: a done, a drop, a move to another stage.

    Nothing is lost: the change and its taking back stay in the history. N is a number of
    `reflect undo --list`.
    """
    if redo and (listing or number):
        raise UsageError("usage", "--redo stands alone", "See: reflect undo --help")
    if listing:
        _list(desk, as_json)
        return
    _take_back(desk, number or 1, redo, as_json)


def _take_back(desk: Desk, number: int, redo: bool, as_json: bool) -> None:
    from reflect.application.undoing import take_back, take_back_again

    found = relation(desk)
    app = desk.app
    changed = take_back_again(app, found) if redo else take_back(app, found, number)
    said = list(_said(app.store, changed))
    if as_json:
        desk.json({"stands_again" if redo else "taken_back": said})
        return
    for line in said:
        desk.show(f"{'Stands again' if redo else 'Taken back'}: {line}")
    if not redo:
        desk.talk("To let it stand after all: reflect undo --redo")


def _list(desk: Desk, as_json: bool) -> None:
    from reflect.application.undoing import changes

    found = relation(desk)
    store = desk.app.reading_store
    known = list(enumerate(changes(store.events(found.id)), 1))[: None if as_json else SHOWN]
    if as_json:
        rows = [{"number": n, "at": one.at, "what": list(_said(store, one))} for n, one in known]
        desk.json({"changes": rows})
        return
    for number, one in known:
        for line in _said(store, one):
            desk.show(f"{number:4}  {one.at[:10]}  {line}")
    if not known:
        desk.talk("There is nothing to take back.")


def _said(store: Store, changed: Changed) -> Iterable[str]:
    """What was changed, one sentence for each item or event."""
    from reflect.events import ItemChanged, ItemNoted, NoteSettled

    items: dict[str, list[ItemChanged]] = {}
    settled = [event for event in changed.events if isinstance(event, NoteSettled)]
    noted = {event.item: event for event in changed.events if isinstance(event, ItemNoted)}
    for event in changed.events:
        if isinstance(event, ItemChanged):
            items.setdefault(event.item, []).append(event)
        elif not isinstance(event, ItemNoted | NoteSettled):
            yield _event(event, changed.at[:10])
    for note in noted.values():
        how = "proposed by your mentor" if settled else "noted by hand"
        yield f"{note.kind} “{' '.join(note.text.split()) or ERASED}”: {how}"
    if not items and not noted and settled:
        yield f"your {'no' if settled[0].how == 'declined' else 'yes'} to what your mentor proposed"
    for item, events in items.items():
        if item not in noted:
            yield _item(store, item, events)


def _item(store: Store, item: str, events: list[ItemChanged]) -> str:
    from reflect.application.carried import by_id

    found = by_id(store, item)
    told = ", ".join(
        f"{_FIELDS.get(event.field, event.field)} “{_value(store, event)}”" for event in events
    )
    words = (found.text if found else "") or ERASED
    return f"{found.kind if found else 'item'} “{words}”: {told}"


def _value(store: Store, event: ItemChanged) -> str:
    """The new value as it is read: a goal or a person by their words."""
    from reflect.application.carried import by_id

    if event.field not in ("goal", "contact"):
        return event.value
    found = by_id(store, event.value)
    return found.text or ERASED if found else "none"


def _event(event: Event, on: str) -> str:
    """What `event`, noted on that ISO date, changed."""
    from datetime import date

    from reflect.application.meetings import said_day, said_meeting
    from reflect.events import MeetingHeld, MentorshipChanged, ShareChanged, StageMoved

    today = date.fromisoformat(on)

    if isinstance(event, StageMoved):
        return f"the move to the stage {event.state}"
    if isinstance(event, MeetingHeld):
        return f"that you met on {said_day(date.fromisoformat(event.day), today)}"
    if isinstance(event, MentorshipChanged):
        fields = ("mentee", "mentor", "language", "label")
        new = [(name, getattr(event, name)) for name in fields]
        told = [f"{name} “{value}”" for name, value in new if value is not None]
        if event.check_in:
            when = said_meeting(event.check_in, today).rpartition(" (")[0]
            told.append(f"the meeting set for {when}")
        elif event.check_in is not None:
            told.append("no meeting set")
        told += [f"meeting {event.mode}"] if event.mode else []
        told += ["the order of the agenda"] if event.agenda is not None else []
        return ", ".join(told)
    if isinstance(event, ShareChanged):
        return "that you decided who may read an answer"
    return str(event.__struct_config__.tag)
