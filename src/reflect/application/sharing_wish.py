"""What somebody wants to share, from what they typed: with whom, which sessions, in place of which file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.keeping_keys import recipients
from reflect.application.reading import find_session
from reflect.application.sharing_out import completed, new_sessions
from reflect.errors import ReflectError, UsageError
from reflect.mentorship.standing import standing
from reflect.sharing.log import sent
from reflect.sharing.recipients import Recipient, kept_for, named, read_name

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import BundleShared
    from reflect.mentorship.relation import Relation

LATEST = "latest"
"""The file that was sent last."""


class Receiver(NamedTuple):
    """Whom a file is for; `key` is theirs, None when none is kept."""

    name: str
    key: Recipient | None

    def __repr__(self) -> str:
        return "<Receiver>"


def receiver(app: Application, relation: Relation, name: str | None) -> Receiver:
    """The person called `name`, by the name their key is kept under; without one, the person opposite.

    Raises `UsageError` "bad-name" or "ambiguous-recipient".
    """
    known = recipients(app)
    opposite = Receiver(relation.other, kept_for(known, relation.other))
    if name is None:
        return opposite
    try:
        found = named(known, name)
    except UsageError:
        raise
    except ReflectError:
        return Receiver(read_name(name), None)
    return opposite if found == opposite.key else Receiver(found.name, found)


def sessions_for(
    app: Application, relation: Relation, to: str, names: Sequence[str]
) -> tuple[str, ...]:
    """The ids of the sessions called `names`, as in an export; without one, those that `to` has not had.

    Raises `ReflectError` "session-not-completed", "session-of-another", and those of `find_session`.
    """
    if not names:
        return new_sessions(app, relation, to)
    found = [find_session(app.reading_store, name, relation.id) for name in names]
    for row in found:
        if row.mentorship != relation.id:
            hint = "Name its mentorship: reflect share --mentorship NAME …"
            message = f"The session of {row.day} belongs to another mentorship."
            raise ReflectError("session-of-another", message, hint)
        if row.state != "completed":
            hint = "Finish it first: reflect"
            message = f"The session of {row.day} is not completed ({row.state})."
            raise ReflectError("session-not-completed", message, hint)
    return tuple(sorted({row.id for row in found}))


def replaced(app: Application, relation: Relation, to: str, which: str) -> BundleShared:
    """The file to `to` that another takes the place of: `LATEST`, a number of `reflect shared`, or its id.

    Raises `ReflectError` "no-such-share".
    """
    everything = shared_files(app, relation)
    standing_files = sent(standing(app.reading_store.events(relation.id)), to)
    if which == LATEST and standing_files:
        return standing_files[-1]
    for number, file in enumerate(everything, 1):
        if which in (str(number), file.share) and file in standing_files:
            return file
    raise ReflectError(
        "no-such-share",
        "There is no such file that could be replaced.",
        "What went to whom: reflect shared",
    )


def sessions_of(app: Application, relation: Relation, file: BundleShared) -> tuple[str, ...]:
    """The sessions that were in `file` and are still there."""
    return tuple(one for one in completed(app, relation) if one in file.sessions)


def shared_files(app: Application, relation: Relation) -> tuple[BundleShared, ...]:
    """Every file that was made, oldest first, those too that another took the place of."""
    from reflect.events import BundleShared

    events = standing(app.reading_store.events(relation.id))
    return tuple(one for one in events if isinstance(one, BundleShared))
