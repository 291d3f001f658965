"""What a session began from, told as the `given` of a story: the other way round from `beginning`.

What a story cannot say (which of core's wordings were heard before) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from reflect.dialogue.machine import Dialogue
from reflect.events import NoteRef, Promise
from reflect.packs.quoting import scalar
from reflect.rehearsal.given import BETWEEN, TODAY
from reflect.script import PHASES, OneOf

_NOT_YET = {0: "", 1: ", not yet", 2: ", not yet twice"}


def given(dialogue: Dialogue) -> Iterator[str]:
    """The lines under `given` for a session that began as `dialogue` did; none for a first one on `TODAY`."""
    journey = dialogue.started.journey
    today = _today(dialogue)
    if today != TODAY:
        yield f"today: {today.isoformat()}"
    if journey.sessions:
        yield f"sessions: {journey.sessions}"
    if journey.days is not None:
        yield f"days since: {journey.days}"
    yield from _standing(dialogue)
    yield from _listed("goals", _goals(dialogue))
    yield from _listed("open", (_promise(one, dialogue) for one in dialogue.started.promises))
    yield from _listed("notes", (_note(one, dialogue) for one in dialogue.started.notes))
    yield from _counts(dialogue)
    last = [f"  {name}: {scalar(text)}" for name, text in _last(dialogue)]
    yield from ("last:", *last) if last else ()
    asked = ", ".join(_asked(dialogue))
    yield from (f"asked: [{asked}]",) if asked else ()


def _today(dialogue: Dialogue) -> date:
    return date.fromisoformat(dialogue.started.at[:10])


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    lines = [f"  - {scalar(text)}" for text in texts]
    if lines:
        yield f"{name}:"
        yield from lines


def _standing(dialogue: Dialogue) -> Iterator[str]:
    """Where the mentorship is, if moving on was offered; as many sessions lie behind its day as counted."""
    here, journey = dialogue.started.whereabouts, dialogue.started.journey
    slots = (*dialogue.visible, dialogue.slot)
    if here is None or all(slot is None or slot.role != "move" for slot in slots):
        return
    yield f"state: {here.state}"
    if here.sessions < journey.sessions:
        last = _today(dialogue) - timedelta(days=journey.days or 0)
        between = BETWEEN * (here.sessions - 1) if here.sessions else timedelta(days=-1)
        yield f"since: {(last - between).isoformat()}"
    if here.kept:
        yield f"kept: {here.kept}"
    if here.asked is not None:
        yield f"offered: {here.asked}"


def _goals(dialogue: Dialogue) -> Iterator[str]:
    started = dialogue.started
    for goal in started.goals:
        yield f"{_line(dialogue.words_at(goal.text))}, {goal.state}"
    if started.whereabouts is not None and started.whereabouts.reached and not started.goals:
        yield "an earlier goal, reached"


def _promise(promise: Promise, dialogue: Dialogue) -> str:
    due = f", by {promise.due}" if promise.due else ""
    times = _NOT_YET.get(promise.not_yet, f", not yet {promise.not_yet} times")
    return f"{_line(dialogue.words_at(promise.text))}{due}{times}"


def _note(note: NoteRef, dialogue: Dialogue) -> str:
    beside = _line(dialogue.words_at(note.beside)) if note.beside else ""
    return _line(dialogue.words_at(note.text)) + (f", beside {beside}" if beside else "")


def _counts(dialogue: Dialogue) -> Iterator[str]:
    """How many items are open of each kind that is not told one by one."""
    told = {"action": len(dialogue.started.promises), "goal": len(dialogue.started.goals)}
    for kind, count in dialogue.started.journey.items.items():
        if count != told.get(kind, 0) and not (kind == "goal" and told["goal"]):
            yield f"{kind}s: {count}"


def _last(dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    for name, answer in dialogue.started.last.items():
        words = _line(dialogue.words_at(answer.ref)) if answer.status == "answered" else "skip"
        if words:
            yield name, words


def _asked(dialogue: Dialogue) -> Iterator[str]:
    """The questions that come in their second wording, and members of a group whose turn was before."""
    started = dialogue.started
    stage = dialogue.script.stage(started.stage)
    names = {question.id for question in stage.questions()} - started.last.keys()
    found = [name for name, wording in started.wordings.items() if wording == 1 and name in names]
    for block in (block for phase in PHASES for block in stage.blocks(phase)):
        if isinstance(block, OneOf) and block.id in started.picks:
            members = [member.id for member in block.members]
            found += members[: members.index(started.picks[block.id])]
    yield from dict.fromkeys(name for name in found if name in names)


def _line(text: str) -> str:
    return " ".join(text.split())
