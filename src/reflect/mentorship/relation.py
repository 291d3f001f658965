"""The mentorship itself: who the two are, in which state it is, and when they meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from reflect.events import (
    Event,
    MeetingHeld,
    MentorshipBegan,
    MentorshipChanged,
    Mode,
    Private,
    StageMoved,
)
from reflect.mentorship.standing import standing
from reflect.script import Lifecycle, Role

_KEPT = ("mentee", "mentor", "language", "label", "mode", "agenda")


class Moved(Private, frozen=True):
    """On the ISO date `on`, the meeting set for `planned` was moved to `to`, "" for no day yet."""

    on: str
    planned: str
    to: str
    reason: str = ""


class Relation(Private, frozen=True):
    """A mentorship as it stands: names as they want to be called, language, lifecycle state.

    `role` is whose record this is. `check_in` is when the two meet next, an ISO date or a local
    time ("2026-12-03T15:00"), None when nothing is set; it may be over. `met` is the ISO date
    of their latest meeting, `began` the day on which the record begins, `label` what the
    mentorship is called if not by the name of the person opposite. `set_on` is the day on which
    `check_in` was set, `moved` the meetings that were moved, up to now, since one took place as planned;
    `mode` is how they meet next, `agenda` the parts of an agenda that come first.
    """

    id: str
    mentee: str
    mentor: str
    language: str
    state: Lifecycle
    since: str
    check_in: str | None = None
    role: Role = "mentee"
    label: str = ""
    began: str = ""
    met: str | None = None
    set_on: str = ""
    moved: tuple[Moved, ...] = ()
    mode: Mode = ""
    agenda: tuple[str, ...] = ()

    @property
    def me(self) -> str:
        """The name of whoever writes here."""
        return self.mentee if self.role == "mentee" else self.mentor

    @property
    def other(self) -> str:
        """The name of the person opposite."""
        return self.mentor if self.role == "mentee" else self.mentee

    @property
    def name(self) -> str:
        """What the mentorship is called among others."""
        return self.label or self.other

    def meeting_from(self, today: str) -> str | None:
        """When the two meet next, seen from the ISO date `today`; None when nothing is set or it is over."""
        ahead = self.check_in is not None and self.check_in[:10] >= today
        return self.check_in if ahead else None


def relation(mentorship: str, events: Iterable[Event]) -> Relation | None:
    """Fold the journey `events` of `mentorship`; None before it has begun."""
    found: Relation | None = None
    for event in standing(events):
        if isinstance(event, MentorshipBegan):
            found = _begun(mentorship, event)
        elif found is not None and isinstance(event, MentorshipChanged):
            found = _changed(found, event)
        elif found is not None and isinstance(event, StageMoved):
            found = msgspec.structs.replace(found, state=event.state, since=event.at[:10])
        elif found is not None and isinstance(event, MeetingHeld):
            found = _met(found, event.day)
    return found


def _begun(mentorship: str, event: MentorshipBegan) -> Relation:
    day = event.at[:10]
    return Relation(
        id=mentorship,
        mentee=event.mentee,
        mentor=event.mentor,
        language=event.language,
        state="rapport",
        since=day,
        role=event.role,
        began=day,
    )


def _changed(found: Relation, event: MentorshipChanged) -> Relation:
    """`found` with what `event` says is new."""
    new: dict[str, Any] = {
        name: getattr(event, name) for name in _KEPT if getattr(event, name) is not None
    }
    if event.check_in is not None:
        moved = _moved(found, event)
        new["check_in"], new["set_on"] = event.check_in or None, event.at[:10]
        new["moved"] = (*found.moved, moved) if moved else found.moved
        # A meeting that is moved stays one by phone; another meeting may be anything.
        new.setdefault("mode", found.mode if found.check_in and event.check_in else "")
    return msgspec.structs.replace(found, **new)


def _moved(found: Relation, event: MentorshipChanged) -> Moved | None:
    """The moving that `event` is: another day for a meeting to come, but for a slip mended at once."""
    planned, to, on = found.check_in, event.check_in or "", event.at[:10]
    if planned is None or planned[:10] in (to[:10], "") or found.set_on == on or planned[:10] < on:
        return None
    return Moved(on, planned, to, event.reason)


def _met(found: Relation, day: str) -> Relation:
    """`found` after a meeting on `day`: one that was set for then, or earlier, is over."""
    is_over = found.check_in is not None and found.check_in[:10] <= day
    check_in = None if is_over else found.check_in
    as_planned = not found.moved or found.moved[-1].on <= (found.met or "")
    return msgspec.structs.replace(
        found,
        check_in=check_in,
        met=max(found.met or "", day),
        moved=() if as_planned else found.moved,
    )
