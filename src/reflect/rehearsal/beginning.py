"""Beginning the session of a story: what is `given` there becomes the memory that it starts from."""

from __future__ import annotations

from datetime import UTC, datetime, time

import msgspec

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import (
    Expectation,
    GoalRef,
    LastAnswer,
    Listen,
    NoteRef,
    Promise,
    Ref,
    Whereabouts,
)
from reflect.listening.ear import Ear
from reflect.memory import Memory
from reflect.mentorship.recall import GOALS_READ
from reflect.packs.tree import Text
from reflect.rehearsal.given import Given, Goal
from reflect.rehearsal.outcome import Failure
from reflect.rehearsal.story import Story
from reflect.script import Question, Script, Stage
from reflect.text import nearest

BEFORE = "before"
"""Stands for the session of everything that is `given`."""
WRITTEN = "written"
"""Stands for where the notes that are `given` are."""
SKIPPED = ("", "skip")
"""What says, in `last` as in the talk, that a question was left out."""

_AT = time(18, 0, tzinfo=UTC)


def time_of(story: Story) -> datetime:
    """When a story happens: at six in the evening of its day."""
    return datetime.combine(story.given.today, _AT)


def begin(script: Script, story: Story, ear: Ear) -> Dialogue | Failure:
    """The session of `story` before its first line, or what in it does not fit `script`."""
    stage = next((stage for stage in script.stages if stage.id == story.stage), None)
    if stage is None:
        return _unknown(story, "stage", story.stage, [stage.id for stage in script.stages])
    standing = story.given.standing
    if standing and not (standing.state or stage.lifecycle):
        instead = f"the stage `{stage.id}` serves none"
        return Failure(standing.place, "a `state` under `given`", (instead,))
    questions = {question.id: question for each in script.stages for question in each.questions()}
    last = _Last(script, ear, time_of(story))
    asked = ((text.value, text) for text in story.given.asked)
    for name, text in (*story.given.last.items(), *asked):
        if name not in questions:
            return _unknown(story, "question", name, list(questions), text)
        if name in story.given.last and not last.hear(questions[name], text):
            return Failure(text.place, f"an answer to `{name}`", (text.value,))
    return _dialogue(script, story, stage, last)


def _unknown(
    story: Story, what: str, name: str, names: list[str], text: Text | None = None
) -> Failure:
    near = nearest(name, names)
    hint = (f"did you mean `{near}`?",) if near else (", ".join(names),)
    return Failure(text.place if text else story.place, f"a {what} called `{name}`", hint)


class _Last:
    """The answers of last time, heard one after the other."""

    def __init__(self, script: Script, ear: Ear, now: datetime) -> None:
        self._script = script
        self._ear = ear
        self._now = now
        self.answers: dict[str, LastAnswer] = {}
        self.past: dict[tuple[str, int], str] = {}

    def hear(self, question: Question, text: Text) -> bool:
        """Take `text` as what was answered to `question`; False when it is no such answer."""
        ref = Ref(BEFORE, len(self.past))
        if text.value in SKIPPED:
            self.answers[question.id] = LastAnswer(ref, "skipped")
            return True
        said = self._ear.hear(text.value, self._expectation(question), self._now)
        self.past[BEFORE, ref.seq] = said.text
        self.answers[question.id] = LastAnswer(
            ref, "answered", said.value, said.heard, said.parts.quote
        )
        return not (said.problem or said.complaint)

    def _expectation(self, question: Question) -> Expectation:
        signals = ((number, self._script.signals[number]) for number in self._script.last_signals)
        return Expectation(
            kind=question.kind,
            options=question.options,
            low=question.low,
            high=question.high,
            check=question.check,
            listen=tuple(
                Listen(number, signal)
                for number, signal in signals
                if signal.subject == f"last.{question.id}"
            ),
        )


def _dialogue(script: Script, story: Story, stage: Stage, last: _Last) -> Dialogue:
    given = story.given
    promises = _promises(given, len(last.past))
    goals = _goals(given, len(last.past) + len(promises))
    places = (*(one.text for one in promises), *(one.text for one in goals))
    texts = (*(one.text for one in given.open), *(one.text for one in _open_goals(given)))
    words = {(ref.session, ref.seq): text for ref, text in zip(places, texts, strict=True)}
    notes = _notes(given)
    memory = msgspec.structs.replace(
        _memory(given, last.answers, promises),
        goals=goals[:GOALS_READ],
        notes=notes,
        whereabouts=_whereabouts(given, stage),
    )
    started = start(
        script,
        memory,
        time_of(story),
        mentorship="story",
        digest="",
        stage=stage.id,
        length=story.length,
        mentee=given.mentee,
        mentor=given.mentor,
        role=story.role,
    )
    return Dialogue(script, [started], {**last.past, **words, **_written(given)})


def _notes(given: Given) -> tuple[NoteRef, ...]:
    """What was written back; the words of each note and those it is beside stand in a place of their own."""
    return tuple(
        NoteRef(
            note=f"{number}",
            revision=1,
            text=Ref(WRITTEN, 2 * number, 0, len(note.text)),
            about=bool(note.beside),
            beside=Ref(WRITTEN, 2 * number + 1, 0, len(note.beside)) if note.beside else None,
        )
        for number, note in enumerate(given.notes)
    )


def _written(given: Given) -> dict[tuple[str, int], str]:
    texts = [text for note in given.notes for text in (note.text, note.beside)]
    return {(WRITTEN, place): text for place, text in enumerate(texts)}


def _promises(given: Given, first: int) -> tuple[Promise, ...]:
    """The open promises; their texts are events of last time, from number `first` on."""
    made = given.last_session.isoformat() if given.last_session else ""
    return tuple(
        Promise(
            item=f"{BEFORE}:{number}",
            text=Ref(BEFORE, number, 0, len(promise.text)),
            due=promise.due.isoformat() if promise.due else None,
            made=made,
            not_yet=promise.not_yet,
        )
        for number, promise in enumerate(given.open, first)
    )


def _goals(given: Given, first: int) -> tuple[GoalRef, ...]:
    """The open goals, whose texts follow on those of the promises."""
    return tuple(
        GoalRef(f"{BEFORE}:{number}", Ref(BEFORE, number, 0, len(goal.text)), goal.state)
        for number, goal in enumerate(_open_goals(given), first)
    )


def _open_goals(given: Given) -> tuple[Goal, ...]:
    return tuple(goal for goal in given.goals if goal.is_open)


def _whereabouts(given: Given, stage: Stage) -> Whereabouts | None:
    """Where the mentorship is; None where the story does not say, so that nothing is offered."""
    standing = given.standing
    if standing is None:
        return None
    return Whereabouts(
        state=standing.state or stage.lifecycle[0],
        sessions=sum(day >= (standing.since or day) for day in given.session_days()),
        kept=standing.kept,
        reached=sum(goal.state == "reached" for goal in given.goals),
        asked=standing.offered.isoformat() if standing.offered else None,
    )


def _memory(given: Given, last: dict[str, LastAnswer], promises: tuple[Promise, ...]) -> Memory:
    """What is given, as if first the questions in `last`, then those in `asked` had been put."""
    counted = {"action": len(promises), "goal": len(_open_goals(given))}
    later = (text.value for text in given.asked)
    asked = {**dict.fromkeys(last, 1), **dict.fromkeys(later, 2)}
    return Memory(
        sessions=given.sessions,
        last_day=given.last_session.isoformat() if given.last_session else None,
        items={**{kind: count for kind, count in counted.items() if count}, **given.items},
        promises=promises,
        last=last,
        used={name: {0: when} for name, when in asked.items()},
        asked=asked,
    )
