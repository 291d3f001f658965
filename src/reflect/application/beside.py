"""What a note is beside: the answer, the item or the session that goes by a name in a shared file.

Only what is in a file that left can be meant. An answer that was erased since, or is private
by now, is no longer there for whoever wrote about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from reflect.application.carried import Words
from reflect.application.stored import in_place as stored_in_place
from reflect.application.stored import sound_events, text_at
from reflect.dialogue.keys import SHARE, WORDS, base_key, is_probe
from reflect.errors import ReflectError
from reflect.events import (
    Answered,
    BundleShared,
    Event,
    NoteRef,
    Private,
    Ref,
    ShareChanged,
)
from reflect.mentorship.item import Item, decoded, session_of
from reflect.mentorship.recall import note_ref
from reflect.mentorship.standing import in_place
from reflect.sharing.closure import Place, decisions, place_of
from reflect.sharing.log import aliases

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.notes import Unread
    from reflect.mentorship.relation import Relation
    from reflect.script import Share
    from reflect.transcripts.store import Store

BRIEF = 60
"""Characters of the mentee's words that stand beside a note: enough to know which answer it was."""


_ITEM = "item"


class Beside(Private, frozen=True):
    """What a name stands for: an answer (`session` and `key`), an item (its id), or a whole session.

    `words` refers to the beginning of the mentee's own words, None for a whole session.
    """

    session: str = ""
    key: str = ""
    item: str = ""
    words: Ref | None = None


