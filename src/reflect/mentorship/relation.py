"""The mentorship itself: who the two are, in which state it is, and when they meet."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reflect.events import (
    Event,
    MeetingHeld,
    MentorshipBegan,
    MentorshipChanged,
    Private,
    StageMoved,
)
from reflect.mentorship.standing import standing
from reflect.script import Lifecycle, Role

_KEPT = ("mentee", "mentor", "language", "label")


class Relation(Private, frozen=True):
    """A mentorship as it stands: names as they want to be called, language, lifecycle state.

    `role` is whose record this is. `check_in` is when the two meet next, an ISO date or a local
    time ("2026-12-03T15:00"), None when nothing is set; it may be over. `met` is the ISO date
    of their latest meeting, `began` the day on which the record begins, `label` what the
    mentorship is called if not by the name of the person opposite.
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
    new = {name: getattr(event, name) for name in _KEPT if getattr(event, name) is not None}
    if event.check_in is not None:
        new["check_in"] = event.check_in or None
    return msgspec.structs.replace(found, **new)


def _met(found: Relation, day: str) -> Relation:
    """`found` after a meeting on `day`: one that was set for then, or earlier, is over."""
    is_over = found.check_in is not None and found.check_in[:10] <= day
    check_in = None if is_over else found.check_in
    return msgspec.structs.replace(found, check_in=check_in, met=max(found.met or "", day))
