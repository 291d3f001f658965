"""Writing down what happened to a mentorship outside a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.transcripts.values import Stream

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import JourneyEvent


def note(app: Application, mentorship: str, *events: JourneyEvent) -> None:
    """Store `events` at the end of the journey of `mentorship`. Raises `StoreError`."""
    store = app.store
    store.append(
        Stream("journey", mentorship, mentorship), len(store.events(mentorship)), list(events)
    )


def stamp(app: Application) -> str:
    """Local time with its offset, as events are dated."""
    return app.now().isoformat(timespec="seconds")
