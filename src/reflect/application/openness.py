"""How open the answers of a mentorship are today: every session as it stands, each read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reflect.application.stored import past_of, session_events, sound_events, stored_script
from reflect.dialogue.keys import PROMISE, base_key
from reflect.dialogue.shares import JOURNEY, least
from reflect.errors import ReflectError
from reflect.events import Answered, ItemChanged, ItemNoted, Ref, SessionEvent, SessionStarted
from reflect.mentorship.item import NOTED, session_of
from reflect.mentorship.standing import standing
from reflect.script import Keep, Script, Share
from reflect.sharing.closure import (
    Decision,
    Decisions,
    Place,
    Sitting,
    decisions,
    names_before,
    place_of,
)

if TYPE_CHECKING:
    from reflect.transcripts.store import Store

_FROM_CHECKS = ("action", "win", "lesson", "question")
"""Kinds of items that a check on a promise makes or closes."""


class Openness:
    """The sessions of one mentorship, looked at for what of them may leave.

    `pending` are decisions that are made but not stored yet. What cannot be read, because it
    is damaged or gone, is private.
    """

    def __init__(
        self, store: Store, mentorship: str, pending: Mapping[Place, Decision] | None = None
    ) -> None:
        self._store = store
        self._mentorship = mentorship
        self._journey = standing(store.events(mentorship, damaged="skip")[0])
        self._sittings: dict[str, Sitting | ReflectError] = {}
        self._packs: dict[str, str] | None = None
        self.decided: Decisions = {**decisions(self._journey), **(pending or {})}

    def __repr__(self) -> str:
        return f"<Openness {self._mentorship}>"

    def sitting(self, session: str) -> Sitting:
        """The session called `session`. Raises `ReflectError` when it is damaged or gone."""
        if session not in self._sittings:
            self._read_with_earlier(session)
        found = self._sittings[session]
        if isinstance(found, ReflectError):
            raise found
        return found

    def at(self, place: Place) -> Share:
        """How open the answer at `place` is; what was noted by hand is as open as it was noted."""
        session, key = place
        if key == NOTED:
            return self._noted(place)
        try:
            return self.sitting(session).open.get(key, "no")
        except ReflectError:
            return "no"

    def _noted(self, place: Place) -> Share:
        if place in self.decided:
            return self.decided[place].share
        item = ":".join(place)
        notes = (one for one in self._journey if isinstance(one, ItemNoted) and one.item == item)
        found = next(notes, None)
        # What speaks of the mentee's own life stays with them.
        return found.share if found is not None and found.parts.weight != "danger" else "no"

    def of(self, ref: Ref) -> Share:
        """How open the answer is that `ref` points into."""
        found, _ = sound_events(self._store, ref.session)
        event = found.get(ref.seq)
        if isinstance(event, ItemNoted | ItemChanged):
            return self.at(place_of(event.item))
        return self.at((ref.session, base_key(event.key))) if isinstance(event, Answered) else "no"

    # --- what a session took over from those before it ---

    def promised(self, item: str, session: str) -> Share:
        """That the promise `item` was still open when `session` began: its answer, and every check since."""
        before = (one for one in self.checked_in(item) if one < session)
        return least(self.at(place_of(item)), *(self.at((one, PROMISE + item)) for one in before))

    def checked_in(self, item: str) -> tuple[str, ...]:
        """The sessions that asked about the promise `item`, oldest first."""
        query = "SELECT session FROM m_checks WHERE item = ? ORDER BY session"
        return tuple(str(one) for (one,) in self._store.rows(query, (item,)))

    def last(self, names: tuple[str, ...], session: str) -> Share:
        """What `session` knows as last time's answer to the question of these names, or that there was none.

        That a session in between did not ask counts too: it says something.
        """
        found: list[Share] = ["yes"]
        for one in reversed(self._before(session)):
            try:
                sitting = self.sitting(one)
            except ReflectError:
                return "no"
            found += [sitting.at(name) for name in names]
            if any(name in sitting.open for name in names):
                break
        return least(*found)

    def holding(self, kind: Keep, session: str) -> Share:
        """How many items of that kind the journey held when `session` began."""
        noted = (one for one in self._journey if isinstance(one, ItemNoted) and one.kind == kind)
        if any(self.at(place_of(one.item)) != "yes" for one in noted):
            return "no"
        hidden = (self._hides(one, kind) for one in self._before(session, any_pack=True))
        return "no" if any(hidden) else "yes"

    def _hides(self, session: str, kind: Keep) -> bool:
        try:
            sitting = self.sitting(session)
        except ReflectError:
            return True
        checks = (share for key, share in sitting.open.items() if key.startswith(PROMISE))
        by_a_check = kind in _FROM_CHECKS and any(share != "yes" for share in checks)
        return by_a_check or sitting.hides(kind)

    def _before(self, session: str, *, any_pack: bool = False) -> list[str]:
        """The ended sessions before `session`, of its pack or of any, oldest first."""
        if self._packs is None:
            query = "SELECT session, pack FROM m_sessions WHERE mentorship = ? ORDER BY session"
            rows = self._store.rows(query, (self._mentorship,))
            self._packs = {str(one): str(pack) for one, pack in rows}
        own = self._packs.get(session)
        return [
            one for one, pack in self._packs.items() if one < session and (any_pack or pack == own)
        ]

    # --- reading ---

    def _read_with_earlier(self, session: str) -> None:
        """Read `session` after those that it depends on: they may be a long chain."""
        waiting = [session]
        while waiting:
            one = waiting[-1]
            try:
                events = session_events(self._store, one)
                script = stored_script(self._store, events[0])
                missing = [
                    dep for dep in self._needed(one, events[0], script) if dep not in self._sittings
                ]
                if missing and one not in missing:
                    waiting += missing
                    continue
                self._sittings[one] = self._made(one, script, events)
            except ReflectError as error:
                self._sittings[one] = error
            waiting.pop()

    def _needed(self, session: str, started: SessionEvent, script: Script) -> Iterator[str]:
        """The earlier sessions that decide how open this one is."""
        if not isinstance(started, SessionStarted):
            return
        for promise in started.promises:
            yield from (one for one in (session_of(promise.item),) if one)
            yield from (one for one in self.checked_in(promise.item) if one < session)
        yield from (note.beside.session for note in started.notes if note.beside)
        names = names_before(script, started.stage)
        if any(name.startswith(JOURNEY) for name in names):
            yield from self._before(session, any_pack=True)
        elif names:
            yield from self._before(session)

    def _made(self, session: str, script: Script, events: list[SessionEvent]) -> Sitting:
        past = past_of(self._store, events[0])
        sitting = Sitting(session, script, events, past, self, self.decided)
        # Worked out now, while everything that it depends on is.
        _ = sitting.open
        return sitting
