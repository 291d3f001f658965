"""One session as it is shown to the person opposite."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from reflect.dialogue.record import Entry
from reflect.dialogue.slots import Slot
from reflect.events import Answer, Ref
from reflect.script import Question
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
    """The question as it was put, with only those words in it that stand in the same file."""
    event = sitting.dialogue.replies[slot.key].event
    fills = {
        name: ref
        for name, ref in event.fills.items()
        if may_quote(ref if ref.session else ref._replace(session=sitting.id))
    }
    return sitting.dialogue.as_put(slot, replace(event, fills=fills))


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
