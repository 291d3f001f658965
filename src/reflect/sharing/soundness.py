"""What a bundle must keep to that its schema does not say: names, days, languages, states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reflect.mentorship.item import STATES
from reflect.sharing.shared import Bundle, Reply, Shared

LONGEST_PERSON: Final = 200
"""Characters of somebody's name."""
LONGEST_NAME: Final = 1_000
"""Characters of what names a session, an answer, an item or a note."""
LONGEST_KEY: Final = 10_000
"""Characters of a public key."""
MOST_FILES: Final = 1_000_000
"""No number of a file, or revision of a note, is above it."""

_NAME: Final = re.compile(r"[a-z2-7]{16}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")


def is_sound(bundle: Bundle) -> bool:
    """Whether names are names, days are days, and nothing that is short by nature is long."""
    names = (bundle.share, bundle.mentorship, *filter(None, (bundle.replaces,)))
    return (
        all(map(_NAME.fullmatch, names))
        and 0 < bundle.number <= MOST_FILES
        and (bundle.shared is None or _shared(bundle.shared))
        and (bundle.reply is None or _reply(bundle.reply))
    )


def is_name(text: str) -> bool:
    """Whether `text` can be a name that `aliases` makes."""
    return _NAME.fullmatch(text) is not None


def _shared(shared: Shared) -> bool:
    languages = (shared.language, *(one.language for one in shared.sessions))
    return (
        _people(shared.mentee, shared.mentor)
        and all(map(_LANGUAGE.fullmatch, languages))
        and len(shared.key) <= LONGEST_KEY
        and all(map(_is_day, _days(shared)))
        and all(len(name) <= LONGEST_NAME for name in _names(shared))
        and all(item.state in STATES[item.kind] for item in shared.items)
    )


def _reply(reply: Reply) -> bool:
    days = (reply.day, *(one.day for one in reply.notes), *(one.due for one in reply.notes))
    return (
        _people(reply.mentee, reply.mentor)
        and all(map(_is_day, filter(None, days)))
        and all(_short(one.id, one.share, one.about) for one in reply.notes)
        and all(0 < one.revision <= MOST_FILES for one in reply.notes)
    )


def _days(shared: Shared) -> Iterator[str]:
    yield shared.day
    yield from filter(None, (shared.since, shared.meeting))
    yield from (one.day for one in shared.stages)
    yield from (one.day for one in shared.sessions)
    for item in shared.items:
        yield item.day
        yield from filter(None, (item.due,))
        yield from (line.day for line in item.lines)


def _names(shared: Shared) -> Iterator[str]:
    for session in shared.sessions:
        yield session.id
        yield from (answer.id for answer in session.answers)
    for item in shared.items:
        yield from (item.id, item.note, item.goal, item.session)
    yield from (one.note for one in shared.takings)


def _people(*names: str) -> bool:
    return all(len(name) <= LONGEST_PERSON and "\n" not in name for name in names)


def _short(*names: str) -> bool:
    return all(len(name) <= LONGEST_NAME for name in names)


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
