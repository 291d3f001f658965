"""What one person would show the other, gathered into one model: everything a shared file is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.carried import Carried, carried
from reflect.application.item_history import Became, history
from reflect.application.openness import Openness
from reflect.dialogue.keys import MOVE, PROMISE
from reflect.errors import ReflectError
from reflect.events import Event, Ref, StageMoved
from reflect.mentorship.item import CLOSED, STATES, decoded
from reflect.mentorship.standing import standing
from reflect.sharing.aliases import Aliases
from reflect.sharing.closure import Place, Sitting, place_of, source_of
from reflect.sharing.log import aliases, received, sent, settled
from reflect.sharing.shared import (
    Shared,
    SharedItem,
    SharedLine,
    SharedSession,
    SharedStage,
    SharedTaking,
)
from reflect.sharing.telling import shared_session, whole

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.transcripts.store import Store

_LINES = ("milestone", "progress", "text", "state", "due")


class Gathered(NamedTuple):
    """What is shown, and the ids of the sessions and items that are in it."""

    shared: Shared
    sessions: tuple[str, ...]
    items: tuple[str, ...]


def gathered(
    app: Application,
    relation: Relation,
    sessions: Sequence[str],
    *,
    to: str,
    openness: Openness | None = None,
    some_private: bool = False,
    agreed: str = "",
) -> Gathered:
    """What leaves of `sessions` (ids of completed ones) for the person called `to`, as things stand now.

    Sharing must have begun. Raises `StoreError`, and `PackError` when a session's script is gone.
    """
    gathering = _Gathering(app, relation, sessions, to, openness)
    items = gathering.items()
    return Gathered(
        gathering.shared(items, some_private=some_private, agreed=agreed),
        tuple(sitting.id for sitting in gathering.sittings),
        tuple(item.id for item in items),
    )


class _Gathering:
    """One gathering: the sessions that were chosen, and what was sent before."""

    def __init__(
        self,
        app: Application,
        relation: Relation,
        sessions: Sequence[str],
        to: str,
        openness: Openness | None,
    ) -> None:
        self._store: Store = app.reading_store
        self._relation = relation
        self._today = app.now().date().isoformat()
        self._openness = openness or Openness(self._store, relation.id)
        self._journey = standing(self._store.events(relation.id))
        self._names: Aliases = aliases(self._journey)[0]
        self._before = sent(self._journey, to)
        self.sittings = [self._openness.sitting(one) for one in sorted(set(sessions))]
        self._told: frozenset[Place] = frozenset(
            (one.id, key) for one in self.sittings for key in whole(one)
        )

    def shared(self, items: Sequence[Carried], *, some_private: bool, agreed: str) -> Shared:
        stages = tuple(self._stages())
        # What a promise's check repeats stands in the file as the item itself.
        texts = frozenset(self._text_of(item) for item in items)
        return Shared(
            mentee=self._relation.mentee,
            mentor=self._relation.mentor,
            role=self._relation.role,
            language=self._relation.language,
            day=self._today,
            state=stages[-1].state if stages else "rapport",
            since=self._before[-1].at[:10] if self._before else None,
            meeting=(self._relation.meeting_from(self._today) or "")[:10] or None,
            stages=stages,
            sessions=tuple(self._sessions(texts)),
            items=tuple(self._item(item, items) for item in items),
            takings=tuple(self._takings()),
            read=tuple(sorted(received(self._journey))),
            some_private=some_private,
            agreed=agreed,
        )

    def _sessions(self, texts: frozenset[Ref]) -> Iterator[SharedSession]:
        def may_quote(ref: Ref) -> bool:
            return ref in texts or self._source(ref) in self._told

        for sitting in self.sittings:
            yield shared_session(sitting, self._names, may_quote)

    def _source(self, ref: Ref) -> Place | None:
        """The answer in this file that the words at `ref` are from."""
        sitting = next((one for one in self.sittings if one.id == ref.session), None)
        return source_of(ref, sitting) if sitting else None

    # --- items -----------------------------------------------------------------------

    def items(self) -> list[Carried]:
        """What carries on and may leave, oldest first."""
        known = {session for file in self._before for session in file.sessions}
        known |= {sitting.id for sitting in self.sittings}
        found = [
            item
            for kind in STATES
            for item in carried(self._store, self._relation.id, kind, closed=True)
            if item.text and (not item.session or item.session in known)
        ]
        return sorted(
            (one for one in found if self._is_news(one) and self._may_leave(one)),
            key=lambda one: one.id,
        )

    def _is_news(self, item: Carried) -> bool:
        """Whether it is open, new, or was closed since the file before."""
        if item.open or item.session in {sitting.id for sitting in self.sittings}:
            return True
        since = self._before[-1].at if self._before else ""
        closings = [
            one.at
            for one in history(self._store, self._relation.id, item.id)
            if one.field == "state" and one.value in CLOSED
        ]
        return bool(closings) and closings[-1] > since

    def _may_leave(self, item: Carried) -> bool:
        """Whether the answer it was made from, and all that was said about it since, is open."""
        places = [place_of(item.id)]
        places += [(session, PROMISE + item.id) for session in self._checked_in(item.id)]
        return item.share != "no" and all(self._openness.at(one) == "yes" for one in places)

    def _checked_in(self, item: str) -> list[str]:
        rows = self._store.rows("SELECT session FROM m_checks WHERE item = ?", (item,))
        return [str(session) for (session,) in rows]

    def _text_of(self, item: Carried) -> Ref:
        rows = self._store.rows("SELECT settled FROM m_items WHERE id = ?", (item.id,))
        return decoded(rows[0][0]).text

    def _item(self, item: Carried, among: Sequence[Carried]) -> SharedItem:
        goals = {one.id for one in among if one.kind == "goal"}
        shown = {sitting.id for sitting in self.sittings}
        taken = {one.item: one.note for one in settled(self._journey) if one.how == "accepted"}
        return SharedItem(
            id=self._names.of(item.id),
            kind=item.kind,
            text=item.text,
            day=item.day,
            state=item.state,
            open=item.open,
            owner=item.owner,
            due=item.due,
            due_words=item.due_words,
            instead=item.instead,
            goal=self._names.of(item.goal) if item.goal in goals else "",
            kind_of=item.kind_of,
            note=taken.get(item.id, ""),
            session=self._names.of(item.session) if item.session in shown else "",
            lines=tuple(self._lines(item)),
        )

    def _lines(self, item: Carried) -> Iterator[SharedLine]:
        became = history(self._store, self._relation.id, item.id)
        for one in became[1:]:
            line = _line(one)
            if line is not None:
                yield line

    def _takings(self) -> Iterator[SharedTaking]:
        for one in settled(self._journey):
            item = self._names.of(one.item) if one.item else ""
            yield SharedTaking(one.note, one.revision, one.how, item)

    # --- where it stands -----------------------------------------------------------

    def _stages(self) -> Iterator[SharedStage]:
        """Since when the mentorship was where; what an answer moved counts only if that may leave."""
        began = next(event for event in self._journey)
        yield SharedStage(_day(began), "rapport")
        for event in self._journey:
            if isinstance(event, StageMoved) and (not event.session or self._shows(event)):
                yield SharedStage(event.at[:10], event.state)

    def _shows(self, event: StageMoved) -> bool:
        """Whether the answer that moved the mentorship may be seen."""
        try:
            sitting = self._openness.sitting(event.session)
        except ReflectError:
            return False
        said = [one for one in sitting.entries if one.value is True and _moves(sitting, one.key)]
        return bool(said) and (
            said[-1].key.startswith(MOVE) or sitting.open.get(said[-1].key) == "yes"
        )


def _moves(sitting: Sitting, key: str) -> bool:
    question = next((slot.question for slot in sitting.dialogue.visible if slot.key == key), None)
    return key.startswith(MOVE) or bool(question and question.moves_to)


def _line(one: Became) -> SharedLine | None:
    if one.field not in _LINES or not one.value:
        return None
    text = one.before if one.field == "text" else one.value
    return SharedLine(one.at[:10], one.field, text) if text else None  # type: ignore[arg-type]


def _day(event: Event) -> str:
    return str(getattr(event, "at", ""))[:10]
