"""Which items of a mentorship may leave, and which of them are news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.application.carried import Carried, carried
from reflect.dialogue.keys import PROMISE
from reflect.events import BundleShared, Event, Expectation, ItemChanged, ItemNoted
from reflect.mentorship.item import STATES
from reflect.mentorship.settling import WORDS
from reflect.mentorship.standing import in_place
from reflect.sharing.closure import place_of

if TYPE_CHECKING:
    from reflect.application.openness import Openness
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation


class Leaving:
    """The items that go with `sessions` to somebody who has had the files `before`."""

    def __init__(
        self,
        app: Application,
        relation: Relation,
        openness: Openness,
        sessions: Sequence[str],
        before: Sequence[BundleShared],
    ) -> None:
        self._app = app
        self._store = app.reading_store
        self._relation = relation
        self._openness = openness
        self._sessions = frozenset(sessions)
        self._known = self._sessions.union(*(file.sessions for file in before))
        self._sent = frozenset[str]().union(*(file.items for file in before))
        self._journey = in_place(self._store.events(relation.id))
        self._since = _place_of_the_last(before, self._journey)

    def items(self, *, only_news: bool) -> list[Carried]:
        """What carries on and may leave, oldest first; closed ones only when they closed since."""
        found = [
            item
            for kind in STATES
            for item in carried(self._store, self._relation.id, kind, closed=True)
            if item.text and (not item.session or item.session in self._known)
        ]
        return sorted(
            (
                item
                for item in found
                if (self._is_news(item) or (item.open and not only_news)) and self._may_leave(item)
            ),
            key=lambda item: item.id,
        )

    def goal(self, item: Carried) -> str:
        """The goal that `item` serves, where nobody can tell from it how many there are."""
        by_hand = any(event.field == "goal" for event in self._changes(item))
        if by_hand or not item.session:
            return item.goal
        return item.goal if self._openness.holding("goal", item.session) == "yes" else ""

    # --- news --------------------------------------------------------------------------

    def _is_news(self, item: Carried) -> bool:
        """Whether the person has not had it yet, or something became of it since the last file."""
        if item.id not in self._sent and (item.open or self._since < 0):
            return True
        checked = {session for session, _ in self._checks(item)}
        said = item.session in self._sessions or bool(checked & self._sessions)
        later = (place for place, event in self._journey if _is_about(event, item.id))
        return said or any(place > self._since for place in later)

    # --- what may leave ----------------------------------------------------------------

    def _may_leave(self, item: Carried) -> bool:
        """Whether the answer it was made from, and all that was said about it since, may leave."""
        if self._openness.at(place_of(item.id)) != "yes":
            return False
        return self._checks_may_leave(item) and not self._is_about_danger(item)

    def _checks_may_leave(self, item: Carried) -> bool:
        """Whether every check on it is in this file or was in one before; an abandoned session never is."""
        return all(
            (session in self._known or how != "completed")
            and self._openness.at((session, PROMISE + item.id)) == "yes"
            for session, how in self._checks(item)
        )

    def _is_about_danger(self, item: Carried) -> bool:
        """Whether words that were put in by hand speak of the writer's own life."""
        words = (event.value for event in self._changes(item) if event.field in WORDS)
        return any(speaks_of_danger(self._app, self._relation.language, one) for one in words)

    def _checks(self, item: Carried) -> list[tuple[str, str]]:
        """The sessions that asked about it, and how each ended."""
        query = (
            "SELECT c.session, s.how FROM m_checks c JOIN m_sessions s ON s.session = c.session"
            " WHERE c.item = ?"
        )
        return [(str(session), str(how)) for session, how in self._store.rows(query, (item.id,))]

    def _changes(self, item: Carried) -> list[ItemChanged]:
        return [
            event
            for _, event in self._journey
            if isinstance(event, ItemChanged) and event.item == item.id
        ]


def speaks_of_danger(app: Application, language: str, text: str) -> bool:
    """Whether `text` speaks of the writer's own life: that never leaves."""
    if not text.strip():
        return False
    heard = app.ear(language).hear(text, Expectation(), app.now())
    return heard.parts.weight == "danger"


def _is_about(event: Event, item: str) -> bool:
    return isinstance(event, ItemChanged | ItemNoted) and event.item == item


def _place_of_the_last(before: Sequence[BundleShared], journey: Sequence[tuple[int, Event]]) -> int:
    """Where in the journey the last of the files stands; -1 when there is none."""
    shares = {file.share for file in before}
    places = (
        seq for seq, event in journey if isinstance(event, BundleShared) and event.share in shares
    )
    return max(places, default=-1)
