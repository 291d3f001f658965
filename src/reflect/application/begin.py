"""Beginning and resuming: from the journey so far to a `Session` that can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reflect.application.carrying import Carried, carry, start_over
from reflect.application.mentorships import use, usual_pack
from reflect.application.session import Session
from reflect.application.stored import past_of, session_events, stored_script, texts
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.dialogue.wording import Past
from reflect.errors import UsageError
from reflect.events import (
    Expectation,
    LastAnswer,
    Listen,
    MentorshipBegan,
    NoteRef,
    SessionEvent,
    SessionStarted,
    StageMoved,
)
from reflect.memory import Memory
from reflect.mentorship.moving import whereabouts
from reflect.mentorship.recall import memory, unread
from reflect.mentorship.relation import Relation
from reflect.script import (
    Condition,
    Length,
    Lifecycle,
    OneOf,
    Placeholder,
    Repeat,
    Role,
    Script,
    Single,
    Stage,
)
from reflect.transcripts.codec import digest as script_digest
from reflect.transcripts.values import Stream

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.transcripts.store import Store


def begin_mentorship(
    app: Application,
    mentee: str,
    mentor: str,
    stage: Stage,
    language: str = "en",
    role: Role = "mentee",
) -> Relation:
    """Write down who the two are, where they stand and in which language they are asked.

    `role` is whose record it is. From now on it is the mentorship used last.
    """
    at = app.now().isoformat(timespec="seconds")
    mentorship = app.store.new_id()
    state = stage.lifecycle[0] if stage.lifecycle else "rapport"
    app.store.append(
        Stream("journey", mentorship, mentorship),
        0,
        [MentorshipBegan(at, mentee, mentor, language, role), StageMoved(at, state)],
    )
    app.wanted = None
    use(app, mentorship)
    found = app.relation()
    assert found is not None
    return found


def stage_for(script: Script, relation: Relation) -> Stage:
    """The stage of the pack that serves the state the mentorship is in, else its first."""
    return _serving(script, relation.state) or script.stages[0]


def stage_after(app: Application, script: Script, state: Lifecycle, role: Role) -> Stage:
    """The stage that a mentorship in `state` is asked about once a session of `script` has moved it there.

    An exercise moves on to where another pack asks.
    """
    found = _serving(script, state)
    if found is None:
        script = app.script(usual_pack(role), script.language)
    return found or _serving(script, state) or script.stages[0]


def _serving(script: Script, state: Lifecycle) -> Stage | None:
    return next((stage for stage in script.stages if state in stage.lifecycle), None)


def check_audience(script: Script, role: Role) -> None:
    """Raise `UsageError` "not-for-you" when `script` asks nothing of somebody in `role`."""
    if script.audience not in ("both", role):
        hint = "a mentorship in which you are the mentor: reflect mentorship new --as mentor"
        if role == "mentor":
            hint = "the packs there are: reflect pack list"
        message = f"the pack {script.pack} is for a {script.audience}, and here you are the {role}"
        raise UsageError("not-for-you", message, hint)


def begin_session(
    app: Application, relation: Relation, script: Script, stage: Stage, length: Length
) -> Session:
    """Start a session of `script` at `stage`; the one that is still open must have been ended."""
    frozen = _freeze(script)
    return _begun(app, frozen, _started(app, relation, frozen, stage, length))


class Frozen(NamedTuple):
    """A script with its stored form and the digest that names it."""

    script: Script
    data: bytes
    digest: str


class Renewal(NamedTuple):
    """A session as it would go on with another script: its start, and what becomes of each answer."""

    frozen: Frozen
    started: SessionStarted
    carried: Carried


def renewal(
    app: Application, relation: Relation, dialogue: Dialogue, script: Script
) -> Renewal | None:
    """How `dialogue`, which is open, would go on with `script`; None when its stage is gone."""
    old = dialogue.started
    stage = next((stage for stage in script.stages if stage.id == old.stage), None)
    if stage is None:
        return None
    frozen = _freeze(script)
    fresh = _started(app, relation, frozen, stage, old.length)
    started = start_over(old, fresh, script)
    past = past_of(app.store, started)
    hear = app.ear(script.language).hear
    return Renewal(frozen, started, carry(dialogue, started, script, past, hear))


def begin_renewed(app: Application, renewal: Renewal) -> Session:
    """A session of its own that goes on as `renewal` says; the old one must be ended afterwards."""
    return _begun(app, renewal.frozen, renewal.started, renewal.carried.events)


def _freeze(script: Script) -> Frozen:
    data = msgspec.msgpack.encode(script)
    return Frozen(script, data, script_digest(data))


def _started(
    app: Application, relation: Relation, frozen: Frozen, stage: Stage, length: Length
) -> SessionStarted:
    """What a session reads from the journey, the clock and the record."""
    script = frozen.script
    names = last_names(script)
    recalled = msgspec.structs.replace(
        memory(app.store.rows, relation.id, script.pack, names, script.renamed),
        whereabouts=whereabouts(app.store.rows, relation, stage.id),
        notes=_notes(app, relation),
    )
    return start(
        script,
        _hear_last(app, script, recalled, app.store),
        app.now(),
        mentorship=relation.id,
        digest=frozen.digest,
        stage=stage.id,
        length=length,
        mentee=relation.mentee,
        mentor=relation.mentor,
        role=relation.role,
    )


def _notes(app: Application, relation: Relation) -> tuple[NoteRef, ...]:
    """What was written back since, beside the words it is about."""
    found = unread(app.store.rows, relation.id)
    if not found:
        return ()
    from reflect.application.beside import opening

    return opening(app, relation, found)


def _begun(
    app: Application,
    frozen: Frozen,
    started: SessionStarted,
    events: tuple[SessionEvent, ...] = (),
) -> Session:
    """The session that begins with `started` and `events`, stored."""
    stream = Stream("session", app.store.new_id(), started.mentorship)
    app.store.put_script(frozen.digest, frozen.data)
    app.store.append(stream, 0, [started, *events])
    stored = [started, *events]
    return _session(app, frozen.script, stream, stored, over=False, fresh=stored)


def resume(app: Application, session: str, *, over: bool = False) -> Session:
    """Go on with an open session; `over` takes it from another window.

    Raises `LeaseTaken` when another window has it.
    """
    row = app.store.session(session)
    events = session_events(app.store, row.id)
    script = stored_script(app.store, events[0])
    return _session(app, script, Stream("session", row.id, row.mentorship), events, over=over)


def _session(
    app: Application,
    script: Script,
    stream: Stream,
    events: list[SessionEvent],
    *,
    over: bool,
    fresh: Iterable[SessionEvent] = (),
) -> Session:
    """The session of `events`; of those that are `fresh` plug-ins have not been told."""
    if app.several:
        use(app, stream.mentorship)
    lease = app.store.take_lease(stream.id, over=over)
    teller = app.teller(stream.id)
    if teller is not None:
        teller.note(*fresh)
    return Session(
        Dialogue(script, events, past_of(app.store, events[0])),
        stream=stream,
        store=app.store,
        lease=lease,
        ear=app.ear(script.language),
        clock=app.now,
        teller=teller,
    )


# --- last time ---


def last_names(script: Script) -> frozenset[str]:
    """Ids of the questions whose last answer some condition or text of `script` reads."""
    names: set[str] = set()
    for stage in script.stages:
        for condition in _conditions(stage):
            names |= {name for name in condition.subjects() if name.startswith("last.")}
        names |= {f"last.{name}" for name in _last_placeholders(stage)}
    return frozenset(name.removeprefix("last.") for name in names)


def _conditions(stage: Stage) -> Iterable[Condition]:
    for block in _blocks(stage):
        if not isinstance(block, Single) and block.when:
            yield block.when
    for question in stage.questions():
        if question.when:
            yield question.when
        yield from (probe.when for probe in question.probes)


def _blocks(stage: Stage) -> Iterable[Single | OneOf | Repeat]:
    for phase in (stage.opening, stage.worked, stage.adjust, stage.next, stage.closing):
        yield from phase


def _last_placeholders(stage: Stage) -> Iterable[str]:
    for question in stage.questions():
        probes = (template for probe in question.probes for template in probe.ask)
        for template in (*question.ask, question.how, question.example, *probes):
            for piece in template:
                if isinstance(piece, Placeholder) and piece.source == "last":
                    yield piece.name


def _hear_last(app: Application, script: Script, recalled: Memory, store: Store) -> Memory:
    """Listen once to last time's answers for what this script's conditions ask about them."""
    wanted = {
        script.signals[number].subject.removeprefix("last.") for number in script.last_signals
    }
    asked = {name: last for name, last in recalled.last.items() if name in wanted}
    if not asked:
        return recalled
    past = texts(store, {(last.ref.session, last.ref.seq) for last in asked.values()})
    heard = {name: _heard(app, script, name, last, past) for name, last in asked.items()}
    return msgspec.structs.replace(recalled, last={**recalled.last, **heard})


def _heard(app: Application, script: Script, name: str, last: LastAnswer, past: Past) -> LastAnswer:
    listen = tuple(
        Listen(number, script.signals[number])
        for number in script.last_signals
        if script.signals[number].subject == f"last.{name}"
    )
    text = past.get((last.ref.session, last.ref.seq), "")
    said = app.ear(script.language).hear(text, Expectation(listen=listen), app.now())
    return msgspec.structs.replace(last, heard=said.heard)
