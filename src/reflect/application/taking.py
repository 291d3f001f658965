"""Saying yes or no to what a mentor proposes: what a yes makes, written down in one piece.

What a note says is a text like any other by then: one line of it becomes the item, and nothing in
it is obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from reflect.application.beside import Beside, Surroundings
from reflect.application.by_hand import fresh_item
from reflect.application.changing import LONGEST
from reflect.application.receiving import write
from reflect.errors import ReflectError
from reflect.events import ItemChanged, ItemNoted, NoteSettled, Parts, Span
from reflect.mentorship.item import Item, decoded
from reflect.mentorship.notes import PROPOSALS, KnownNote, known_notes
from reflect.text import shorten

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import Event, JourneyEvent, Note, NoteKind
    from reflect.mentorship.relation import Relation
    from reflect.script import Keep
    from reflect.transcripts.store import Store

_OWNERS: Mapping[str, str] = {"me": "mentor", "mentee": "me", "both": "both"}
"""Whose an action is, seen from here: the note speaks as the mentor."""
_NEW: Mapping[NoteKind, Keep] = {
    "action": "action",
    "take on": "action",
    "goal": "goal",
    "term": "agreement",
}
_CLOSING: Mapping[Keep, str] = {
    "action": "kept",
    "goal": "reached",
    "question": "answered",
    "contact": "thanked",
    "agreement": "ended",
    "win": "noted",
    "lesson": "noted",
    "feedback": "noted",
}
_AGREED = "agreed"


def waiting(app: Application, relation: Relation) -> tuple[KnownNote, ...]:
    """The proposals that wait for a yes or a no, in the order they arrived."""
    store = app.reading_store
    events = store.events(relation.id, damaged="skip")[0]
    return tuple(one for one in known_notes(relation.id, events) if one.waits)


def can_be_taken(store: Store, one: KnownNote, beside: Beside | None) -> bool:
    """Whether a yes to it would do anything: what it is about must be there, and be of a fitting kind."""
    item = _item(store, beside)
    kind = one.note.kind
    if kind == "agree":
        return item is not None and item.kind in ("goal", "agreement")
    if kind == "close":
        return item is not None
    return bool(one.note.text.strip()) or (kind == "take on" and item is not None)


def accept(app: Application, relation: Relation, number: int) -> KnownNote:
    """Say yes to note `number`: what it proposes is made or changed, all in one piece. Gives the note as it stands.

    Raises `ReflectError` "no-such-note", "note-not-waiting" or "note-about-nothing", or `StoreError`.
    """
    one = _asked(app, relation, number)

    def events(at: str, before: Sequence[Event]) -> list[JourneyEvent]:
        around = Surroundings(app.store, relation.id, before)
        beside = around.find(one.note.about, one.note.share)
        if not can_be_taken(app.store, one, beside):
            raise _about_nothing(number)
        made = list(_made(app, relation, one.note, _item(app.store, beside), at))
        settled = NoteSettled(at, one.note.id, one.note.revision, "accepted", made[0].item)
        return [*made, settled]

    write(app, relation, events)
    return numbered(app.store, relation, number)


def decline(app: Application, relation: Relation, number: int) -> KnownNote:
    """Say no to note `number`. Raises as `accept`."""
    one = _asked(app, relation, number)
    mark = (one.note.id, one.note.revision)
    write(app, relation, lambda at, before: [NoteSettled(at, *mark, "declined")])
    return numbered(app.store, relation, number)


def numbered(store: Store, relation: Relation, number: int) -> KnownNote:
    """Note `number`. Raises `ReflectError` "no-such-note"."""
    found = known_notes(relation.id, store.events(relation.id, damaged="skip")[0])
    if not 0 < number <= len(found):
        raise ReflectError(
            "no-such-note", f"There is no note number {number}.", "See: reflect notes --all"
        )
    return found[number - 1]


def _asked(app: Application, relation: Relation, number: int) -> KnownNote:
    one = numbered(app.store, relation, number)
    if not one.waits:
        raise ReflectError(
            "note-not-waiting",
            f"Note {number} does not wait for a yes or a no.",
            "Those that do: reflect notes --waiting",
        )
    return one


# --- what a yes makes ----------------------------------------------------------------


def _made(
    app: Application, relation: Relation, note: Note, item: Item | None, at: str
) -> Iterator[ItemNoted | ItemChanged]:
    """The events of a yes to `note`, which is about `item`; every one names the item that came of it."""
    if note.kind == "close" and item is not None:
        yield ItemChanged(at, item.id, "state", _CLOSING[item.kind])
    elif note.kind == "agree" and item is not None:
        yield ItemChanged(at, item.id, "state", _AGREED)
    elif note.kind == "take on" and item is not None and item.kind == "action":
        yield ItemChanged(at, item.id, "owner", "mentor")
        yield from _due(at, item.id, note)
    elif item is not None and item.kind == _NEW[note.kind] and note.kind in ("goal", "term"):
        yield ItemChanged(at, item.id, "text", _line(note.text))
        yield ItemChanged(at, item.id, "state", _AGREED)
    else:
        yield from _noted(app, relation, note, item, at)


def _noted(
    app: Application, relation: Relation, note: Note, item: Item | None, at: str
) -> Iterator[ItemNoted | ItemChanged]:
    """A new item in the words of `note`, or where it has none in those of what it is about."""
    kind = _NEW[note.kind]
    text = _line(note.text) or _words_of(app.store, item)
    owner = "none"
    if kind == "action":
        owner = "mentor" if note.kind == "take on" else _OWNERS[note.owner]
    parts = Parts(what=Span(0, len(text)), owner=owner, due=note.due if kind == "action" else None)
    fresh = fresh_item(app.store, relation.id)
    yield ItemNoted(at, fresh, kind, text, parts)
    if kind == "action" and note.due_words:
        yield ItemChanged(at, fresh, "due_words", _line(note.due_words))
    if kind != "action":
        yield ItemChanged(at, fresh, "state", _AGREED)
    if kind == "action" and item is not None and item.kind == "goal":
        yield ItemChanged(at, fresh, "goal", item.id)


def _due(at: str, item: str, note: Note) -> Iterator[ItemChanged]:
    if note.due or note.due_words:
        yield ItemChanged(at, item, "due", note.due or "")
        yield ItemChanged(at, item, "due_words", _line(note.due_words))


def _line(text: str) -> str:
    return shorten(" ".join(text.split()), LONGEST)


def _words_of(store: Store, item: Item | None) -> str:
    from reflect.application.carried import Words

    return _line(Words(store).at(item.text)) if item is not None else ""


def _item(store: Store, beside: Beside | None) -> Item | None:
    if beside is None or not beside.item:
        return None
    rows = store.rows("SELECT settled FROM m_items WHERE id = ?", (beside.item,))
    return decoded(rows[0][0]) if rows else None


def _about_nothing(number: int) -> ReflectError:
    return ReflectError(
        "note-about-nothing",
        f"What note {number} is about is no longer there, so a yes would change nothing.",
        f"To put it away: reflect notes decline {number}",
    )


State = Literal["", "waiting", "accepted", "declined"]


def state_of(one: KnownNote) -> State:
    """What became of a note that asks for something; "" for any other."""
    if one.waits:
        return "waiting"
    if one.note.kind not in PROPOSALS:
        return ""
    return one.settled.how if one.settled is not None else ""
