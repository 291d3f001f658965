"""Putting a slot into words: the turn, what is acknowledged before it, and why it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from reflect.dialogue.acknowledge import Spoken, acknowledgement, wording_of
from reflect.dialogue.bearing import asked_about
from reflect.dialogue.dates import spoken
from reflect.dialogue.given import Given
from reflect.dialogue.joint import joint_text
from reflect.dialogue.keys import NOTE, PROMISE, question_id, text_id
from reflect.dialogue.moving import rule_at, stage_of
from reflect.dialogue.serving import may_name_goal
from reflect.dialogue.slots import Reply, Slot
from reflect.dialogue.turn import Enter, Heading, Turn, Why
from reflect.dialogue.wording import (
    ELLIPSIS,
    SHORT,
    Context,
    Past,
    fills_of,
    label,
    mentions_answer,
    render,
)
from reflect.events import (
    Answered,
    Expectation,
    Listen,
    Parts,
    Promise,
    Ref,
    SessionEvent,
    SessionStarted,
    Span,
)
from reflect.script import Condition, Hears, Option, Question, Script, Template

if TYPE_CHECKING:
    from reflect.dialogue.machine import Dialogue

NOTHING: Template = ()

MOST_SYMPATHY = 2
"""Answers in a session to which it is said that they sound hard: after that a mentor just listens."""


class Putting:
    """Renders what one session says; holds nothing that changes."""

    def __init__(self, script: Script, started: SessionStarted, past: Past) -> None:
        self._script = script
        self._started = started
        self._past = past
        self._promises = {PROMISE + promise.item: promise for promise in started.promises}
        self._notes = {NOTE + note.note: note for note in started.notes}
        self._beside = {note.beside for note in started.notes}
        self._stage = script.stage(started.stage).title

    # --- a turn ---

    def turn(self, dialogue: Dialogue) -> Turn:
        """The current slot of `dialogue` in words."""
        slot = dialogue.slot
        assert slot is not None
        wording = self._wording(slot, dialogue)
        template = slot.wordings[wording]
        context = self._context(slot, dialogue)
        fills = fills_of(template, context)
        reply = dialogue.replies.get(slot.key)
        how = self._filled(slot.how, context, dialogue)
        faded = text_id(slot.key) in self._started.faded
        return Turn(
            key=slot.key,
            role=slot.role,
            heading=self._heading(slot),
            acknowledgement=self.acknowledge(dialogue, template),
            text=self._render(template, fills, context, dialogue),
            how="" if faded else how,
            more=how if faded else "",
            example=self._filled(slot.example, context, dialogue),
            options=self._options(slot, dialogue),
            labels=slot.question.labels if slot.question and slot.kind == "scale" else (),
            expectation=self._expectation(slot, dialogue),
            enter=_enter(slot, reply),
            wording=wording,
            fills=fills,
            question=slot.question.id if slot.question else "",
            draft=reply.event.text if reply is not None else None,
            stale=reply.stale if reply is not None else False,
        )

    def _heading(self, slot: Slot) -> Heading:
        return Heading(self._stage, slot.phase, slot.step, slot.steps)

    def _wording(self, slot: Slot, dialogue: Dialogue) -> int:
        """The wording fixed at the start, and the next ones when a text is said again."""
        reply = dialogue.replies.get(slot.key)
        if reply is not None and reply.event.wording < len(slot.wordings):
            return reply.event.wording
        if len(slot.wordings) == 1:
            return 0
        first = self._started.wordings.get(text_id(slot.key), 0)
        return (first + dialogue.ordinal(slot.key)) % len(slot.wordings)

    def _expectation(self, slot: Slot, dialogue: Dialogue) -> Expectation:
        question = slot.question
        if question is None or slot.role not in ("question", "probe"):
            wants: Literal["", "mood"] = "mood" if slot.role == "promise" else ""
            options = self._options(slot, dialogue)
            return Expectation(kind=slot.kind, options=options, wants=wants, other=self._other)
        return Expectation(
            kind=slot.kind,
            options=slot.options,
            low=question.low,
            high=question.high,
            wants=question.keep if question.keep in ("action", "goal") else "",
            before=dialogue.replies[slot.subject].event.text if slot.role == "probe" else "",
            listen=self._listen(question, dialogue),
            check=question.check if slot.role == "question" else "",
            other=self._other,
            goals=self._goals(question, dialogue),
            phase=asked_about(question.keep, slot.phase),
        )

    def _options(self, slot: Slot, dialogue: Dialogue) -> tuple[Option, ...]:
        """The options of `slot`; goals are called by the mentee's own words."""
        if slot.role != "serves":
            return slot.options
        goals = {goal.item: goal.text for goal in self._started.goals}
        return tuple(
            Option(one.id, self._goal(goals[one.id], dialogue)) if one.id in goals else one
            for one in slot.options
        )

    def _goals(self, question: Question, dialogue: Dialogue) -> tuple[Option, ...]:
        """The goals that an answer to `question` may name."""
        if not may_name_goal(self._script, self._started, question.keep):
            return ()
        return tuple(
            Option(one.item, self.lookup(one.text, dialogue)) for one in self._started.goals
        )

    @property
    def _other(self) -> str:
        """The name of the person opposite."""
        here = self._started
        return here.mentor if here.role == "mentee" else here.mentee

    def _goal(self, text: Ref, dialogue: Dialogue) -> str:
        return " ".join(self.lookup(text, dialogue).split()) or ELLIPSIS

    def _listen(self, question: Question, dialogue: Dialogue) -> tuple[Listen, ...]:
        return tuple([self._listened(number, dialogue) for number in question.listen])

    def _listened(self, number: int, dialogue: Dialogue) -> Listen:
        signal = self._script.signals[number]
        return Listen(number, signal, self._text_of(signal.other, dialogue) if signal.other else "")

    def _text_of(self, subject: str, dialogue: Dialogue) -> str:
        """The text of an earlier answer that this one is compared with."""
        if subject.startswith("last."):
            last = self._started.last.get(subject.removeprefix("last."))
            return self._past.get((last.ref.session, last.ref.seq), "") if last else ""
        given = dialogue.walk.given.get(subject)
        return joint_text(dialogue.events, given.seq) if given else ""

    # --- what is said before it ---

    def acknowledge(self, dialogue: Dialogue, upcoming: Template = NOTHING) -> tuple[str, ...]:
        """Core's lines on the answer that has just been given."""
        previous, event = dialogue.answered_slot, dialogue.events[-1]
        if previous is None or not isinstance(event, Answered) or event.key != previous.key:
            return ()
        answer = dialogue.replies[previous.subject or previous.key].event
        lines = acknowledgement(previous, event, answer, dialogue.slot, upcoming)
        follows = self._given_at(previous.subject or previous.key, dialogue)
        said = [self._line(one, follows, dialogue) for one in lines if not _is_worn(one, dialogue)]
        return tuple(filter(None, said))

    def _line(self, line: Spoken, follows: Given | None, dialogue: Dialogue) -> str:
        """One line; a line that quotes is left out when there is nothing to quote."""
        ordinal = self._started.journey.sessions * 3 + len(dialogue.visible)
        text = self._script.core.get(line.core)
        if text is None:
            # A session begun with an older core goes on without a line that is new.
            return ""
        template = wording_of(text, ordinal)
        engine = {"due": spoken(line.due, self._script.core, self._started.at)} if line.due else {}
        context = Context(self._script, self._started, dialogue.walk.given, follows, None, engine)
        fills = fills_of(template, context)
        if mentions_answer(template) and not fills:
            return ""
        return self._render(template, fills, context, dialogue)

    # --- why ---

    def why(self, dialogue: Dialogue) -> Why:
        """What led to the current slot of `dialogue`."""
        slot = dialogue.slot
        assert slot is not None
        promise = self._promises.get(slot.subject or slot.key)
        origin = slot.question.origin if slot.question else ""
        pack, _, version = origin.partition(" ")
        return Why(
            role=slot.role,
            pack=pack or self._script.pack,
            version=version or self._script.version,
            source=self._script.source,
            stage=self._stage,
            question=slot.question.id if slot.question else question_id(slot.key),
            line=slot.question.line if slot.question else 0,
            group=slot.group,
            rule=slot.rule.text if slot.rule else "",
            heard=self._heard(slot.rule, dialogue),
            wording=self._wording(slot, dialogue) + 1,
            wordings=len(slot.wordings),
            made=self._said_on(promise),
            reason=self.reason(slot.key, dialogue),
        )

    def reason(self, key: str, dialogue: Dialogue) -> str:
        """Why the engine offers to move, at the key of an offer; empty elsewhere."""
        rule = rule_at(key)
        name = f"move-{rule.name}" if rule else ""
        return self.core(name, dialogue) if name in self._script.core else ""

    def _said_on(self, promise: Promise | None) -> str:
        if promise is None or not promise.made:
            return ""
        return spoken(promise.made[:10], self._script.core, self._started.at)

    def _heard(self, rule: Condition | None, dialogue: Dialogue) -> tuple[str, ...]:
        """The words that made the signals of `rule` true."""
        found: list[str] = []
        for group in rule.groups if rule else ():
            for test in group:
                given = dialogue.walk.given.get(test.subject) if isinstance(test, Hears) else None
                if isinstance(test, Hears) and given is not None:
                    text = joint_text(dialogue.events, given.seq)
                    spans = given.heard.get(test.signal)
                    if spans == () and len(text) <= SHORT:
                        # Heard in the answer as a whole, as "vague" is.
                        found.append(text)
                    found.extend(text[start:end] for start, end in spans or ())
        return tuple(dict.fromkeys(words for words in found if words.strip()))

    # --- words ---

    def core(self, name: str, dialogue: Dialogue, **engine: str) -> str:
        """The sentence of core called `name`."""
        return self.say(wording_of(self._script.core[name], 0), dialogue, **engine)

    def say(self, template: Template, dialogue: Dialogue, **engine: str) -> str:
        """`template` in the state of `dialogue`."""
        context = Context(self._script, self._started, dialogue.walk.given, None, None, engine)
        return self._filled(template, context, dialogue)

    def bare(self, template: Template, dialogue: Dialogue) -> str:
        """`template` with names filled in and nobody's answers: their fallbacks stand."""
        context = Context(self._script, self._started, dialogue.walk.given)
        return self._render(template, {}, context, dialogue)

    def shown(self, slot: Slot, event: Answered, dialogue: Dialogue) -> str:
        """The question at `slot` as it read when `event` answered it."""
        context = self._context(slot, dialogue)
        template = slot.wordings[min(event.wording, len(slot.wordings) - 1)]
        return self._render(template, event.fills, context, dialogue)

    def fills(self, slot: Slot, wording: int, dialogue: Dialogue) -> dict[str, Ref]:
        """What the placeholders of a wording of `slot` refer to, by the answers as they stand.

        A follow-up refers to the answer it follows as it was before.
        """
        reply = dialogue.replies.get(slot.subject)
        follows = None
        if reply is not None:
            event = reply.event
            follows = Given(slot.subject, reply.seq, reply.seq, event, event.value)
        engine, match = self._engine(slot, dialogue), _match(slot.rule, follows)
        context = Context(self._script, self._started, dialogue.walk.given, follows, match, engine)
        return fills_of(slot.wordings[wording], context)

    def _filled(self, template: Template, context: Context, dialogue: Dialogue) -> str:
        if not template:
            return ""
        return self._render(template, fills_of(template, context), context, dialogue)

    def _render(
        self, template: Template, fills: Mapping[str, Ref], context: Context, dialogue: Dialogue
    ) -> str:
        if len(template) == 1 and isinstance(template[0], str):
            return template[0]
        return render(template, fills, context, lambda ref: self.lookup(ref, dialogue))

    def lookup(self, ref: Ref, dialogue: Dialogue) -> str:
        """The words `ref` points at; empty when they are gone."""
        if ref.session:
            return self._past_words(ref)
        event = dialogue.events[ref.seq]
        if ref.start >= 0:
            return self._cited(event, ref, joint_text(dialogue.events, ref.seq))
        if not isinstance(event, Answered) or event.value is None:
            return joint_text(dialogue.events, ref.seq)
        question = self._question(event.key)
        return label(question, event) or event.text if question else event.text

    def _cited(self, event: SessionEvent, ref: Ref, text: str) -> str:
        """The words at `ref`, with "…" where the phrase that is quoted breaks off."""
        words = text[ref.start : ref.end]
        parts = event.parts if isinstance(event, Answered) else Parts()
        return f"{words}{ELLIPSIS}" if words and parts.cut and parts.quote == ref[2:] else words

    def _past_words(self, ref: Ref) -> str:
        text = self._past.get((ref.session, ref.seq), "")
        if ref.start >= 0:
            words = text[ref.start : ref.end]
            is_cut = ref in self._beside and ref.start == 0 and len(words) < len(text.rstrip())
            return f"{words}{ELLIPSIS}" if words and is_cut else words
        for name, last in self._started.last.items():
            if last.ref == ref and last.value is not None and text:
                question = self._question(name)
                return label(question, last) or text if question else text
        return text

    def _question(self, key: str) -> Question | None:
        identifier = question_id(key)
        for stage in self._script.stages:
            for question in stage.questions():
                if question.id == identifier:
                    return question
        return None

    def _context(self, slot: Slot, dialogue: Dialogue) -> Context:
        follows = self._given_at(slot.subject, dialogue) if slot.subject else None
        match = _match(slot.rule, follows)
        engine = self._engine(slot, dialogue)
        return Context(self._script, self._started, dialogue.walk.given, follows, match, engine)

    def _given_at(self, key: str, dialogue: Dialogue) -> Given | None:
        """The visible answer at `key`."""
        reading = dialogue.walk.readings.get(key)
        return reading[1] if reading else None

    def _engine(self, slot: Slot, dialogue: Dialogue) -> dict[str, str | Ref]:
        promise = self._promises.get(slot.subject or slot.key)
        if promise is not None:
            return self._promise(promise)
        note = self._notes.get(slot.key)
        if note is not None:
            beside = {"beside": note.beside} if note.beside else {}
            return {"note": note.text, **beside}
        rule = rule_at(slot.key)
        stage = stage_of(rule.to, self._script) if rule else None
        if stage is not None:
            return {"reason": self.reason(slot.key, dialogue), "next": stage.title}
        if slot.role in ("share", "words"):
            return {"answer": Ref("", dialogue.replies[slot.subject].seq)}
        return {}

    def _promise(self, promise: Promise) -> dict[str, str | Ref]:
        due = spoken(promise.due, self._script.core, self._started.at) if promise.due else ""
        return {"promise": promise.text, "due": due}


def _match(rule: Condition | None, follows: Given | None) -> Span | None:
    """Where the first signal of `rule` was heard in the answer it was asked about."""
    if rule is None or follows is None:
        return None
    for group in rule.groups:
        for test in group:
            spans = follows.heard.get(test.signal) if isinstance(test, Hears) else None
            if spans:
                return spans[0]
    return None


def _is_worn(line: Spoken, dialogue: Dialogue) -> bool:
    """Whether `line` is one of sympathy and has been said before so often that it says nothing any more."""
    if line.core != "ack-low":
        return False
    replies = (dialogue.replies[slot.key].event for slot in dialogue.visible)
    return sum(event.parts.mood == "low" for event in replies) > MOST_SYMPATHY


def _enter(slot: Slot, reply: Reply | None) -> Enter:
    if reply is not None:
        return "keep"
    if slot.may_be_declined:
        return "decline"
    return "skip" if slot.question is None or slot.question.skip else "stay"
