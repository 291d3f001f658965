"""What became of an item, dated: what sessions heard and what was changed by hand, with the words of then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from reflect.application.carried import Words
from reflect.events import ItemChanged, Private
from reflect.mentorship.item import Check, Item, decoded, session_of
from reflect.mentorship.settling import FIELDS, LINES, Step, merged, settled
from reflect.mentorship.standing import standing

if TYPE_CHECKING:
    from reflect.transcripts.store import Store


class Became(Private, frozen=True, omit_defaults=False):
    """At local time `at`, `field` became `value`, which was `before` (for a text); `reason` is the mentee's,
    `because` the same in a word.

    `session` is the one that heard it, "" for a change by hand.
    """

    at: str
    field: str
    value: str
    before: str = ""
    reason: str = ""
    because: str = ""
    session: str = ""


def history(store: Store, mentorship: str, item: str) -> tuple[Became, ...]:
    """Everything that became of `item` of `mentorship`, in order; the first is how it was said."""
    rows = store.rows("SELECT made FROM m_items WHERE id = ?", (item,))
    if not rows:
        return ()
    made, words = decoded(rows[0][0]), Words(store)
    later = merged(_heard(store, item, words), _changed(store, mentorship, item))
    return tuple(_with_before([*_made(made, words), *later]))


def lines(became: Iterable[Became], field: str) -> tuple[Became, ...]:
    """The milestones, or the lines of progress, of a goal."""
    return tuple(one for one in became if one.field == field and one.value)


class Stood(Private, frozen=True):
    """Since which local date an item is in its state, and the words it had `before` those it has."""

    since: str
    before: str = ""


def stood(store: Store, mentorship: str, item: str) -> Stood:
    """How `item` of `mentorship` came to stand as it does, as far as changes by hand say."""
    made = decoded(store.rows("SELECT made FROM m_items WHERE id = ?", (item,))[0][0])
    query = "SELECT step FROM m_changes WHERE item = ? AND mentorship = ? ORDER BY seq"
    day, before = made.day, made.before
    for (found,) in store.rows(query, (item, mentorship)):
        step = msgspec.msgpack.decode(found, type=Step)
        old, made = made, settled(made, (step,))
        day = step.at[:10] if made.state != old.state else day
        before = old.text if made.text != old.text else before
    return Stood(day, Words(store).at(before))


def _made(item: Item, words: Words) -> list[Became]:
    session = session_of(item.id)
    said = [ref for ref in (item.before, item.text) if ref is not None]
    return [Became(item.day, "text", words.at(ref), session=session) for ref in said]


def _heard(store: Store, item: str, words: Words) -> list[Became]:
    query = "SELECT session, heard FROM m_checks WHERE item = ? ORDER BY session"
    found: list[Became] = []
    for session, heard in store.rows(query, (item,)):
        check = msgspec.msgpack.decode(heard, type=Check)
        told = {
            "state": check.outcome,
            "text": words.at(check.text),
            "due": check.due or words.at(check.due_words),
            "keeps": words.at(check.keeps),
            "taught": words.at(check.taught),
        }
        found += [
            Became(check.at, name, told[name], session=session) for name in told if told[name]
        ]
    return found


def _changed(store: Store, mentorship: str, item: str) -> list[Became]:
    return [
        Became(event.at, event.field, event.value, reason=event.reason, because=event.because)
        for event in standing(store.events(mentorship, damaged="skip")[0])
        if isinstance(event, ItemChanged) and event.item == item and event.field in FIELDS
    ]


def _with_before(became: Iterable[Became]) -> Iterable[Became]:
    """Each change with what was there before it; a further line replaces nothing."""
    values: dict[str, str] = {}
    for one in became:
        before = "" if one.field in LINES else values.get(one.field, "")
        values[one.field] = one.value
        yield msgspec.structs.replace(one, before=before)
