"""Which session a command means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.reading import Reading
    from reflect.cli.desk import Desk
    from reflect.sharing.document import Transcript
    from reflect.transcripts.values import SessionRow


def scope(desk: Desk) -> str | None:
    """The id of the mentorship that a listing keeps to; None for all, or where there is but one."""
    from reflect.application import mentorships

    return None if desk.all_mentorships else mentorships.scope(desk.app)


def open_session(desk: Desk, name: str | None) -> SessionRow | None:
    """The session called `name`, or the one that is open; None, and a friendly line, when none is.

    Raises `ReflectError` "session-ended", and those of `find_session` for a `name`.
    """
    return _the_open_one(desk) if name is None else _named(desk, name)


def _the_open_one(desk: Desk) -> SessionRow | None:
    store = desk.kept()
    if store is None:
        return None
    relation = desk.app.relation()
    row = store.open_session(relation.id) if relation else None
    if row is None:
        desk.talk("No session is open. Begin one with: reflect")
    return row


def _named(desk: Desk, name: str) -> SessionRow:
    from reflect.application.reading import find_session

    row = find_session(desk.app.reading_store, name, scope(desk))
    if row.state != "open":
        raise ReflectError(
            "session-ended",
            f"The session of {row.day} has ended ({row.state}).",
            f"To read it: reflect show {row.id}",
        )
    return row


def readings(desk: Desk, names: tuple[str, ...]) -> list[Reading]:
    """The sessions called `names`, each once; what is damaged in them is reported."""
    from reflect.application.reading import find_session

    store = desk.app.reading_store
    within = scope(desk)
    rows = {row.id: row for row in (find_session(store, name, within) for name in names)}
    return [_reading(desk, row) for row in rows.values()]


def all_readings(desk: Desk) -> list[Reading]:
    """Every session of `scope` that can be read, newest first; one that cannot is reported."""
    found: list[Reading] = []
    for row in desk.app.reading_store.sessions(mentorship=scope(desk)):
        try:
            found.append(_reading(desk, row))
        except ReflectError as error:
            desk.talk(f"{error.code}: {error.message}")
    return found


def _reading(desk: Desk, row: SessionRow) -> Reading:
    from reflect.application.reading import read_session

    reading = read_session(desk.app.reading_store, row)
    desk.report(reading.diagnostics)
    return reading


def transcript_of(reading: Reading) -> Transcript:
    """The document of a session that was read."""
    from reflect.sharing.document import transcript

    return transcript(reading.dialogue, reading.row, reading.loose)
