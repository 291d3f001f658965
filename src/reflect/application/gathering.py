"""What one person would show the other, gathered into one model: everything a shared file is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.carried import Carried
from reflect.application.item_history import Became, history
from reflect.application.leaving import Leaving
from reflect.application.moves_shown import moves_shown
from reflect.application.openness import Openness
from reflect.events import BundleShared, Event, ItemNoted, Ref
from reflect.mentorship.item import decoded
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
    """What is shown, and the ids of the sessions and items that are in it.

    `places` gives for every name of an answer or an item in it the answer that stands behind it.
    """

    shared: Shared
    sessions: tuple[str, ...]
    items: tuple[str, ...]
    places: Mapping[str, Place]


def gathered(
    app: Application,
    relation: Relation,
    sessions: Sequence[str],
    *,
    to: str,
    openness: Openness | None = None,
    names: Aliases | None = None,
    some_private: bool = False,
    agreed: str = "",
    replaces: str = "",
    only_news: bool = False,
) -> Gathered:
    """What leaves of `sessions` (ids of completed ones) for the person called `to`, as things stand now.

    `names` makes the names in it, where sharing has not begun yet; the file `replaces` counts as
    never sent; with `only_news` an open item is left out when nothing became of it since the last file.
    Raises `StoreError`, and `PackError` when a session's script is gone.
    """
    journey = standing(app.reading_store.events(relation.id))
    before = tuple(one for one in sent(journey, to) if one.share != replaces)
    openness = openness or Openness(app.reading_store, relation.id)
    sittings = [openness.sitting(one) for one in sorted(set(sessions))]
    leaving = Leaving(app, relation, openness, [one.id for one in sittings], before)
    items = leaving.items(only_news=only_news)
    names = names or aliases(journey)[0]
    gathering = _Gathering(app, relation, journey, sittings, before, names, leaving, openness)
    return Gathered(
        gathering.shared(items, some_private=some_private, agreed=agreed),
        tuple(sitting.id for sitting in sittings),
        tuple(item.id for item in items),
        gathering.places(items),
    )


class _Gathering:
    """One gathering: the sessions that were chosen, and what was sent before."""

    def __init__(
        self,
        app: Application,
        relation: Relation,
        journey: Sequence[Event],
        sittings: Sequence[Sitting],
        before: Sequence[BundleShared],
        names: Aliases,
        leaving: Leaving,
        openness: Openness,
    ) -> None:
        self._store: Store = app.reading_store
        self._relation = relation
        self._today = app.now().date().isoformat()
        self._journey = journey
        self._names = names
        self._before = before
        self._leaving = leaving
        self._openness = openness
        self._sittings = sittings
        self._told: frozenset[Place] = frozenset(
            (one.id, key) for one in sittings for key in whole(one)
        )

    def places(self, items: Sequence[Carried]) -> dict[str, Place]:
        """The answer behind each name of an answer or an item."""
        found = {
            self._names.of(one.id, entry.key): (one.id, entry.key)
            for one in self._sittings
            for entry in one.entries
        }
        return found | {self._names.of(item.id): place_of(item.id) for item in items}

    def shared(self, items: Sequence[Carried], *, some_private: bool, agreed: str) -> Shared:
        moves = moves_shown(self._journey, self._openness)
        stages = tuple(SharedStage(day, state) for day, state in moves)
        # What a promise's check repeats stands in the file as the item itself.
        texts = frozenset(self._text_of(item) for item in items)
        return Shared(
            mentee=self._relation.mentee,
            mentor=self._relation.mentor,
            role=self._relation.role,
            language=self._relation.language,
            day=self._today,
            state=stages[-1].state,
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
        # What was written back may be said back to whoever wrote it.
        notes = {note.text for one in self._sittings for note in one.dialogue.started.notes}

        def may_quote(ref: Ref) -> bool:
            return ref in texts or ref in notes or self._source(ref) in self._told

        for sitting in self._sittings:
            yield shared_session(sitting, self._names, may_quote)

    def _source(self, ref: Ref) -> Place | None:
        """The answer in this file that the words at `ref` are from."""
        sitting = next((one for one in self._sittings if one.id == ref.session), None)
        return source_of(ref, sitting) if sitting else None

    # --- items -----------------------------------------------------------------------

    def _text_of(self, item: Carried) -> Ref:
        rows = self._store.rows("SELECT settled FROM m_items WHERE id = ?", (item.id,))
        return decoded(rows[0][0]).text

    def _item(self, item: Carried, among: Sequence[Carried]) -> SharedItem:
        goals = {one.id for one in among if one.kind == "goal"}
        shown = {sitting.id for sitting in self._sittings}
        made = {(one.at, one.item) for one in self._journey if isinstance(one, ItemNoted)}
        taken = {one.item: one.note for one in settled(self._journey) if (one.at, one.item) in made}
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
            goal=self._names.of(goal) if (goal := self._leaving.goal(item)) in goals else "",
            kind_of=item.kind_of if item.kind == "goal" else "",
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


def _line(one: Became) -> SharedLine | None:
    if one.field not in _LINES or not one.value:
        return None
    text = one.before if one.field == "text" else one.value
    return SharedLine(one.at[:10], one.field, text) if text else None  # type: ignore[arg-type]
