"""One session as it is shown to the person opposite."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from reflect.dialogue.record import Entry
from reflect.dialogue.slots import Slot
from reflect.events import Answer, Ref
from reflect.script import PHASES, OneOf, Question
from reflect.sharing.aliases import Aliases
from reflect.sharing.closure import Sitting, owner
from reflect.sharing.shared import SharedAnswer, SharedReply, SharedSession

MayQuote = Callable[[Ref], bool]
"""Whether the words that a reference points at stand in the same file, so that a question may repeat them."""


def whole(sitting: Sitting) -> frozenset[str]:
    """The keys of the answers that leave as they stand."""
    return frozenset(
        one.key for one in sitting.entries if one.key == owner(one) and sitting.may_leave(one)
    )


def shared_session(sitting: Sitting, names: Aliases, may_quote: MayQuote) -> SharedSession:
    """What leaves of `sitting`, in the order it was asked. Who may see nothing of it sees no answers."""
    started, script = sitting.dialogue.started, sitting.dialogue.script
    return SharedSession(
        id=names.of(sitting.id),
        day=started.at[:10],
        pack=script.pack,
        title=script.title,
        version=script.version,
        stage=script.stage(started.stage).title,
        language=started.language,
        answers=tuple(_answers(sitting, names, may_quote)),
        both=script.audience == "both",
    )


def _answers(sitting: Sitting, names: Aliases, may_quote: MayQuote) -> Iterator[SharedAnswer]:
    leaving = whole(sitting)
    slots = {slot.key: slot for slot in sitting.dialogue.visible}
    for entry in sitting.entries:
        slot = slots[entry.key]
        if entry.key in leaving:
            replies = _replies(entry, sitting, slots, may_quote)
            yield _answer(entry, slot, sitting, names, may_quote, tuple(replies))
        elif entry.role == "question" and (words := sitting.summary(entry.key)):
            yield _summary(entry, slot, sitting, names, may_quote, words)


def _answer(
    entry: Entry,
    slot: Slot,
    sitting: Sitting,
    names: Aliases,
    may_quote: MayQuote,
    replies: tuple[SharedReply, ...],
) -> SharedAnswer:
    return SharedAnswer(
        id=names.of(sitting.id, entry.key),
        question=_question(slot, sitting, may_quote),
        answer=entry.answer,
        phase=entry.phase,
        value=_value(entry.value),
        kept_as=entry.keep,
        replies=replies,
        note=_note(slot.question, sitting),
        asked=entry.id if entry.role == "question" else "",
        no_step=entry.parts.weight == "none",
    )


def _summary(
    entry: Entry,
    slot: Slot,
    sitting: Sitting,
    names: Aliases,
    may_quote: MayQuote,
    words: str,
) -> SharedAnswer:
    return SharedAnswer(
        id=names.of(sitting.id, entry.key),
        question=_question(slot, sitting, may_quote),
        answer=words,
        phase=entry.phase,
        summary=True,
        note=_note(slot.question, sitting),
        asked=entry.id,
    )


def _replies(
    entry: Entry, sitting: Sitting, slots: dict[str, Slot], may_quote: MayQuote
) -> Iterator[SharedReply]:
    for reply in sitting.entries:
        if reply.subject == entry.key and sitting.may_leave(reply):
            question = _question(slots[reply.key], sitting, may_quote)
            yield SharedReply(question, reply.answer)


def _question(slot: Slot, sitting: Sitting, may_quote: MayQuote) -> str:
    """The question as it was put, with only those words in it that stand in the same file.

    Which wording is next tells how often it was asked before, so what is not asked in every
    session stands in its first.
    """
    dialogue = sitting.dialogue
    event = dialogue.replies[slot.key].event
    if not _is_always_asked(slot, sitting):
        event = replace(event, wording=0, fills=dialogue.fills(slot, 0))
    fills = {
        name: ref
        for name, ref in event.fills.items()
        if may_quote(ref if ref.session else ref._replace(session=sitting.id))
    }
    return dialogue.as_put(slot, replace(event, fills=fills))


def _is_always_asked(slot: Slot, sitting: Sitting) -> bool:
    """Whether it is asked whatever is answered: a question, or a group, without a condition."""
    if slot.role != "question" or slot.rule is not None or slot.round:
        return False
    stage = sitting.dialogue.script.stage(sitting.dialogue.started.stage)
    blocks = [block for phase in PHASES for block in stage.blocks(phase)]
    members = [
        one
        for block in blocks
        if isinstance(block, OneOf) and block.id == slot.group
        for one in block.members
    ]
    return all(one.when is None for one in members)


def _note(question: Question | None, sitting: Sitting) -> str:
    """What the pack says to the mentor about a question; its placeholders are names only."""
    if question is None or not question.note:
        return ""
    return sitting.dialogue.bare(question.note)


def _value(value: Answer) -> str:
    """What an answer means, where it is not free text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)
