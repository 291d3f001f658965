"""An item by itself: what may become of it, and how it is read from its row."""

from collections.abc import Mapping
from functools import cache

import msgspec

from reflect.events import Ref
from reflect.script import Keep, Share

# Annotations are values here, not strings: a decoder would compile each of them when it is made.

STATES: Mapping[Keep, tuple[str, ...]] = {
    "action": ("open", "kept", "partly", "dropped"),
    "goal": ("draft", "proposed", "agreed", "revised", "reached", "let go"),
    "question": ("open", "asked", "answered"),
    "contact": ("open", "asked", "introduced", "followed up", "thanked"),
    "agreement": ("proposed", "agreed", "ended"),
    "win": ("open", "noted"),
    "lesson": ("open", "noted"),
    "feedback": ("open", "noted"),
}
"""What may become of an item, by its kind; it begins as the first of them."""

CLOSED = frozenset(("kept", "dropped", "reached", "let go", "answered", "thanked", "ended"))
"""States in which an item is no longer open, of whatever kind it is."""

SERVING = frozenset(("action", "win", "lesson", "feedback", "question", "contact"))
"""Kinds of items that serve the goal of their session."""

NOTED = "core.noted"
"""The key of items that were noted by hand: no question is called that."""

KINDS: Mapping[Keep, tuple[str, ...]] = {
    "goal": ("career", "skill", "personal", "professional"),
    "action": ("training", "reading", "meeting", "practice", "other"),
    "contact": ("mentor", "colleague", "industry", "other"),
}
"""What a goal may be for, what a step may be, and who somebody may be."""

GOAL_KINDS = KINDS["goal"]

ABOUT = ("strength", "improvement")
"""What feedback may be about."""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that carries on. `id` is "session:key"; `text` refers to the mentee's words.

    One that was noted by hand has an id that looks and sorts like these, and the key `NOTED`.

    `due` is an ISO date; `due_words` refers to how it was said; `instead` is the plan should
    it fall through; `owner` is me, mentor, both, other, none or unclear; `day` is the local
    date it was said; `share` who may see it. `state` is one of `STATES` ("" until it is
    settled: the first of them), `goal` the id of the goal it serves, `contact` that of the
    person it came from, `kind_of` one of `KINDS`. `not_yet` counts the latest checks in a row
    that heard "not yet"; `before` refers to the words of a goal that was put anew in its own session.

    An action has its `place` among the steps of its goal, counted from 1 (0 for nowhere in
    particular), a lesson the `skill` that it is a part of, a contact the day of the last word
    (`seen`). Of feedback, `giver` refers to who gave it, `will` to what follows from it,
    `milestone` to the one it was given at; it is `about` one of `ABOUT`, `happened` is the
    day of what was seen, `given` the day on which it was said.
    """

    id: str
    kind: Keep
    key: str
    text: Ref
    day: str
    owner: str = "none"
    due: str | None = None
    due_words: Ref | None = None
    instead: Ref | None = None
    share: Share = "yes"
    state: str = ""
    goal: str = ""
    kind_of: str = ""
    not_yet: int = 0
    before: Ref | None = None
    giver: Ref | None = None
    will: Ref | None = None
    about: str = ""
    skill: Ref | None = None
    milestone: Ref | None = None
    place: int = 0
    contact: str = ""
    happened: str = ""
    given: str = ""
    seen: str = ""

    @property
    def refs(self) -> tuple[Ref | None, ...]:
        """Where all of its words stand."""
        named = (self.giver, self.will, self.skill, self.milestone)
        return (self.text, self.due_words, self.instead, self.before, *named)

    def within(self, ref: Ref) -> Ref:
        """`ref` of this item as its own session names it: places of that session name none."""
        session = self.id.partition(":")[0]
        return ref._replace(session="") if ref.session == session else ref

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.state not in CLOSED


def session_of(item: str) -> str:
    """The session that made the item called `item`; "" for one that was noted by hand."""
    session, _, key = item.partition(":")
    return "" if key == NOTED else session


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a session heard at local time `at` about a promise: kept, partly, not-yet or dropped.

    `due` is the new day it was given, with the words for it in `due_words`; `text` a smaller
    step in its place; `keeps` what keeps it where it is; `taught` what it taught.
    """

    item: str
    outcome: str
    at: str = ""
    due: str | None = None
    due_words: Ref | None = None
    text: Ref | None = None
    keeps: Ref | None = None
    taught: Ref | None = None


@cache
def _decoder() -> msgspec.msgpack.Decoder[Item]:
    return msgspec.msgpack.Decoder(Item)


def decoded(payload: bytes) -> Item:
    """An item from its row."""
    return _decoder().decode(payload)
