"""Reading a stored session again: which one is meant, and its dialogue with what is damaged left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.stored import past_of, sound_events, stored_script
from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.dialogue.machine import Dialogue
from reflect.errors import Misuse, ReflectError, StoreError
from reflect.events import Answered, SessionEvent

if TYPE_CHECKING:
    from reflect.script import Script
    from reflect.transcripts.store import Store
    from reflect.transcripts.values import SessionRow

LAST = "last"
Events = dict[int, SessionEvent]
ScriptOf = Callable[["Store", SessionEvent], "Script"]
"""Reads the script that a session runs on, as `stored_script` does."""


class Reading(NamedTuple):
    """A stored session.

    `loose` are answers that stand behind a damaged event and cannot be put back in
    their place, in order; `diagnostics` name each event that could not be read.
    """

    row: SessionRow
    dialogue: Dialogue
    loose: tuple[Answered, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def find_session(store: Store, name: str = LAST, mentorship: str | None = None) -> SessionRow:
    """The session called `name`: `last`, its number counted from the newest, or how its id begins.

    `last` is that of `mentorship`; numbers and ids are those of all. Raises `ReflectError` "nothing-kept", "no-such-session", "ambiguous-session".
    """
    if name == LAST:
        return _newest(store, 1, mentorship)
    # An id begins with 0 until the year 3084, a number never does.
    if name.isdecimal() and not name.startswith("0") and len(name) < 9:
        return _newest(store, int(name))
    return store.session(name)


def _newest(store: Store, number: int, mentorship: str | None = None) -> SessionRow:
    rows = store.sessions(mentorship=mentorship, limit=number)
    if not rows:
        raise nothing_kept()
    if len(rows) < number:
        raise ReflectError(
            "no-such-session",
            f"There is no session number {number}.",
            "The numbers are those of: reflect history",
        )
    return rows[-1]


def nothing_kept() -> StoreError:
    """The error for a home that holds no session yet."""
    return StoreError("nothing-kept", "There is no reflection here yet.", "Begin one with: reflect")


def read_session(
    store: Store, row: SessionRow, *, script_of: ScriptOf = stored_script, words: bool = True
) -> Reading:
    """The session of `row`, replayed; events that are not what was stored are stepped over.

    `script_of` reads its script, where many sessions share one; without `words` those of earlier
    sessions are not read, and stand nowhere in what is shown. Raises `StoreError` "session-damaged" when its beginning is gone, `PackError`
    "script-missing" when its script is.
    """
    events, lost = _events(store, row)
    script, past = script_of(store, events[0]), past_of(store, events[0]) if words else {}
    if not lost:
        return Reading(row, Dialogue(script, events.values(), past))
    dialogue = Dialogue(script, [events[0]], past)
    loose = _replay(dialogue, events, len(events) + len(lost))
    return Reading(row, dialogue, loose, tuple(_altered(store, row, seq) for seq in lost))


def _events(store: Store, row: SessionRow) -> tuple[Events, list[int]]:
    """The sound events by their place in the stream, and the places of the others."""
    found, lost = sound_events(store, row.id)
    events = {seq: event for seq, event in found.items() if isinstance(event, SessionEvent)}
    if 0 not in events:
        raise StoreError(
            "session-damaged",
            f"The beginning of session {row.id} is not what was stored.",
            "Run `reflect doctor`; a backup may hold it.",
        )
    return events, lost


def _replay(dialogue: Dialogue, events: Events, length: int) -> tuple[Answered, ...]:
    """Apply what can be applied; the answers from the first event on that cannot."""
    for seq in range(1, length):
        event = events.get(seq) or _instead(dialogue)
        try:
            if event is None:
                raise Misuse("nothing was asked here")
            dialogue.apply(event)
        except Misuse:
            return _answers(events[later] for later in range(seq, length) if later in events)
    return ()


def _instead(dialogue: Dialogue) -> SessionEvent | None:
    """What stands in for a lost event: an answer without words, as after forgetting; None at the summary."""
    if dialogue.slot is None:
        return None
    return Answered(key=dialogue.slot.key, at=dialogue.started.at)


def _answers(events: Iterable[SessionEvent]) -> tuple[Answered, ...]:
    """The latest answer at each key."""
    latest = {event.key: event for event in events if isinstance(event, Answered)}
    return tuple(latest.values())


def _altered(store: Store, row: SessionRow, seq: int) -> Diagnostic:
    return Diagnostic(
        "answer-altered",
        Severity.ERROR,
        Place(str(store.path)),
        f"Event {seq} of session {row.id} is not what was stored; it is left out.",
        "A backup may hold it: reflect restore FILE",
    )
