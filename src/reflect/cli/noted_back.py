"""How notes that were written back are shown: in groups, beside what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.application.notes import Shown
    from reflect.cli.desk import Desk
    from reflect.packs.phrases import Phrases

MARGIN = 6


def show_notes(desk: Desk, notes: Iterable[Shown], says: Phrases) -> None:
    """Each group with a heading; a note has its number, its words, and below them what there is to know."""
    for number, (heading, group) in enumerate(_groups(desk, notes, says)):
        if number:
            desk.show("")
        desk.show(heading)
        for one in group:
            for line in _entry(desk, one, says):
                desk.show(line)


def _groups(desk: Desk, notes: Iterable[Shown], says: Phrases) -> Iterator[tuple[str, list[Shown]]]:
    """Notes about the same stand together, where the first of them stands."""
    known = [(_heading(desk, one, says), one) for one in notes]
    order = list(dict.fromkeys(heading for heading, _ in known))
    known.sort(key=lambda pair: order.index(pair[0]))
    for heading, group in groupby(known, key=lambda pair: pair[0]):
        yield heading, [one for _, one in group]


def _heading(desk: Desk, one: Shown, says: Phrases) -> str:
    if one.what in ("answer", "item"):
        return says.say("note-on", quote=one.quote)
    if one.what == "session":
        return says.say("note-on-session", day=says.day(one.day, _today(desk)))
    return says.say(f"note-on-{one.what}")


def _entry(desk: Desk, one: Shown, says: Phrases) -> Iterator[str]:
    from reflect.sharing.layout import wrapped

    margin = " " * MARGIN
    yield from wrapped(
        words_of(one, says), desk.columns, first=f"{one.known.number:4}  ", rest=margin
    )
    about = " · ".join(_about(desk, one, says))
    yield from wrapped(about, desk.columns, first=margin, rest=margin) if about else ()


def words_of(one: Shown, says: Phrases) -> str:
    """The words of a note, or that it has none."""
    if one.known.note.withdrawn:
        return says.say("note-withdrawn")
    return one.known.note.text.strip() or says.say("note-no-words")


def _about(desk: Desk, one: Shown, says: Phrases) -> Iterator[str]:
    """Who, when, what it does, whose and by when, and what became of it."""
    note = one.known.note
    yield one.known.by
    yield says.day(note.day, _today(desk))
    if note.kind != "note":
        yield says.say(f"note-kind-{note.kind.replace(' ', '-')}")
    if note.kind == "action":
        yield says.say(f"note-owner-{note.owner}")
    yield from _due(desk, one, says)
    if one.state:
        yield says.say(f"note-{one.state}")


def _due(desk: Desk, one: Shown, says: Phrases) -> Iterator[str]:
    note = one.known.note
    if note.due:
        yield says.say("note-due", day=says.day(note.due, _today(desk)))
    elif note.due_words:
        yield " ".join(note.due_words.split())


def _today(desk: Desk) -> str:
    return desk.app.now().date().isoformat()


def record(one: Shown) -> dict[str, object]:
    """A note as JSON holds it."""
    note = one.known.note
    return {
        "number": one.known.number,
        "id": note.id,
        "revision": note.revision,
        "kind": note.kind,
        "by": one.known.by,
        "day": note.day,
        "text": note.text,
        "about": one.what,
        "quote": one.quote,
        "item": one.item,
        "due": note.due,
        "due_words": note.due_words,
        "owner": note.owner,
        "withdrawn": note.withdrawn,
        "state": one.state,
        "became": one.known.settled.item if one.known.settled else "",
        "unread": one.unread,
    }
