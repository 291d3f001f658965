"""What an export of several sessions holds besides them: what is still open, and the next meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reflect.application.carried import Carried, carried
from reflect.application.mentorships import relations
from reflect.application.reading import Reading, read_session
from reflect.errors import ReflectError
from reflect.sharing.document import Collection, OpenAction, collection, open_actions, transcript

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.transcripts.store import Store

_OPEN = (
    "SELECT id, session FROM m_items WHERE mentorship = ?1 AND kind = 'action' AND open = 1"
    " AND session <> ?1"
)
"""Open actions that a session made, not the journey itself."""


class Collected(NamedTuple):
    """The document, and what went wrong with sessions that are read for their open actions only."""

    document: Collection
    faults: tuple[ReflectError, ...]


def collected(app: Application, readings: Iterable[Reading]) -> Collected:
    """`readings` with where the mentorship stands, as the projection says. Raises `StoreError`."""
    read = {reading.row.id: reading for reading in readings}
    transcripts = [transcript(one.dialogue, one.row, one.loose) for one in read.values()]
    own = {reading.row.mentorship for reading in read.values()}
    concerned = [one for one in relations(app) if one.id in own]
    today = app.now().date().isoformat()
    actions: list[OpenAction] = []
    faults: list[ReflectError] = []
    for relation in concerned:
        found, trouble = _open_actions(app.reading_store, relation.id, read)
        actions.extend(found)
        faults.extend(trouble)
    meetings = sorted(day for one in concerned if (day := one.meeting_from(today)))
    check_in = meetings[0][:10] if meetings else None
    return Collected(collection(transcripts, actions, check_in), tuple(faults))


def _open_actions(
    store: Store, mentorship: str, read: Mapping[str, Reading]
) -> tuple[tuple[OpenAction, ...], tuple[ReflectError, ...]]:
    """Every action of `mentorship` that is open, from the sessions that made them; some are `read` already."""
    rows = store.rows(_OPEN, (mentorship,))
    wanted = {str(item) for item, _ in rows}
    found: list[OpenAction] = []
    faults: list[ReflectError] = []
    for session in sorted({str(session) for _, session in rows}):
        try:
            reading = read.get(session) or read_session(store, store.session(session))
        except ReflectError as error:
            faults.append(error)
        else:
            found.extend(open_actions(reading.dialogue, session, wanted))
    now = {one.id: one for one in carried(store, mentorship, "action")}
    noted = [_noted(one) for one in now.values() if not one.session]
    return (*(_as_it_stands(action, now[action.id]) for action in found), *noted), tuple(faults)


def _noted(one: Carried) -> OpenAction:
    """An action that was noted by hand."""
    return OpenAction(
        id=one.id,
        kind=one.kind,
        text=one.text,
        day=one.day,
        due=one.due,
        due_words=one.due_words,
        owner=one.owner,
        instead=one.instead,
        share=one.share,
    )


def _as_it_stands(action: OpenAction, now: Carried) -> OpenAction:
    """`action` with what has become of it since it was said."""
    return msgspec.structs.replace(
        action,
        text=now.text,
        due=now.due,
        due_words=now.due_words,
        owner=now.owner,
        instead=now.instead,
    )
