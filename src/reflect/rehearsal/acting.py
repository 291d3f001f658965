"""One made-up conversation: the real engine, answers without an Ear, and what holds in every conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from reflect.dialogue.keys import is_probe, text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.slots import Slot
from reflect.dialogue.start import start
from reflect.dialogue.turn import Turn
from reflect.dialogue.wording import ELLIPSIS, Past
from reflect.events import Heard, Kept, Refused, Reopened, Said, SessionEvent, SessionStarted
from reflect.rehearsal.before import Before
from reflect.rehearsal.choosers import Chooser
from reflect.rehearsal.cone import AGAIN, LENGTH, ROLE
from reflect.rehearsal.length import extent, roles_of
from reflect.rehearsal.outcome import Point, Transcript, Uttered
from reflect.rehearsal.outline import Outline
from reflect.rehearsal.saying import described, said
from reflect.rehearsal.view import View
from reflect.rehearsal.watch import checked, reached
from reflect.rehearsal.ways import SKIP, Way
from reflect.script import Length, Placeholder, Role, Template

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
_LENGTHS: tuple[Length, ...] = ("short", "long")
_PLAIN = Way()
_MAYBE = (Way(), SKIP)


class Acted(NamedTuple):
    """What came of one conversation; `given_up` when it was left because it led nowhere new.

    `reached` is what it came by, `questions` how many of the pack's it asked; `broken` says what in it
    is not as in every conversation, and then `transcript` is how it went up to there.
    """

    dialogue: Dialogue
    reached: frozenset[Point]
    questions: int
    broken: str = ""
    transcript: Transcript = ()
    given_up: bool = False


class _Broken(Exception):
    """The conversation is not as every conversation must be; the message is for the author."""


class Stage:
    """A stage in which conversations are held; remembers at which turns going back was tried."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._before = Before(outline, NOW.date())
        self._view = View(outline)
        self._gone_back: set[str] = set()
        self._limits: dict[tuple[Length, Role], int] = {}
        self._ellipses = frozenset(_own_ellipses(outline))

    def act(self, chooser: Chooser, view: View | None = None) -> Acted:
        """One conversation as `chooser` decides; `view` tells what it may choose from."""
        view = view or self._view
        script, stage = self.outline.script, self.outline.stage.id
        role: Role = chooser.pick(ROLE, roles_of(script))
        length: Length = chooser.pick(LENGTH, _LENGTHS)
        memory, past = self._before.make(chooser, view)
        names = {"mentorship": "walk", "digest": "", "mentee": "Amina", "mentor": "Daniel"}
        started = start(script, memory, NOW, stage=stage, length=length, role=role, **names)
        acting = _Acting(self, chooser, view, started, past)
        return acting.all()

    def limit(self, length: Length, role: Role) -> int:
        """The most turns that a conversation can have."""
        if (length, role) not in self._limits:
            script, stage = self.outline.script, self.outline.stage.id
            self._limits[length, role] = extent(script, stage, length, role).turns
        return self._limits[length, role]

    def once(self, key: str) -> bool:
        """Whether this is the first time that `key` is come to."""
        first = key not in self._gone_back
        self._gone_back.add(key)
        return first

    def may_say(self, text: str) -> bool:
        """Whether `text` has nothing in it that stands for words that are missing."""
        if ELLIPSIS in text:
            for own in self._ellipses:
                text = text.replace(own, "")
        return ELLIPSIS not in text


