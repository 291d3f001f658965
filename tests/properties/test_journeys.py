"""Whole journeys, across restarts, devices, backups and clocks: what was acknowledged stays, what was erased is gone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from reflect.application.begin import begin_mentorship
from reflect.application.by_hand import note_item
from reflect.application.carried import Carried, carried
from reflect.application.changing import change
from reflect.application.meetings import held
from reflect.application.notes import kept
from reflect.application.receiving import receive
from reflect.application.replying import made, note_made
from reflect.application.reviewing import case, file_away, listed, opened, whole
from reflect.application.reviewing_notes import place_for, rewrite, withdraw, write_note
from reflect.application.sharing_out import Form, Sharing, Wish, completed
from reflect.application.stored import stored_script
from reflect.application.taking import accept, decline, waiting
from reflect.application.undoing import take_back, take_back_again
from reflect.dialogue.keys import base_key, question_id
from reflect.errors import ReflectError, UsageError
from reflect.events import (
    Answered,
    AnswerForgotten,
    BundleShared,
    Event,
    ItemChanged,
    ItemNoted,
    MeetingHeld,
    NoteSettled,
    NotesReceived,
    SessionForgotten,
    SessionStarted,
    ShareChanged,
    SharingBegan,
    Undone,
)
from reflect.mentorship.item import STATES, decoded
from reflect.script import Keep, Length
from reflect.sharing.shared import Bundle
from reflect.sharing.wire import decode, encode

from .device import Clock, Device, Kit, is_private
from .profile import MANY, ordinarily
from .record import Copies, Erased, Record, canary, words_in

PACKS = (
    "four-stages", "four-stages", "check-in", "network-map", "debrief", "feedback-received",
)  # fmt: skip
MORE = ("woop", "pulse", "stalled", "agreement", "expectations", "smart-check")
ALL = (*PACKS, *MORE) if MANY else PACKS
LENGTHS: tuple[Length, ...] = ("short", "long")
FORMS: tuple[Form, ...] = ("bundle", "html", "markdown")
KINDS: tuple[Keep, ...] = ("action", "goal", "win", "lesson", "contact", "agreement", "question")
ODD = (
    "", "", "", " ", "\n", "\t", "\x00\x1b[31m", "\ud800", "é́́", "\u202eabc", "\U0001f469\u200d\U0001f52c",
    "שלום", "ﬁ İ ß", "a\u2028b", "{mentor} {{", "\u200b", "a\r\nb", "'; DROP TABLE", "％", "\ufeff", "x" * 300,
)  # fmt: skip
SAID = (
    "I will ask {word} about the rota by friday",
    "{word} went well because I wrote it down first",
    "we talked about {word} and it was hard",
    "{word}",
    "I want to lead the round with {word} by the end of march",
    "nothing worked, {word} again, I am tired of it",
    "maybe {word} or something",
)  # fmt: skip
QUICK = {
    "yesno": ("yes", "no", "maybe not"),
    "scale": ("1", "3", "5", "99"),
    "number": ("0", "3", "2.5", "many"),
    "date": ("2026-12-24", "tomorrow", "when it rains"),
    "due": ("by friday", "2027-02-01", "before the next shift", "no"),
    "owner": ("me", "my mentor", "both", "someone"),
    "choice": ("1", "2", "3", "kept", "99"),
    "several": ("1", "1, 2", "2 3", "none of it"),
}

ACTS = (
    *("say",) * 9, "enter", "skip", "back", "back", "remove", "again", "again", "half",
    "share", "keep", "keep", "words",
)  # fmt: skip
NOTES = ("note", "answer", "action", "goal", "thanks", "close")
MOST_TURNS = 120

devices = st.integers(0, 1)
picks = st.integers(0, 60)
odds = st.sampled_from(ODD)


class Journeys(RuleBasedStateMachine):
    """A mentee with two devices, a mentor with one, and everything that may happen."""

    kit: Kit

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.kit.clock.now = Clock.now
        self.devices = [Device(self.kit, self.folder, name) for name in ("here", "there")]
        self.mentor = self.kit.app(self.folder / "mentor")
        self.copies: Copies = {}
        self.backups: list[tuple[Path, Record]] = []
        self.replies: list[Bundle] = []
        self.number = 0
        self.touched: set[int] = set()

    def teardown(self) -> None:
        for one in self.devices:
            one.app.close()
        self.mentor.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what rules need ---------------------------------------------------------------

    def device(self, which: int) -> Device:
        """The device meant, where the mentorship is known; a second passes with each thing that is done."""
        self.kit.clock.now += timedelta(seconds=1)
        found = which if self.devices[which].relation else 0
        self.touched.add(found)
        return self.devices[found]

    def word(self) -> str:
        """A word that was never said."""
        self.number += 1
        return canary(self.number)

    def words(self, pick: int) -> str:
        """Something said with a word in it that was never said."""
        return SAID[pick % len(SAID)].format(word=self.word())

    @initialize(
        sat=st.lists(st.tuples(st.sampled_from(PACKS[:3]), picks), max_size=2),
        noted=st.lists(st.tuples(st.sampled_from(KINDS), picks), max_size=3),
        shared=st.lists(st.tuples(st.sampled_from(NOTES), picks), max_size=2),
        twice=st.booleans(),
    )
    def begins(
        self,
        sat: list[tuple[str, int]],
        noted: list[tuple[Keep, int]],
        shared: list[tuple[str, int]],
        twice: bool,
    ) -> None:
        """A mentorship, some of it behind them already, and maybe on both devices."""
        here = self.device(0)
        script = here.app.script("four-stages", "en")
        begin_mentorship(here.app, "Amina", "Daniel", script.stages[0])
        here.record.journey = list(here.store.events(here.mentorship))
        for pack, pick in sat:
            self.sits_through(0, pack, LENGTHS[pick % 2], pick)
        for kind, pick in noted:
            self.notes_by_hand(0, kind, pick, "yes")
        if shared:
            self.shares(0, "bundle", [pick for _, pick in shared], True, shared)
        if twice:
            self.brings_together(1)

    # --- sessions ----------------------------------------------------------------------

    @rule(
        which=devices,
        pack=st.sampled_from(ALL),
        length=st.sampled_from(LENGTHS),
        acts=st.lists(st.tuples(st.sampled_from(ACTS), picks, odds, odds), min_size=1, max_size=9),
        ends=st.booleans(),
    )
    def talks(
        self,
        which: int,
        pack: str,
        length: Length,
        acts: list[tuple[str, int, str, str]],
        ends: bool,
    ) -> None:
        """Whatever somebody does who sits there."""
        one = self.device(which)
        self.sits_down(one, pack, length)
        for act, pick, before, behind in acts:
            self.does(one, act, pick, before, behind)
        if ends:
            one.finish("completed" if one.turn is None else "abandoned")

    def sits_down(self, one: Device, pack: str, length: Length) -> None:
        if one.session is None:
            one.begin(one.app.script(pack, "en"), length)

    def does(self, one: Device, act: str, pick: int, before: str, behind: str) -> None:
        session = one.session
        assert session is not None
        key = self.key_of(one, session.id, pick)
        if act == "say":
            self.says(one, pick, before, behind)
        elif act == "half":
            self.types_half(one)
        elif act in ("enter", "skip"):
            stale = one.turn is None or (act == "enter" and one.turn.stale)
            if not stale:
                one.acknowledged(session.say(" ") if act == "enter" else session.skip())
        elif act in ("back", "remove"):
            one.acknowledged(session.back() if act == "back" else session.remove())
        elif key and act == "again":
            one.acknowledged(session.reopen(key))
        elif key:
            one.acknowledged(session.decide(key, act))  # type: ignore[arg-type]
        one.asks_nothing_twice()

    def key_of(self, one: Device, session: str, pick: int) -> str:
        """The key of something answered in `session`; "" when nothing was."""
        keys = [e.key for e in one.record.sessions[session] if isinstance(e, Answered)]
        return keys[pick % len(keys)] if keys else ""

    def types_half(self, one: Device) -> None:
        """What is half typed is there after a restart."""
        if one.session is None or one.turn is None:
            return
        words = f"half {self.word()}"
        one.session.keep_draft(words)
        one.restart("stopped")
        assert one.session is not None and one.session.draft == words

    def says(
        self, one: Device, pick: int, before: str = "", behind: str = "", *, plain: bool = False
    ) -> bool:
        """Answer what is asked; whether it was taken."""
        if one.turn is None:
            return False
        assert one.session is not None
        quick = QUICK.get(one.turn.expectation.kind, ())
        text = quick[pick % len(quick)] if quick and pick < 50 else self.words(pick)
        if plain and quick:
            text = quick[0]
        typed = f"{before}{text}{behind}"
        refused = one.session.say(typed)
        one.acknowledged(refused, typed)
        return refused is None

    @rule(which=devices, pack=st.sampled_from(ALL), length=st.sampled_from(LENGTHS), pick=picks)
    def sits_through(self, which: int, pack: str, length: Length, pick: int) -> None:
        """To the end, whatever is asked; it comes soon."""
        one = self.device(which)
        self.sits_down(one, pack, length)
        for turn in range(MOST_TURNS):
            if one.turn is None:
                break
            if not self.says(one, pick + 7 * turn):
                assert one.session is not None
                refused = one.session.skip()
                one.acknowledged(refused)
                if refused is not None:
                    self.says(one, 3, plain=True)
            one.asks_nothing_twice()
        assert one.turn is None, "a session does not end"
        one.finish("completed")

    # --- stopping and starting ---------------------------------------------------------

    @rule(which=devices, how=st.sampled_from(("paused", "stopped", "killed", "left")))
    def restarts(self, which: int, how: str) -> None:
        one = self.device(which)
        if how == "left":
            one.leave()
        else:
            one.restart(how)

    @rule(
        days=st.sampled_from((0, 0, 1, 7, 40, 400, -1, -90, -4000, 9000)),
        seconds=st.integers(-5_000, 5_000),
        zone=st.sampled_from((1, 0, -11, 14, 5.5)),
    )
    def clock_jumps(self, days: int, seconds: int, zone: float) -> None:
        moved = self.kit.clock.now + timedelta(days=days, seconds=seconds)
        self.kit.clock.now = moved.astimezone(timezone(timedelta(hours=zone)))

    # --- by hand -----------------------------------------------------------------------

    @rule(
        which=devices, kind=st.sampled_from(KINDS), pick=picks, share=st.sampled_from(("yes", "no"))
    )
    def notes_by_hand(self, which: int, kind: Keep, pick: int, share: Any) -> None:
        one = self.device(which)
        text = self.words(pick)
        relation = one.relation
        assert relation is not None
        item = note_item(one.app, relation, kind, text, share=share)
        assert item.text and item.text in text
        one.grown(ItemNoted)

    @rule(which=devices, kind=st.sampled_from(KINDS), pick=picks, field=st.integers(0, 3))
    def changes_an_item(self, which: int, kind: Keep, pick: int, field: int) -> None:
        """Done, moved to another day, put in other words; taken back, it is as it was."""
        one = self.device(which)
        item = self.item_of(one, kind, pick)
        relation = one.relation
        if item is None or relation is None:
            return
        changes = (
            ("state", STATES[kind][pick % len(STATES[kind])]),
            ("due", "2027-01-15"),
            ("text", self.words(pick)),
            ("owner", "mentor"),
        )
        before = self.items(one)
        change(one.app, relation, [item], [changes[field]], reason=self.word())
        one.grown(ItemChanged)
        if pick % 3 == 0:
            take_back(one.app, relation)
            one.grown(Undone)
            assert self.items(one) == before, "what is taken back is not as it was"

    def item_of(self, one: Device, kind: Keep, pick: int) -> Carried | None:
        found = carried(one.store, one.mentorship, kind, closed=True)
        return found[pick % len(found)] if found else None

    def items(self, one: Device) -> list[tuple[Any, ...]]:
        return one.store.rows("SELECT * FROM m_items ORDER BY id")

    @rule(which=devices, what=st.sampled_from(("undo", "undo", "redo", "meet")))
    def changes_their_mind(self, which: int, what: str) -> None:
        one = self.device(which)
        relation = one.relation
        assert relation is not None
        if what == "meet":
            held(one.app, relation)
            one.grown(MeetingHeld)
            return
        try:
            (take_back_again if what == "redo" else take_back)(one.app, relation)
        except ReflectError as error:
            assert error.code == "nothing-to-undo"
        one.grown(Undone)

    # --- erasing -----------------------------------------------------------------------

    @rule(which=devices, pick=picks, key=picks, whole=st.integers(0, 2))
    def erases(self, which: int, pick: int, key: int, whole: int) -> None:
        one = self.device(which)
        names = sorted(one.record.sessions)
        if not names:
            return
        one.leave()
        name, at = names[pick % len(names)], one.app.now().isoformat(timespec="seconds")
        if whole == 0:
            report = one.store.forget_session(name, at)
            one.erase(Erased(frozenset((name,))), SessionForgotten)
        elif found := self.key_of(one, name, key):
            report = one.store.forget_answer(name, found, at)
            one.erase(Erased(answers=frozenset(((name, found),))), AnswerForgotten)
        else:
            return
        assert report.removed and not report.pending

    @rule(which=devices, kind=st.sampled_from(KINDS), pick=picks)
    def erases_a_noted(self, which: int, kind: Keep, pick: int) -> None:
        one = self.device(which)
        item = self.item_of(one, kind, pick)
        if item is None or item.session:
            return
        report = one.store.forget_noted(item.id, one.app.now().isoformat(timespec="seconds"))
        name, _, key = item.id.partition(":")
        one.erase(Erased(answers=frozenset(((name, key),))), AnswerForgotten)
        assert report.removed

    # --- the two opposite each other ---------------------------------------------------

    @rule(
        which=devices,
        form=st.sampled_from(FORMS),
        picks=st.lists(picks, max_size=6),
        sent=st.booleans(),
        back=st.lists(st.tuples(st.sampled_from(NOTES), picks), max_size=3),
    )
    def shares(
        self,
        which: int,
        form: Form,
        picks: list[int],
        sent: bool,
        back: Sequence[tuple[Any, int]] = (),
    ) -> None:
        """What is private stays; what is sent is opened, and maybe answered at once."""
        one = self.device(which)
        relation = one.relation
        assert relation is not None
        sessions = completed(one.app, relation)
        sharing = Sharing(one.app, relation, Wish(to="Daniel", form=form, sessions=sessions))
        news: list[Event] = []
        open_ = sharing.undecided()
        for pick in picks if open_ else ():
            place = open_[pick % len(open_)].place
            choice = ("yes", "no", "no")[pick % 3]
            summary = f"in short {self.word()}" if pick % 4 == 0 else ""
            sharing.decide(place, choice, summary)  # type: ignore[arg-type]
            news = [
                e for e in news if not isinstance(e, ShareChanged) or (e.session, e.key) != place
            ]
            news.append(ShareChanged("", *place, choice, summary))  # type: ignore[arg-type]
        data = sharing.draft().data
        self.nothing_private_is_in(one, data, news)
        if not sent:
            return
        sharing.send(data, lambda _: None)
        sharing.keep_key()
        one.grown(BundleShared, SharingBegan, ShareChanged)
        if form == "bundle":
            assert file_away(self.mentor, opened(data, ())).new
            assert not file_away(self.mentor, opened(data, ())).new
            for kind, pick in back:
                self.mentor_writes(pick, kind)
                self.receives(which, 0, again=pick % 2 == 0)

    def nothing_private_is_in(self, one: Device, data: bytes, news: list[Event]) -> None:
        """No word of what is private, was put in other words or was erased."""
        journey = [*one.record.journey, *news]
        allowed: set[str] = words_in([e for e in journey if isinstance(e, ShareChanged)])
        private: set[str] = set(one.record.gone)
        for name, events in one.record.sessions.items():
            started = events[0]
            assert isinstance(started, SessionStarted)
            script = stored_script(one.store, started)
            own = {q.id: q.share for stage in script.stages for q in stage.questions()}
            last = {e.key: e for e in events if isinstance(e, Answered)}
            for event in events:
                if not isinstance(event, Answered):
                    continue
                base = base_key(event.key)
                share = own.get(question_id(base), "yes")
                secret = not event.key.startswith("core.") and is_private(
                    events, journey, name, base, share
                )
                old = last[event.key] is not event
                (private if secret or old else allowed).update(words_in([event]))
        for (settled,) in one.store.rows("SELECT settled FROM m_items"):
            item = decoded(settled)
            changed = [e for e in journey if isinstance(e, ItemChanged) and e.item == item.id]
            noted = [e for e in journey if isinstance(e, ItemNoted) and e.item == item.id]
            (private if noted and noted[0].share != "yes" else allowed).update(
                words_in([*changed, *noted])
            )
        left = {word for word in private - allowed if word.encode() in data}
        assert not left, f"{len(left)} private words left the home"

    @rule(pick=picks, kind=st.sampled_from(NOTES))
    def mentor_writes(self, pick: int, kind: Any) -> None:
        lines = listed(self.mentor)
        if not lines:
            return
        found = case(self.mentor, lines[0].name)
        if pick % 5 == 0 and found.notes:
            written = found.notes[pick % len(found.notes)]
            if written.withdrawn or pick % 2:
                rewrite(self.mentor, found, written, f"rather {self.word()}")
            else:
                withdraw(self.mentor, found, written)
        else:
            place = None
            try:
                place = place_for(found, found.newest, kind, 1 + pick % 9) if pick % 4 else None
            except UsageError:
                kind = "note"
            write_note(self.mentor, found, kind, self.words(pick), place=place, filed=found.newest)
        found = whole(self.mentor, lines[0].name)
        assert len({note.id for note in found.notes}) == len(found.notes)
        if found.told:
            reply = decode(encode(made(self.mentor, found)))
            note_made(self.mentor, found, reply)
            self.replies.append(reply)

    @rule(which=devices, pick=picks, again=st.booleans())
    def receives(self, which: int, pick: int, again: bool) -> None:
        one = self.device(which)
        if not self.replies:
            return
        bundle = self.replies[-1 - pick % len(self.replies)]
        assert bundle.reply is not None
        relation = one.relation
        assert relation is not None
        try:
            receive(one.app, bundle)
        except ReflectError as error:
            assert error.code == "no-such-mentorship-here"
            assert not any(isinstance(event, SharingBegan) for event in one.record.journey)
            return
        one.grown(NotesReceived, ItemChanged, NoteSettled)
        here = {one.note.id: one.note for one in kept(one.app, relation)}
        for sent in bundle.reply.notes:
            newest = here[sent.id]
            assert newest.revision > sent.revision or newest.text == sent.text
        if again:
            assert receive(one.app, bundle).notes == ()
            assert one.grown() == []

    @rule(which=devices, yes=st.booleans())
    def takes_what_is_proposed(self, which: int, yes: bool) -> None:
        one = self.device(which)
        relation = one.relation
        assert relation is not None
        for found in waiting(one.app, relation)[:1]:
            try:
                (accept if yes else decline)(one.app, relation, found.number)
            except ReflectError as error:
                assert error.code == "note-about-nothing"
            one.grown(ItemNoted, ItemChanged, NoteSettled)

    # --- two devices -------------------------------------------------------------------

    @rule(to=devices)
    def brings_together(self, to: int) -> None:
        one, other = self.devices[to], self.devices[1 - to]
        self.touched.add(to)
        if other.relation is not None:
            one.merge(other.store.path, other.record, self.copies)
            if other.session is None:
                assert not one.store.merge(other.store.path).changed, "twice is not once"

    @rule(which=devices)
    def backs_up(self, which: int) -> None:
        one = self.device(which)
        path = self.folder / f"backup-{len(self.backups)}.db"
        one.store.backup(path)
        self.backups.append((path, one.record.copy()))

    @rule(which=devices, pick=picks, anew=st.booleans())
    def restores(self, which: int, pick: int, anew: bool) -> None:
        """What a backup holds comes in; or the device was lost, and it is all that is left."""
        one = self.device(which)
        if not self.backups:
            return
        path, record = self.backups[pick % len(self.backups)]
        if anew:
            one.leave()
            one.moved(empty=True)
            one.app, one.record = self.kit.app(one.root), Record()
        one.merge(path, record, self.copies)

    @rule(which=devices)
    def makes_all_anew(self, which: int) -> None:
        one = self.device(which)
        before = (one.store.projected(), one.store.sessions())
        one.store.rebuild()
        assert (one.store.projected(), one.store.sessions()) == before, (
            "a fold is not what was kept"
        )

    # --- and always --------------------------------------------------------------------

    @invariant()
    def all_is_as_it_should_be(self) -> None:
        for which in sorted(self.touched):
            self.devices[which].check()
        self.touched.clear()


@cache
def _kit(folder: Path) -> Kit:
    return Kit(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kit")


def test_whole_journeys(folder: Path) -> None:
    Journeys.kit = _kit(folder)
    run_state_machine_as_test(Journeys, settings=ordinarily(9, share=0.25, steps=20))
