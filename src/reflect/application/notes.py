"""The notes that were written back, each with what it is beside and what became of it, as they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from reflect.application.beside import Surroundings
from reflect.application.taking import State, can_be_taken, state_of
from reflect.events import Private
from reflect.mentorship.notes import KnownNote, known_notes, newest_first

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.script import Keep
    from reflect.transcripts.store import Store

What = Literal["whole", "answer", "item", "session", "gone"]


class Shown(Private, frozen=True, omit_defaults=False):
    """A note: `quote` is the beginning of the mentee's words that it is beside, `day` that of a session.

    `item` is the id of the item that it is about ("" for none) and `kind_of_item` its kind; `takeable` says that a yes
    would do something; `unread` that no session has opened with it yet.
    """

    known: KnownNote
    what: What
    quote: str
    day: str
    item: str
    kind_of_item: Keep | None
    state: State
    takeable: bool
    unread: bool


def shown(app: Application, relation: Relation, notes: Iterable[KnownNote]) -> tuple[Shown, ...]:
    """Each of `notes` as it is shown. Raises `StoreError`."""
    store = app.reading_store
    around = Surroundings(store, relation.id)
    new = _unread(store, relation.id)
    return tuple(_shown(store, one, around, new) for one in notes)


def kept(app: Application, relation: Relation) -> tuple[KnownNote, ...]:
    """Every note, those that were taken back among them, the newest first."""
    events = app.reading_store.events(relation.id, damaged="skip")[0]
    return tuple(newest_first(known_notes(relation.id, events)))


def _unread(store: Store, mentorship: str) -> frozenset[str]:
    rows = store.rows("SELECT note FROM m_notes WHERE mentorship = ? AND opened = 0", (mentorship,))
    return frozenset(str(note) for (note,) in rows)


def _shown(store: Store, one: KnownNote, around: Surroundings, new: frozenset[str]) -> Shown:
    beside = around.find(one.note.about, one.note.share)
    what: What = "whole" if not one.note.about else "gone"
    kind: Keep | None = None
    if beside is not None:
        what = "session" if beside.words is None else "item" if beside.item else "answer"
        kind = _kind(store, beside.item)
    return Shown(
        known=one,
        what=what,
        quote=around.quote(beside) if beside else "",
        day=store.session(beside.session).day if beside and beside.words is None else "",
        item=beside.item if beside else "",
        kind_of_item=kind,
        state=state_of(one),
        takeable=one.waits and can_be_taken(store, one, beside),
        unread=one.note.id in new,
    )


def _kind(store: Store, item: str) -> Keep | None:
    rows = store.rows("SELECT kind FROM m_items WHERE id = ?", (item,)) if item else []
    return rows[0][0] if rows else None
