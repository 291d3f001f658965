"""Who may see the answers of a session.

An answer is at most as open as its pack says, as the mentee decided, and as everything it
depends on: the answers that decided whether it was asked, through hidden questions too,
and those that its texts quote. Otherwise the mere fact that it was asked would tell what was withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from reflect.dialogue.keys import NOTE, PROMISE, SHARE, base_key
from reflect.dialogue.machine import Dialogue
from reflect.events import Answer, Answered, Ref
from reflect.script import (
    PHASES,
    SHARES,
    Block,
    Condition,
    Hears,
    Journey,
    OneOf,
    Placeholder,
    Question,
    Repeat,
    Script,
    Share,
    Single,
    questions_of,
)

_NONE: Mapping[str, Share] = {}

LAST = "last."
JOURNEY = "journey."

Reads = Mapping[str, frozenset[str]]
"""By question's id, the names of the answers that decide whether it, or its probe, is asked, or that it names.

Those of last time are called `last.ID`; what the journey holds of a kind of item `journey.KIND`.
"""


def shares(
    dialogue: Dialogue,
    reads: Reads | None = None,
    later: Mapping[str, Share] = _NONE,
    before: Mapping[str, Share] = _NONE,
) -> dict[str, Share]:
    """Who may see each visible answer with what followed up on it, by the answer's key.

    `reads` is `reads_of` the script and stage, where many sessions of one stage are looked at;
    `later` what was decided after the session, by the answer's key; `before` how open `last.ID` and
    `journey.KIND` are, where more is known than when the session began.
    """
    found = _closed(dialogue, reads, later, before)
    return {key: one for key, one in found.items() if not key.startswith((LAST, JOURNEY))}


def shares_unasked(
    dialogue: Dialogue, later: Mapping[str, Share] = _NONE, before: Mapping[str, Share] = _NONE
) -> dict[str, Share]:
    """How open it is that a question of the stage was not asked, by its id; those that were are left out."""
    reads = reads_of(dialogue.script, dialogue.started.stage)
    found = _closed(dialogue, reads, later, before)
    asked = {question.id for question, _ in dialogue.walk.readings.values()}
    return {
        name: least("yes", *(found[cause] for cause in _causes(name, name, reads, found)))
        for name in reads
        if name not in asked
    }


def _closed(
    dialogue: Dialogue,
    reads: Reads | None,
    later: Mapping[str, Share],
    before: Mapping[str, Share],
) -> dict[str, Share]:
    """As `shares`, with what is known of earlier sessions among it."""
    if reads is None:
        reads = reads_of(dialogue.script, dialogue.started.stage)
    quoted, earlier = _quoted(dialogue)
    found: dict[str, Share] = {
        LAST + name: answer.share for name, answer in dialogue.started.last.items()
    }
    found |= before
    for promise in dialogue.started.promises:
        key = PROMISE + promise.item
        found[key] = least(promise.share, later.get(key, "yes"))
    found.update(_on_notes(dialogue, later))
    for key, (question, _) in dialogue.walk.readings.items():
        causes = [found[cause] for cause in _causes(key, question.id, reads, found)]
        # Words of an answer that is hidden by now have been taken back.
        words = [found.get(source, "no") for source in quoted.get(key, set()) - {key}]
        old = _quoted_before(dialogue, earlier.get(key, set()))
        found[key] = least(_own(dialogue, question, key, later), *causes, *words, *old)
    return found


def least(*allowed: Share) -> Share:
    """The least open of several."""
    return max(allowed, key=SHARES.index)


def decision(dialogue: Dialogue, key: str) -> Answer:
    """What the mentee decided about the answer at `key`: share, keep, words; None while it is open."""
    reply = dialogue.replies.get(SHARE + key)
    if reply is None or reply.draft or reply.event.status != "answered":
        return None
    return reply.event.value


def _own(dialogue: Dialogue, question: Question, key: str, later: Mapping[str, Share]) -> Share:
    """`words` lets only the words out; what the pack keeps private stays so."""
    decided = decision(dialogue, key)
    if key in later:
        decided = "share" if later[key] == "yes" else "keep"
    if decided is None:
        return question.share
    if decided != "share":
        return "no"
    return "yes" if question.share == "at the end" else question.share


def _on_notes(dialogue: Dialogue, later: Mapping[str, Share]) -> Iterator[tuple[str, Share]]:
    """How open what was said to each note is: no more than the words that the note is beside."""
    for note in dialogue.started.notes:
        key = NOTE + note.note
        kept = decision(dialogue, key) in ("keep", "words")
        yield key, least(note.share, later.get(key, "no" if kept else "yes"))


# --- what it depends on ------------------------------------------------------------


def reads_of(script: Script, stage_id: str) -> Reads:
    """What each question of a stage is decided by; KeyError when there is no such stage."""
    stage = script.stage(stage_id)
    return {
        question.id: frozenset(_names(block, question, script)) - {question.id}
        for phase in PHASES
        for block in stage.blocks(phase)
        for question in questions_of(block)
    }


def _names(block: Block, question: Question, script: Script) -> Iterator[str]:
    if isinstance(block, Repeat):
        yield block.questions[0].id
    group = None if isinstance(block, Single) else block.when
    # Of a group, which member was picked tells that others could not be.
    members = questions_of(block) if isinstance(block, OneOf) else (question,)
    conditions = (group, *(one.when for one in members), *(one.when for one in question.probes))
    for condition in conditions:
        if condition is not None:
            yield from condition.subjects()
            yield from _compared(condition, script)
            yield from _counted(condition)
    yield from _named(question)


def _counted(condition: Condition) -> Iterator[str]:
    """What the journey was looked through for; that there were sessions is no answer."""
    for group in condition.groups:
        for test in group:
            if isinstance(test, Journey) and test.what != "sessions":
                yield JOURNEY + test.what


def _named(question: Question) -> Iterator[str]:
    """The answers that stand in the question or its follow-ups, or whose absence does."""
    for template in (*question.ask, *(text for probe in question.probes for text in probe.ask)):
        for piece in template:
            if isinstance(piece, Placeholder) and piece.name and piece.source != "engine":
                yield LAST + piece.name if piece.source == "last" else piece.name


def _compared(condition: Condition, script: Script) -> Iterator[str]:
    """The answers that the texts of others were compared with."""
    for group in condition.groups:
        for test in group:
            if isinstance(test, Hears):
                yield script.signals[test.signal].other


def _causes(key: str, identifier: str, reads: Reads, found: Mapping[str, Share]) -> set[str]:
    """The answers that decided about `key`, earlier ones too; a hidden one stands for those that hid it."""
    suffix = key.removeprefix(identifier)
    causes: set[str] = set()
    seen, ahead = {identifier}, [identifier]
    while ahead:
        for name in reads.get(ahead.pop(), frozenset()) - seen:
            seen.add(name)
            same_round = name + suffix
            if same_round in found or name in found:
                causes.add(same_round if same_round in found else name)
            else:
                ahead.append(name)
    return causes


def _quoted(dialogue: Dialogue) -> tuple[dict[str, set[str]], dict[str, set[Ref]]]:
    """By answer, the answers of this session whose words stand in its texts, and places in earlier ones."""
    here: dict[str, set[str]] = {}
    earlier: dict[str, set[Ref]] = {}
    for slot in dialogue.visible:
        key = slot.subject or slot.key
        for ref in dialogue.replies[slot.key].event.fills.values():
            if ref.session:
                earlier.setdefault(key, set()).add(ref)
            else:
                here.setdefault(key, set()).add(_key_of(ref, dialogue))
    return here, earlier


def _quoted_before(dialogue: Dialogue, refs: Set[Ref]) -> list[Share]:
    """How open the answers of earlier sessions are that stand in a question."""
    return [answer.share for answer in dialogue.started.last.values() if answer.ref in refs]


def _key_of(ref: Ref, dialogue: Dialogue) -> str:
    event = dialogue.events[ref.seq]
    return base_key(event.key) if isinstance(event, Answered) else ""
