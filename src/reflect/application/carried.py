"""What carries on, with its words: the items of a mentorship as commands show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reflect.application.stored import Held, text_at
from reflect.errors import ReflectError
from reflect.events import Answered, Event, Private, Ref, SessionStarted
from reflect.mentorship.item import Item, decoded, session_of
from reflect.script import Keep, Question, Script, Share

if TYPE_CHECKING:
    from reflect.transcripts.store import Store

OWN = ("me", "both", "none", "unclear")
"""Owners of what is the speaker's own to do; nobody named means the speaker."""


class Carried(Private, frozen=True, omit_defaults=False):
    """One item. `number` counts from 1 over all items of its kind, oldest first, closed ones among them.

    `text`, `due_words`, `instead`, `before`, `giver`, `will`, `skill` and `milestone` are the
    mentee's words, empty when they were erased; `session` is "" for an item that was noted by
    hand. The rest is as in `reflect.mentorship.item.Item`.
    """

    number: int
    id: str
    kind: Keep
    text: str
    state: str
    open: bool
    day: str
    owner: str
    due: str | None
    due_words: str
    instead: str
    before: str
    goal: str
    kind_of: str
    session: str
    share: Share
    giver: str
    will: str
    about: str
    skill: str
    milestone: str
    place: int
    contact: str
    happened: str
    given: str
    seen: str

    @property
    def is_own(self) -> bool:
        """Whether it is the speaker's own to do."""
        return self.owner in OWN


LISTINGS: Mapping[Keep, str] = {
    "action": "reflect actions --all",
    "goal": "reflect goals --all",
    "win": "reflect wins --limit 0",
    "feedback": "reflect feedback --limit 0",
    "lesson": "reflect lessons --limit 0",
    "question": "reflect questions --all",
    "contact": "reflect contacts --all",
    "agreement": "reflect agreements --all",
}
"""The command that lists all items of a kind."""


