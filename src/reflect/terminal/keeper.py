"""Looking after a session while somebody types: drafts, and whether it is still ours."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from reflect.errors import StoreError
from reflect.terminal.commands import Answer, parse

DRAFT_SECONDS = 1.5
"""With the time between two looks, less than the two seconds of typing that may be lost."""
LOOK_SECONDS = 0.7
RENEW_SECONDS = 10.0


class Kept(Protocol):
    """What a session can do to be looked after."""

    def keep_draft(self, text: str) -> None:
        """Keep what is half typed."""

    def renew(self) -> None:
        """Say that this window is still here."""

    def is_ours(self) -> bool:
        """Whether no other window has taken it over."""


class Keeper:
    """Saves what is half typed and has changed, and notices within a second that another window took over.

    A look is one read; a heartbeat is written every ten seconds only.
    """

    def __init__(self, session: Kept, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._saved = self._answer = ""
        self._at_draft = self._at_look = self._at_renew = clock()

    def begin(self, answer: str, stored: str) -> None:
        """A turn whose `answer` so far needs no draft, and of which `stored` is kept as one."""
        self._answer, self._saved = answer, stored
        self._at_draft = self._clock()

    def watch(self, text: str) -> bool:
        """Do what is due; False when the session goes on elsewhere."""
        now = self._clock()
        try:
            return self._is_ours(now) and self._drafted(text, now)
        except StoreError as error:
            # What cannot be saved now is told when the answer is sent; typing goes on.
            return error.code != "session-taken-over"

    def _is_ours(self, now: float) -> bool:
        if now - self._at_renew >= RENEW_SECONDS:
            self._at_renew = self._at_look = now
            self._session.renew()
        elif now - self._at_look >= LOOK_SECONDS:
            self._at_look = now
            return self._session.is_ours()
        return True

    def _drafted(self, text: str, now: float) -> bool:
        if self._draft(text) != self._saved and now - self._at_draft >= DRAFT_SECONDS:
            self._at_draft = now
            self.save(text)
        return True

    def save(self, text: str) -> None:
        """Keep `text` as the draft now; a command is none. Raises `StoreError`."""
        draft = self._draft(text)
        if draft != self._saved:
            self._session.keep_draft(draft)
            self._saved = draft

    def _draft(self, text: str) -> str:
        """What of `text` would be lost."""
        return text if text != self._answer and isinstance(parse(text), Answer) else ""
