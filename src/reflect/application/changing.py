"""Changing items by hand: what is typed becomes events of the journey, checked first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reflect.application.noting import note
from reflect.errors import UsageError
from reflect.events import ItemChanged

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation

LONGEST = 1000
"""Characters of a text that is typed as an argument."""

Change = tuple[str, str]
"""A field of an item and its new value."""


def change(
    app: Application,
    relation: Relation,
    items: Iterable[Carried],
    changes: Iterable[Change],
    reason: str = "",
    because: str = "",
) -> None:
    """Write down `changes` of each of `items`, all with one time: they are taken back together.

    `reason` and `because` stand with the first of each item.

    Raises `StoreError`.
    """
    # Milliseconds tell what one command did from what the next one does.
    at = app.now().isoformat(timespec="milliseconds")
    fields = tuple(changes)
    events = [
        ItemChanged(at, item.id, field, value, *(() if number else (reason, because)))
        for item in items
        for number, (field, value) in enumerate(fields)
    ]
    note(app, relation.id, *events)


BEHIND = "Put it in quotes behind the number."


def line(text: str, what: str, hint: str = BEHIND) -> str:
    """`text` as one clean line. Raises `UsageError` "bad-text" when it is empty or too long."""
    from reflect.text import clean_input

    words = " ".join(clean_input(text).split())
    if not 0 < len(words) <= LONGEST:
        message = f"{what} is one line of 1 to {LONGEST} characters"
        raise UsageError("bad-text", message, hint)
    return words


def heard_due(app: Application, relation: Relation, words: str) -> tuple[str, str]:
    """When `words` say that something is due: the ISO date ("" where they name an occasion), and the words.

    Raises `UsageError` "bad-day" when they say neither, or a day that is over.
    """
    from reflect.events import Expectation

    text = line(words, "a day")
    now = app.now()
    today = now.date().isoformat()
    meeting = (relation.meeting_from(today) or "")[:10]
    ear = app.ear(relation.language)
    expected = Expectation(kind="due", meeting=meeting, other=relation.other)
    parts = ear.hear(text, expected, now).parts
    # As something that is due, a day that is over is no day; as a date it is one.
    named = parts.due or ear.hear(text, Expectation(kind="date"), now).value
    if isinstance(named, str) and named < today:
        raise UsageError("bad-day", f"{named} is over", "Name a day to come.")
    if parts.due is None and parts.due_words is None:
        hint = 'Write it as "next friday" or 2026-12-03, behind the numbers.'
        raise UsageError("bad-day", "that names no day", hint)
    return parts.due or "", text