class Some(msgspec.Struct, frozen=True):
    """The first of several items, and how many there are."""

    items: tuple[Carried, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are left out."""
        return self.total - len(self.items)


_WHOSE = {
    "": "",
    "own": " AND owner IN ('me', 'both', 'none', 'unclear')",
    "mentor": " AND owner IN ('mentor', 'both')",
}


def carried(
    store: Store, mentorship: str, kind: Keep, *, closed: bool = False, goal: str = ""
) -> tuple[Carried, ...]:
    """All that `listed` lists."""
    return listed(store, mentorship, kind, closed=closed, goal=goal).items


def listed(
    store: Store,
    mentorship: str,
    kind: Keep,
    *,
    closed: bool = False,
    goal: str = "",
    whose: Literal["", "own", "mentor"] = "",
    until: str = "",
    most: int | None = None,
) -> Some:
    """The open items of a kind, `closed` ones too if asked for; those with a day first, the earliest first.

    Only those that serve `goal`, are somebody's, or are due by the ISO date `until`, where
    that is named; `most` is how many are read.
    """
    where = "mentorship = ? AND kind = ?" + _WHOSE[whose] + ("" if closed else " AND open = 1")
    bindings: tuple[str, ...] = (mentorship, kind)
    for column, value in (("goal =", goal), ("due <=", until)):
        where += f" AND {column} ?" if value else ""
        bindings += (value,) if value else ()
    query = f"SELECT settled FROM m_items WHERE {where} ORDER BY due IS NULL, due, id LIMIT ?"
    rows = store.rows(query, (*bindings, -1 if most is None else most))
    found = [decoded(settled) for (settled,) in rows]
    total = len(found)
    if most is not None:
        total = int(store.rows(f"SELECT COUNT(*) FROM m_items WHERE {where}", bindings)[0][0])
    return Some(_told(store, mentorship, kind, found), total)


def newest(store: Store, mentorship: str, kind: Keep, limit: int) -> tuple[Carried, ...]:
    """The newest items of a kind, newest first."""
    query = "SELECT settled FROM m_items WHERE mentorship = ? AND kind = ? ORDER BY id DESC LIMIT ?"
    found = [decoded(settled) for (settled,) in store.rows(query, (mentorship, kind, limit))]
    return _told(store, mentorship, kind, found)


def numbered(
    store: Store, mentorship: str, kind: Keep, numbers: Iterable[int]
) -> tuple[Carried, ...]:
    """The items of a kind with those numbers, in that order, each once.

    Raises `ReflectError` "no-such-item".
    """
    ids = _ids(store, mentorship, kind)
    wanted = list(dict.fromkeys(numbers))
    for number in wanted:
        if not 0 < number <= len(ids):
            raise _no_such(kind, number)
    found = [item for number in wanted for item in _one(store, ids[number - 1])]
    return _told(store, mentorship, kind, found)


def _no_such(kind: Keep, number: int) -> ReflectError:
    listing = LISTINGS[kind]
    return ReflectError("no-such-item", f"There is no {kind} number {number}.", f"See: {listing}")


def by_id(store: Store, item: str) -> Carried | None:
    """The item called `item`; None when there is none."""
    for found in _one(store, item):
        mentorship = store.rows("SELECT mentorship FROM m_items WHERE id = ?", (item,))[0][0]
        return _told(store, str(mentorship), found.kind, [found])[0]
    return None


def _one(store: Store, item: str) -> list[Item]:
    rows = store.rows("SELECT settled FROM m_items WHERE id = ?", (item,))
    return [decoded(settled) for (settled,) in rows]


def _ids(store: Store, mentorship: str, kind: Keep) -> list[str]:
    query = "SELECT id FROM m_items WHERE mentorship = ? AND kind = ? ORDER BY id"
    return [str(item) for (item,) in store.rows(query, (mentorship, kind))]


def _told(store: Store, mentorship: str, kind: Keep, items: Sequence[Item]) -> tuple[Carried, ...]:
    if not items:
        return ()
    places = _places(store, mentorship, kind, items)
    words = Words(store)
    words.fetch(ref for item in items for ref in item.refs)
    return tuple(_carried(places[item.id], item, words) for item in items)


def _places(store: Store, mentorship: str, kind: Keep, items: Sequence[Item]) -> dict[str, int]:
    """The number of each of `items`: those between one and the next are only counted."""
    query = "SELECT COUNT(*) FROM m_items WHERE mentorship = ? AND kind = ? AND id > ? AND id <= ?"
    places: dict[str, int] = {}
    before, number = "", 0
    for item in sorted(one.id for one in items):
        number += int(store.rows(query, (mentorship, kind, before, item))[0][0])
        places[item] = number
        before = item
    return places


def _carried(number: int, item: Item, words: Words) -> Carried:
    return Carried(
        number=number,
        id=item.id,
        kind=item.kind,
        text=words.at(item.text),
        state=item.state,
        open=item.is_open,
        day=item.day,
        owner=item.owner,
        due=item.due,
        due_words=words.at(item.due_words),
        instead=words.at(item.instead),
        before=words.at(item.before),
        goal=item.goal,
        kind_of=item.kind_of,
        session=session_of(item.id),
        share=item.share,
        giver=words.at(item.giver),
        will=words.at(item.will),
        about=item.about,
        skill=words.at(item.skill),
        milestone=words.at(item.milestone),
        place=item.place,
        contact=item.contact,
        happened=item.happened,
        given=item.given,
        seen=item.seen,
    )


class Words:
    """The mentee's words by their places; every event and every script is read once, when it is needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._streams: dict[str, Held] = {}
        self._scripts: dict[str, Script | None] = {}

    def fetch(self, refs: Iterable[Ref | None]) -> None:
        """Read what stands at `refs` all at once, which is quicker than one after the other."""
        places = {(ref.session, ref.seq) for ref in refs if ref is not None}
        for (stream, seq), event in self._store.events_at(places).items():
            self._events(stream)[seq] = event

    def at(self, ref: Ref | None) -> str:
        """The words at `ref` on one line, a choice by its label; empty when they are gone."""
        if ref is None:
            return ""
        events = self._events(ref.session)
        text = text_at(events, ref.seq)
        if ref.start >= 0:
            text = text[ref.start : ref.end]
        elif text:
            text = self._label(events, events[ref.seq]) or text
        return " ".join(text.split())

    def _events(self, stream: str) -> Held:
        if stream not in self._streams:
            self._streams[stream] = Held(self._store, stream)
        return self._streams[stream]

    def _label(self, events: Held, event: Event) -> str:
        if not isinstance(event, Answered) or event.value is None:
            return ""
        from reflect.dialogue.keys import question_id
        from reflect.dialogue.wording import label

        started = events[0]
        script = self._script(started.digest) if isinstance(started, SessionStarted) else None
        question = _question(script, question_id(event.key)) if script else None
        return label(question, event) if question else ""

    def _script(self, digest: str) -> Script | None:
        if digest not in self._scripts:
            data = self._store.script(digest)
            found: Any = msgspec.msgpack.decode(data, type=Script) if data else None
            self._scripts[digest] = found
        return self._scripts[digest]


def _question(script: Script, identifier: str) -> Question | None:
    questions = (one for stage in script.stages for one in stage.questions())
    return next((one for one in questions if one.id == identifier), None)
