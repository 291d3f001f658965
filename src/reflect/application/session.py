"""A session that is under way: what is typed is heard, stored durably, and only then applied.

The driver (a terminal, a pipe, a page) shows `turn`, and calls one method for
what its user does. Each returns None, or a `Refused` to show; each raises a
`StoreError` when the event could not be stored, and then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from reflect.dialogue.machine import Dialogue, ShareChoice
from reflect.dialogue.turn import Turn
from reflect.errors import ReflectError
from reflect.events import Expectation, Refused, SessionEvent, StageMoved
from reflect.mentorship.relation import relation
from reflect.mentorship.stages import moved_because, moved_to
from reflect.script import Lifecycle
from reflect.text import clean_input
from reflect.transcripts.values import Lease, Stream

if TYPE_CHECKING:
    from reflect.application.hearing import LateEar
    from reflect.application.telling import Teller
    from reflect.transcripts.store import Store

MOST_TEXT = 1 << 20
"""Bytes of one answer at most."""


class Session:
    """One sitting: a dialogue, the stream it is kept in, and the right to write there."""

    def __init__(
        self,
        dialogue: Dialogue,
        *,
        stream: Stream,
        store: Store,
        lease: Lease,
        ear: LateEar,
        clock: Callable[[], datetime],
        teller: Teller | None = None,
    ) -> None:
        self.dialogue = dialogue
        self._stream = stream
        self._store = store
        self._lease = lease
        self._ear = ear
        self._clock = clock
        self._teller = teller

    @property
    def id(self) -> str:
        """The ULID of the session."""
        return self._stream.id

    @property
    def turn(self) -> Turn | None:
        """What to ask now; None at the summary."""
        return self.dialogue.turn

    def listen(self) -> None:
        """Get ready to hear, so that the first answer need not wait for it; may be called at any time."""
        self._ear.wake()
        if self._teller is not None:
            self._teller.tell()

    # --- what a mentee does ---

    def say(self, text: str) -> Refused | None:
        """Answer the current turn with what was typed; nothing typed is Enter."""
        turn = self.dialogue.turn
        assert turn is not None
        words = self._cleaned(text)
        if not words.strip():
            # A draft whose answer has changed is heard anew when it is kept.
            words = turn.draft or "" if turn.stale else ""
        now = self._clock()
        said = self._ear.hear(words, self._expected(turn), now)
        return self._happen(self.dialogue.hear(said, now))

    def _expected(self, turn: Turn) -> Expectation:
        """What `turn` expects; where a day may be heard, with the day of the next meeting as it is set now."""
        expected = turn.expectation
        if not (expected.wants or expected.kind == "due"):
            return expected
        mentorship = self._stream.mentorship
        found = relation(mentorship, self._store.events(mentorship))
        check_in = found.check_in if found else None
        return msgspec.structs.replace(expected, meeting=(check_in or "")[:10])

    def skip(self) -> Refused | None:
        """Leave the current question."""
        return self._happen(self.dialogue.skip(self._clock()))

    def back(self) -> Refused | None:
        """Take the last answer up again; works at the summary too."""
        return self._happen(self.dialogue.back())

    def reopen(self, key: str) -> Refused | None:
        """Take up the answer at `key` again."""
        return self._happen(self.dialogue.reopen(key))

    def remove(self) -> Refused | None:
        """Take back the round of a list."""
        return self._happen(self.dialogue.remove(self._clock()))

    def decide(self, key: str, choice: ShareChoice) -> Refused | None:
        """Decide who may read the answer at `key`."""
        return self._happen(self.dialogue.decide(key, choice, self._clock()))

    def finish(self, how: Literal["completed", "abandoned"] = "completed") -> None:
        """End the session; its items, wordings and a change of stage count from now on."""
        event = self.dialogue.finish(self._clock(), how)
        state = moved_to(self.dialogue) if how == "completed" else None
        if state is not None:
            # First the move, then the end: cut off in between, the end is only said again.
            self._move(state, moved_because(self.dialogue))
        self._happen(event)
        self.pause()

    def _move(self, state: Lifecycle, reason: str) -> None:
        journey = Stream("journey", self._stream.mentorship, self._stream.mentorship)
        events = self._store.events(journey.id)
        if all(not isinstance(event, StageMoved) or event.session != self.id for event in events):
            at = self._clock().isoformat(timespec="seconds")
            self._store.append(journey, len(events), [StageMoved(at, state, reason, self.id)])

    # --- keeping ---

    @property
    def draft(self) -> str:
        """What was being typed at the current turn when the session stopped."""
        draft = self._store.draft(self.id)
        turn = self.dialogue.turn
        return (
            draft.text if draft is not None and turn is not None and draft.key == turn.key else ""
        )

    def keep_draft(self, text: str) -> None:
        """Keep what is half typed at the current turn; an empty text drops it."""
        turn = self.dialogue.turn
        if turn is not None and text.strip():
            self._store.save_draft(self.id, turn.key, self._cleaned(text))
        else:
            self._store.drop_draft(self.id)

    def is_ours(self) -> bool:
        """Whether no other window has taken the session over; only reads."""
        return self._store.holds(self._lease)

    def renew(self) -> None:
        """Say that this window is still here; StoreError when another has taken over."""
        self._store.renew(self._lease)

    def pause(self) -> None:
        """Leave the session so that any window can go on with it."""
        self._store.release(self._lease)
        self._store.checkpoint()

    # --- ---

    def _happen(self, event: SessionEvent | Refused) -> Refused | None:
        if isinstance(event, Refused):
            return event
        expected = len(self.dialogue.events)
        self._store.append(self._stream, expected, [event], lease=self._lease)
        self.dialogue.apply(event)
        if self._teller is not None:
            self._teller.note(event)
            self._teller.tell()
        return None

    def _cleaned(self, text: str) -> str:
        words = clean_input(text)
        if len(words.encode()) > MOST_TEXT:
            raise ReflectError(
                "answer-too-long",
                "an answer may hold 1 MiB of text",
                "Shorten it, or keep the long version in a file of your own.",
            )
        return words
