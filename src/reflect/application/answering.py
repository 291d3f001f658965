"""Questions that the mentor has answered: they are answered at once, as far as the answers stand.

What follows is worked out from all notes that are here, so it does not matter in which order they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reflect.application.beside import Surroundings
from reflect.events import Event, ItemChanged, NoteSettled, NotesReceived, Undone
from reflect.mentorship.item import decoded
from reflect.mentorship.notes import KnownNote, known_notes
from reflect.mentorship.standing import Place, in_place

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import JourneyEvent
    from reflect.mentorship.relation import Relation
    from reflect.transcripts.store import Store

ANSWERED = "answered"


def follows(
    app: Application, relation: Relation, events: Sequence[Event], at: str
) -> list[JourneyEvent]:
    """What the notes among `events`, the whole journey, make of questions that the record does not say yet.

    An answer that was taken back, or now is something else, takes back with it what it had made.
    """
    notes = known_notes(relation.id, events)
    around = Surroundings(app.store, relation.id, events)
    return [*_taken_back(notes, events, at), *_answered(app.store, notes, around, events, at)]


def _answered(
    store: Store,
    notes: Iterable[KnownNote],
    around: Surroundings,
    events: Sequence[Event],
    at: str,
) -> list[JourneyEvent]:
    # What the mentee has taken back by hand is not done to them a second time.
    once = {(one.note, one.revision) for one in events if isinstance(one, NoteSettled)}
    found: list[JourneyEvent] = []
    for one in notes:
        done = one.settled is not None or (one.note.id, one.note.revision) in once
        if done or not _is_answer(one):
            continue
        beside = around.find(one.note.about, one.note.share)
        state = _state_of_question(store, beside.item) if beside else ""
        if beside is None or not state:
            continue
        found.append(NoteSettled(at, one.note.id, one.note.revision, "accepted", beside.item))
        if state != ANSWERED:
            found.append(ItemChanged(at, beside.item, "state", ANSWERED))
    return found


def _taken_back(notes: Sequence[KnownNote], events: Sequence[Event], at: str) -> list[JourneyEvent]:
    """The undoing of what answers made that no longer stand."""
    places = in_place(events)
    answering = {one.settled.item for one in notes if one.settled and _is_answer(one)}
    gone: list[int] = []
    for one in notes:
        settled = one.settled
        if settled is None or _is_answer(one) or not _was_answer(one.note.id, places):
            continue
        gone += [seq for seq, event in places if event == settled]
        if settled.item not in answering:
            gone += _changes(settled.item, events, places)
    return [Undone(at, seq) for seq in dict.fromkeys(gone)]


def _changes(item: str, events: Sequence[Event], places: Sequence[Place]) -> list[int]:
    """Where answers made the question `item` answered."""
    times = {one.at for one in events if isinstance(one, NoteSettled) and one.item == item}
    return [
        seq
        for seq, event in places
        if isinstance(event, ItemChanged)
        and (event.item, event.field, event.value) == (item, "state", ANSWERED)
        and event.at in times
    ]


def _is_answer(one: KnownNote) -> bool:
    return one.note.kind == "answer" and not one.note.withdrawn and bool(one.note.text.strip())


def _was_answer(note: str, places: Iterable[Place]) -> bool:
    return any(
        each.id == note and each.kind == "answer"
        for _, event in places
        if isinstance(event, NotesReceived)
        for each in event.notes
    )


def _state_of_question(store: Store, item: str) -> str:
    """The state of `item` when it is a question; else ""."""
    rows = store.rows("SELECT settled FROM m_items WHERE id = ?", (item,))
    found = decoded(rows[0][0]) if rows else None
    return found.state if found is not None and found.kind == "question" else ""


def answers(store: Store, mentorship: str) -> Mapping[str, tuple[KnownNote, ...]]:
    """What was answered to questions, by the question's item, oldest first."""
    found: dict[str, tuple[KnownNote, ...]] = {}
    for one in known_notes(mentorship, store.events(mentorship, damaged="skip")[0]):
        item = one.settled.item if one.settled is not None else ""
        if item and _is_answer(one):
            found[item] = (*found.get(item, ()), one)
    return found