class _Acting:
    def __init__(
        self, stage: Stage, chooser: Chooser, view: View, started: SessionStarted, past: Past
    ) -> None:
        self._stage = stage
        self._chooser = chooser
        self._view = view
        self._past = past
        self._dialogue = Dialogue(stage.outline.script, [started], past)
        self._limit = stage.limit(started.length, started.role)
        self._lines: list[Uttered] = []
        self._reached: set[Point] = set()
        self._seen: set[str] = set()
        self._given_up = False

    def all(self) -> Acted:
        """The conversation to its end, or to where it breaks or leads nowhere new."""
        broken = ""
        try:
            self._talk()
        except _Broken as error:
            broken = str(error)
        shown = [slot.key for slot in self._dialogue.visible]
        if self._dialogue.slot is not None:
            shown.append(self._dialogue.slot.key)
        if broken or not self._given_up:
            self._reached.update(reached(self._dialogue, shown))
        asked = sum(slot.role == "question" for slot in self._dialogue.visible)
        transcript = tuple(self._lines) if broken else ()
        return Acted(
            self._dialogue, frozenset(self._reached), asked, broken, transcript, self._given_up
        )

    def _talk(self) -> None:
        while (turn := self._dialogue.turn) is not None:
            slot = self._dialogue.slot
            assert slot is not None
            self._lines.append(Uttered("bot", turn.text))
            self._check(slot, turn)
            self._back_and_again(turn)
            event = self._answer(slot, turn)
            if self._chooser.stopped or self._view.is_hopeless(self._dialogue):
                self._given_up = True
                return
            self._dialogue.apply(event)
        for line in self._dialogue.farewell():
            self._complete(line)
        self._back_and_again(None)
        self._replay()

    # --- what is decided ---------------------------------------------------------------

    def _answer(self, slot: Slot, turn: Turn) -> SessionEvent:
        """An answer that is taken: the one that is chosen, or when it is refused the first that is not."""
        ways = self._ways(slot)
        chosen = self._chooser.pick(self._name(slot), ways)
        complete = turn.expectation.wants in ("action", "goal") and self._chooser.pick(
            f"complete.{slot.key}", (False, True)
        )
        for way in dict.fromkeys((chosen, *ways, SKIP)):
            heard = said(way, turn, self._base(slot), complete=complete)
            self._reached.update(checked(self._dialogue, heard))
            text = described(way, heard.text, self._stage.outline.script.signals)
            self._lines.append(Uttered("me", text))
            event = self._dialogue.hear(heard, NOW)
            if not isinstance(event, Refused):
                self._reached.update(_chosen(slot, way))
                return event
            self._complete(event.text)
            self._lines.append(Uttered("bot", event.text))
        raise _Broken(f"`{slot.key}` takes no answer: whoever comes here cannot go on")

    def _ways(self, slot: Slot) -> tuple[Way, ...]:
        question = slot.question
        if slot.role == "question" and question is not None:
            return self._view.ways(question, question.id)
        if slot.role == "probe" and question is not None and question.is_text:
            return (SKIP, *(way for way in self._view.ways(question, question.id) if way != SKIP))
        if slot.kind == "yesno":
            return (Way(True), Way(False), SKIP)
        if slot.options:
            return (*(Way(option.id) for option in slot.options), SKIP)
        return _MAYBE

    def _name(self, slot: Slot) -> str:
        """What a decision is called: in each round of a repeat by another name."""
        if slot.role == "again":
            return AGAIN + slot.group
        if slot.role in ("question", "probe"):
            return slot.key
        return text_id(slot.key)

    def _base(self, slot: Slot) -> Heard:
        """What was heard in the answer that a reply to a probe adds to."""
        return self._dialogue.replies[slot.subject].event.heard if is_probe(slot.key) else {}

    # --- what must hold ----------------------------------------------------------------

    def _check(self, slot: Slot, turn: Turn) -> None:
        if turn.key in self._seen:
            raise _Broken(f"`{turn.key}` is asked again although it was answered")
        self._seen.add(turn.key)
        if len(self._seen) > self._limit:
            raise _Broken(f"more than {self._limit} turns: this session does not end")
        missing = _unfilled(slot.wordings[turn.wording], turn)
        if missing:
            raise _Broken(f"`{slot.key}` is asked with nothing to put in for {{{missing}}}")
        for text in (turn.text, turn.how, turn.example, *turn.acknowledgement):
            self._complete(text)

    def _complete(self, text: str) -> None:
        if not self._stage.may_say(text):
            raise _Broken(f"a text is said with a gap in it: {text}")

    def _back_and_again(self, turn: Turn | None) -> None:
        """Going back shows the last answer, and Enter there comes to `turn` again."""
        dialogue = self._dialogue
        if not dialogue.visible or not self._stage.once(turn.key if turn else ""):
            return
        event = dialogue.back()
        last = dialogue.visible[-1].key
        if not isinstance(event, Reopened):
            raise _Broken("going back is refused")
        dialogue.apply(event)
        if dialogue.turn is None or dialogue.turn.key != last:
            raise _Broken(f"going back does not come to `{last}`")
        kept = dialogue.hear(Said(), NOW)
        if not isinstance(kept, Kept):
            raise _Broken(f"going back to `{last}` and pressing Enter does not keep the answer")
        dialogue.apply(kept)
        if (dialogue.turn and dialogue.turn.key) != (turn and turn.key):
            raise _Broken(f"after going back to `{last}` the conversation goes another way")

    def _replay(self) -> None:
        again = Dialogue(self._dialogue.script, self._dialogue.events, self._past)
        if again.turn is not None or again.visible != self._dialogue.visible:
            raise _Broken("read from its record the conversation goes another way")


def _chosen(slot: Slot, way: Way) -> Iterator[Point]:
    """The options of the pack that an answer takes."""
    if slot.question is not None and slot.role == "question" and slot.options:
        options = way.value if isinstance(way.value, tuple) else (way.value,)
        yield from (Point("option", slot.question.id, str(option)) for option in options if option)


def _unfilled(template: Template, turn: Turn) -> str:
    """The first placeholder of `template` that neither an answer fills nor a fallback."""
    return next(
        (
            piece.key
            for piece in template
            if isinstance(piece, Placeholder)
            and piece.source in ("answer", "last", "quote", "match")
            and not piece.fallback
            and piece.key not in turn.fills
        ),
        "",
    )


def _own_ellipses(outline: Outline) -> Iterator[str]:
    """The pieces of the pack's and of core's texts that have an ellipsis of their own."""
    texts: list[Template] = [text for core in outline.script.core.values() for text in core.ask]
    for question in outline.stage.questions():
        texts += [*question.ask, question.how, question.example]
        texts += [must.say for must in question.must]
        texts += [text for probe in question.probes for text in probe.ask]
        texts += [(option.label,) for option in question.options]
    for text in texts:
        for piece in text:
            words = piece if isinstance(piece, str) else piece.fallback
            if ELLIPSIS in words:
                yield words
