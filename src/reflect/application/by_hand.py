"""Noting an item outside a session: what is typed is heard as an answer would be, and becomes an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from reflect.application.carried import Carried, by_id
from reflect.application.noting import note
from reflect.events import Expectation, ItemChanged, ItemNoted
from reflect.mentorship.item import NOTED
from reflect.script import Keep, Share

if TYPE_CHECKING:
    from reflect.application.changing import Change
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.transcripts.store import Store

_HEARD: dict[Keep, Literal["action", "goal"]] = {"action": "action", "goal": "goal"}
"""Kinds in whose words more is heard than a phrase: a day, a person, an amount."""


def note_item(
    app: Application,
    relation: Relation,
    kind: Keep,
    text: str,
    changes: Iterable[Change] = (),
    share: Share = "yes",
) -> Carried:
    """Note an item of `kind`, `text` being one clean line, and what else is known of it; gives it.

    All is taken back together. Raises `StoreError`.
    """
    now = app.now()
    at = now.isoformat(timespec="milliseconds")
    meeting = (relation.meeting_from(now.date().isoformat()) or "")[:10]
    expectation = Expectation(wants=_HEARD.get(kind, ""), meeting=meeting, other=relation.other)
    said = app.ear(relation.language).hear(text, expectation, now)
    item = fresh_item(app.store, relation.id)
    more = (ItemChanged(at, item, field, value) for field, value in changes)
    note(app, relation.id, ItemNoted(at, item, kind, said.text, said.parts, share), *more)
    found = by_id(app.store, item)
    assert found is not None
    return found


def fresh_item(store: Store, mentorship: str) -> str:
    """The id of an item that is noted now: it comes after every item there is, and before those of a session that is still open.

    Items are numbered in the order of their ids, and a number stays with its item.
    """
    under_way = store.open_session(mentorship)
    fresh = store.new_id()
    ((last,),) = store.rows("SELECT MAX(id) FROM m_items WHERE mentorship = ?", (mentorship,))
    latest = max(mentorship, str(last or "").partition(":")[0])
    before_it = under_way is not None and latest < under_way.id
    later = store.id_after(latest) if before_it or fresh <= latest else fresh
    return f"{later}:{NOTED}"