class Surroundings:
    """What the names in the files that left stand for, each file looked at when it is needed."""

    def __init__(
        self, store: Store, mentorship: str, events: Iterable[Event] | None = None
    ) -> None:
        self._store = store
        self._mentorship = mentorship
        told = stored_in_place(store, mentorship) if events is None else list(events)
        self._places = in_place(told)
        self._journey = tuple(event for _, event in self._places)
        self._makers = aliases(self._journey)
        self._files = [one for one in self._journey if isinstance(one, BundleShared)]
        self._names: dict[str, dict[str, tuple[str, str]]] = {}
        self._open: dict[str, Mapping[str, Share]] = {}
        self._words = Words(store)

    def __repr__(self) -> str:
        return "<Surroundings>"

    def find(self, about: str, share: str, *, elsewhere: bool = True) -> Beside | None:
        """What `about` stands for in the file `share`, else, if `elsewhere`, in any other; None: not there."""
        if not about:
            return None
        own = [one for one in self._files if one.share == share]
        others = [one for one in reversed(self._files) if one.share != share] if elsewhere else []
        for file in (*own, *others):
            found = self._names_in(file).get(about)
            if found is not None:
                return self._beside(*found)
        return None

    def quote(self, beside: Beside) -> str:
        """The mentee's words at `beside`, on one line, with "…" where they go on."""
        if beside.words is None:
            return ""
        words = self._words.at(beside.words)
        return f"{words}…" if words and self._goes_on(beside.words, beside.item) else words

    def _goes_on(self, words: Ref, item: str) -> bool:
        """Whether there is more behind `words`: of the answer, where they are not all of the item in it."""
        made = self._made(item) if item else None
        if words.start < 0 or (made is not None and made.text == words):
            return False
        return words.end < len(self._raw(words._replace(start=-1, end=-1)).rstrip())

    # --- names -------------------------------------------------------------------------

    def _names_in(self, file: BundleShared) -> dict[str, tuple[str, str]]:
        """Names with what they stand for: a session and a key, "" for the whole; an item stands under "item"."""
        if file.share not in self._names:
            self._names[file.share] = {
                maker.of(*place[2]): place[:2]
                for maker in self._makers
                for place in (*self._answers(file.sessions), *_items(file.items))
            }
        return self._names[file.share]

    def _answers(self, sessions: Sequence[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        for session in sessions:
            yield session, "", (session,)
            found, _ = sound_events(self._store, session)
            keys = {one.key for one in found.values() if isinstance(one, Answered)}
            for key in keys:
                yield session, key, (session, key)

    # --- what stands there -------------------------------------------------------------

    def _beside(self, session: str, key: str) -> Beside | None:
        if session == _ITEM:
            return self._item(key)
        if not key:
            return Beside(session=session) if self._answered(session) else None
        is_open = self._shares(session).get(base_key(key)) == "yes"
        words = self._said(session, key) if is_open else self._told_instead(session, key)
        if words is None:
            return None
        made = self._made(f"{session}:{key}")
        return Beside(session, key, made.id if made else "", words)

    def _item(self, item: str) -> Beside | None:
        made = self._made(item)
        session, key = place_of(item)
        if made is None or not self._words.at(made.text):
            return None
        own = session_of(item)
        share = self._shares(session).get(key) if own else self._decided.get((session, key))
        if (share or ("no" if own else made.share)) != "yes":
            return None
        return Beside(own, key if own else "", item, self._brief(made.text))

    def _made(self, item: str) -> Item | None:
        rows = self._store.rows("SELECT settled FROM m_items WHERE id = ?", (item,))
        return decoded(rows[0][0]) if rows else None

    def _said(self, session: str, key: str) -> Ref | None:
        """The words of the answer that stands at `key`; None when there are none."""
        found = self._answered(session)
        told = [(seq, one) for seq, one in found.items() if one.key == key]
        if not told or told[-1][1].status != "answered":
            return None
        seq, answer = told[-1]
        if answer.value is not None or is_probe(key):
            return Ref(session, seq) if self._words.at(Ref(session, seq)) else None
        return self._brief(Ref(session, seq)) if answer.text.strip() else None

    def _told_instead(self, session: str, key: str) -> Ref | None:
        """The summary in the mentee's own words that left in place of the answer at `key`, if there is one."""
        since = [
            (seq, one)
            for seq, one in self._places
            if isinstance(one, ShareChanged) and (one.session, one.key) == (session, key)
        ]
        if since:
            seq, changed = since[-1]
            return self._brief(Ref(self._mentorship, seq)) if changed.words else None
        found = {one.key: (seq, one) for seq, one in self._answered(session).items()}
        _, decided = found.get(SHARE + key, (0, None))
        seq, words = found.get(SHARE + key + WORDS, (0, None))
        if decided is None or decided.value != "words" or words is None or not words.text.strip():
            return None
        return self._brief(Ref(session, seq))

    def _brief(self, ref: Ref) -> Ref:
        """The beginning of the words at `ref`, up to the end of a word."""
        text = self._raw(ref)
        if len(text) <= BRIEF or not text:
            return ref
        cut = text.rfind(" ", 1, BRIEF)
        length = cut if cut > 0 else BRIEF
        start = max(ref.start, 0)
        return ref._replace(start=start, end=start + length)

    def _raw(self, ref: Ref) -> str:
        """The words at `ref` with their own blanks; "" for a choice, which is shown by its label."""
        events = stored_in_place(self._store, ref.session)
        text = text_at(events, ref.seq) if 0 <= ref.seq < len(events) else ""
        return text[ref.start : ref.end] if ref.start >= 0 else text

    def _answered(self, session: str) -> dict[int, Answered]:
        found, _ = sound_events(self._store, session)
        return {seq: one for seq, one in found.items() if isinstance(one, Answered)}

    # --- who may see it ----------------------------------------------------------------

    @cached_property
    def _decided(self) -> Mapping[Place, Share]:
        return {place: one.share for place, one in decisions(self._journey).items()}

    def _shares(self, session: str) -> Mapping[str, Share]:
        """How open the answers of `session` are by what was decided in it and since; none when it is gone."""
        from reflect.application.reading import read_session
        from reflect.dialogue.shares import shares

        if session not in self._open:
            later = {key: share for (one, key), share in self._decided.items() if one == session}
            try:
                dialogue = read_session(self._store, self._store.session(session)).dialogue
            except ReflectError:
                self._open[session] = {}
            else:
                self._open[session] = shares(dialogue, later=later)
        return self._open[session]


def _items(items: Iterable[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for item in items:
        yield _ITEM, item, (item,)


def opening(app: Application, relation: Relation, unread: Sequence[Unread]) -> tuple[NoteRef, ...]:
    """The notes that a session opens with, each beside the words that it is about, as far as they are there."""
    if not unread:
        return ()
    around = Surroundings(app.store, relation.id)
    return tuple(_placed(one, around) for one in unread)


def _placed(one: Unread, around: Surroundings) -> NoteRef:
    note = note_ref(one)
    if not one.about:
        return note
    # Only its own file is looked into: a start reads little, however long the journey.
    found = around.find(one.about, one.share, elsewhere=False)
    if found is None:
        # That it is gone is for nobody else to know.
        return msgspec.structs.replace(note, share="no")
    whole = found.words is None
    return msgspec.structs.replace(note, beside=found.words, about=not whole)
