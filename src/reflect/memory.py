"""The read-only view of the journey that a session starts from."""

from __future__ import annotations

import msgspec

from reflect.events import GoalRef, LastAnswer, NoteRef, Promise, Whereabouts


class Memory(msgspec.Struct, frozen=True):
    """What earlier sessions left behind, as of now.

    `used` gives for each text id the ordinal of the session that last said each
    wording (sessions count from 1); `asked` the same for each question's id.
    `promises` are the open actions in the order they are to be asked; `last` the latest
    answers by question id, of this pack; `items` counts open items by kind.
    `goals` are the newest open goals, at most five; `notes` what was written back and opened no session yet.
    `last_day` is the local ISO date of the latest session, `last_stage` its stage; `whereabouts`
    say where the mentorship is, None when that is not known.
    """

    sessions: int = 0
    last_day: str | None = None
    items: dict[str, int] = {}
    promises: tuple[Promise, ...] = ()
    last: dict[str, LastAnswer] = {}
    used: dict[str, dict[int, int]] = {}
    asked: dict[str, int] = {}
    goals: tuple[GoalRef, ...] = ()
    last_stage: str = ""
    whereabouts: Whereabouts | None = None
    notes: tuple[NoteRef, ...] = ()


EMPTY = Memory()
