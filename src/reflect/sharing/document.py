"""A session as a document of its own: everything an export holds, in one model with a published schema.

Made by and for the mentee, so it holds every answer; `share` says which of them are
private. The docstrings of this module are the descriptions in the schema.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reflect.dialogue.keys import question_id
from reflect.dialogue.record import Entry, entries
from reflect.events import Answer, Answered, Private, Ref, Status
from reflect.mentorship.item import Item
from reflect.mentorship.items import items
from reflect.script import Keep, Length, Phase, Script, Share

if TYPE_CHECKING:
    from reflect.dialogue.machine import Dialogue
    from reflect.transcripts.values import SessionRow

SCHEMA_VERSION: Literal[1] = 1


class PackMark(msgspec.Struct, frozen=True):
    """The pack that a session ran on."""

    id: str
    version: str


class SessionMark(msgspec.Struct, frozen=True):
    """One sitting: `id` is its ULID, `day` the local date (ISO 8601) on which it began."""

    id: str
    day: str
    stage: str
    stage_title: str
    pack: PackMark
    language: str
    length: Length
    state: Literal["open", "completed", "abandoned"]


class Names(Private, frozen=True, omit_defaults=False):
    """What the two were called when the session began."""

    mentee: str
    mentor: str


class TurnRecord(Private, frozen=True, omit_defaults=False):
    """One question as it was put, and the answer as it is shown.

    `value` is what the answer means where it is not free text: yes or no, a number, an
    ISO date, the id of an option, or several of them. `at` is local time with its offset.
    `share` counts everything the answer depends on; `words` is the mentee's own
    shorter version. `due` is an ISO date, `owner` is me, mentor, both, other, none or
    unclear. `follow_up_of` is the key of the answer this turn followed up on.
    `phase` is null for core's questions before the first, and for an answer whose
    place was lost with a damaged one.
    """

    key: str
    phase: Phase | None
    question: str
    answer: str
    status: Status
    value: Answer
    share: Share
    keep: Keep | None
    words: str
    at: str
    due: str | None
    owner: str
    follow_up_of: str | None


class ItemRecord(Private, frozen=True, omit_defaults=False):
    """Something an answer became that carries on after the session.

    `due` is an ISO date; `due_words` how it was said; `instead` the plan should it fall through.
    """

    id: str
    kind: Keep
    text: str
    day: str
    due: str | None
    due_words: str
    owner: str
    instead: str


class OpenAction(ItemRecord, frozen=True, omit_defaults=False):
    """An action that is still to be done; `share` says who may see it."""

    share: Share


class Transcript(Private, frozen=True, kw_only=True, omit_defaults=False):
    """One session with everything that was asked and answered in it."""

    schema_version: Literal[1]
    session: SessionMark
    mentorship: Names
    turns: tuple[TurnRecord, ...]
    items: tuple[ItemRecord, ...]


class Collection(Private, frozen=True, kw_only=True, omit_defaults=False):
    """Several sessions, oldest first, and where the mentorship stands.

    `open_actions` are all actions of the mentorship that are neither kept nor dropped yet,
    whichever sessions are in here; `check_in` is the day of the next meeting with the mentor, an
    ISO date, null when none is set or it is over.
    """

    schema_version: Literal[1]
    transcripts: tuple[Transcript, ...]
    open_actions: tuple[OpenAction, ...] = ()
    check_in: str | None = None


def transcript(dialogue: Dialogue, row: SessionRow, loose: Iterable[Answered] = ()) -> Transcript:
    """The session of `row` as a document; `loose` are answers that have lost their place."""
    turns = [_turn(entry) for entry in entries(dialogue)]
    turns += [_loose(answer, dialogue.script) for answer in loose]
    return Transcript(
        schema_version=SCHEMA_VERSION,
        session=_mark(dialogue, row),
        mentorship=Names(dialogue.started.mentee, dialogue.started.mentor),
        turns=tuple(turns),
        items=tuple(_item(item, dialogue) for item in items(dialogue, row.id)),
    )


def open_actions(
    dialogue: Dialogue, session: str, wanted: Container[str]
) -> tuple[OpenAction, ...]:
    """Those actions of the session `dialogue` whose ids are `wanted`."""
    return tuple(
        OpenAction(**msgspec.structs.asdict(_item(item, dialogue)), share=item.share)
        for item in items(dialogue, session)
        if item.kind == "action" and item.id in wanted
    )


def collection(
    transcripts: Iterable[Transcript],
    open_actions: Iterable[OpenAction] = (),
    check_in: str | None = None,
) -> Collection:
    """Several documents in one, by the order in which the sessions began; actions that are due come first."""
    ordered = sorted(transcripts, key=lambda one: one.session.id)
    actions = sorted(open_actions, key=lambda one: (one.due is None, one.due or "", one.id))
    return Collection(
        schema_version=SCHEMA_VERSION,
        transcripts=tuple(ordered),
        open_actions=tuple(actions),
        check_in=check_in,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an export: one transcript, or a collection of them."""
    forms, definitions = msgspec.json.schema_components((Transcript, Collection))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What reflect exports: one transcript, or several",
        "anyOf": list(forms),
        "$defs": definitions,
    }


def _mark(dialogue: Dialogue, row: SessionRow) -> SessionMark:
    # The stage is that of the event: the row may have been altered on the disk.
    script, stage = dialogue.script, dialogue.started.stage
    return SessionMark(
        id=row.id,
        day=row.day,
        stage=stage,
        stage_title=script.stage(stage).title,
        pack=PackMark(script.pack, script.version),
        language=row.language,
        length=dialogue.started.length,
        state=row.state,
    )


def _turn(entry: Entry) -> TurnRecord:
    return TurnRecord(
        key=entry.key,
        phase=entry.phase,
        question=entry.question,
        answer=entry.answer,
        status=entry.status,
        value=entry.value,
        share=entry.share,
        keep=entry.keep,
        words=entry.words,
        at=entry.at,
        due=entry.parts.due,
        owner=entry.parts.owner,
        follow_up_of=entry.subject or None,
    )


def _loose(answer: Answered, script: Script) -> TurnRecord:
    """An answer without its place: its question as the pack has it, and private to be safe."""
    return TurnRecord(
        key=answer.key,
        phase=None,
        question=_wording(answer.key, script),
        answer=answer.text,
        status=answer.status,
        value=answer.value,
        share="no",
        keep=None,
        words="",
        at=answer.at,
        due=answer.parts.due,
        owner=answer.parts.owner,
        follow_up_of=None,
    )


def _wording(key: str, script: Script) -> str:
    """The first wording of the question at `key`, placeholders as "…"; the key when there is none."""
    for question in _questions(script):
        if question[0] == question_id(key):
            return question[1]
    return key


def _questions(script: Script) -> Iterator[tuple[str, str]]:
    for stage in script.stages:
        for question in stage.questions():
            words = (piece if isinstance(piece, str) else "…" for piece in question.ask[0])
            yield question.id, "".join(words)


def _item(item: Item, dialogue: Dialogue) -> ItemRecord:
    return ItemRecord(
        id=item.id,
        kind=item.kind,
        text=_words(item, item.text, dialogue),
        day=item.day,
        due=item.due,
        due_words=_words(item, item.due_words, dialogue),
        owner=item.owner,
        instead=_words(item, item.instead, dialogue),
    )


def _words(item: Item, ref: Ref | None, dialogue: Dialogue) -> str:
    """The words that `ref` of `item` points at."""
    return dialogue.words_at(item.within(ref)) if ref is not None else ""
