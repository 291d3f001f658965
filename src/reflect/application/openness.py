"""How open the answers of a mentorship are today: every session as it stands, each read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.application.stored import past_of, session_events, sound_events, stored_script
from reflect.dialogue.keys import base_key
from reflect.errors import ReflectError
from reflect.events import Answered, ItemNoted, Ref
from reflect.mentorship.item import NOTED
from reflect.mentorship.standing import standing
from reflect.script import Share
from reflect.sharing.closure import Decisions, Place, Sitting, decisions

if TYPE_CHECKING:
    from reflect.transcripts.store import Store


class Openness:
    """The sessions of one mentorship, looked at for what of them may leave.

    What cannot be read, because it is damaged or gone, is private.
    """

    def __init__(self, store: Store, mentorship: str) -> None:
        self._store = store
        self._mentorship = mentorship
        self._journey = standing(store.events(mentorship, damaged="skip")[0])
        self._sittings: dict[str, Sitting | None] = {}
        self.decided: Decisions = decisions(self._journey)

    def __repr__(self) -> str:
        return f"<Openness {self._mentorship}>"

    def sitting(self, session: str) -> Sitting:
        """The session called `session`. Raises `ReflectError` when it is damaged or gone."""
        found = self._sittings.get(session)
        if found is None:
            found = self._sittings[session] = self._read(session)
        return found

    def at(self, place: Place) -> Share:
        """How open the answer at `place` is; what was noted by hand is as open as it was noted."""
        session, key = place
        if key == NOTED:
            return self._noted(f"{session}:{key}")
        try:
            return self.sitting(session).open.get(key, "no")
        except ReflectError:
            return "no"

    def of(self, ref: Ref) -> Share:
        """How open the answer is that `ref` points into."""
        found, _ = sound_events(self._store, ref.session)
        event = found.get(ref.seq)
        return self.at((ref.session, base_key(event.key))) if isinstance(event, Answered) else "no"

    def _noted(self, item: str) -> Share:
        noted = (one for one in self._journey if isinstance(one, ItemNoted) and one.item == item)
        return next((one.share for one in noted), "no")

    def _read(self, session: str) -> Sitting:
        events = session_events(self._store, session)
        script, past = stored_script(self._store, events[0]), past_of(self._store, events[0])
        return Sitting(session, script, events, past, self, self.decided)
