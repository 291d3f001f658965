"""Which answer /private speaks of, and which answers are marked as private."""

from __future__ import annotations

from reflect.dialogue.keys import SHARE, WORDS, base_key, is_decided
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import Entry, entries
from reflect.events import Answered, Kept, Ref
from reflect.text import shorten

FEW_WORDS = 40
"""Cells of an answer that is named."""


def is_private(entry: Entry) -> bool:
    """Whether `entry` holds words that the mentor will not see as things stand."""
    return entry.status == "answered" and bool(entry.answer) and entry.share != "yes"


def meant(dialogue: Dialogue) -> str:
    """The key of the answer that /private without a number speaks of; "" when there is none.

    It is the answer on the screen, else the one that was settled last.
    """
    shown = _shown(dialogue)
    if _is_answered(shown, dialogue):
        return shown
    visible = {entry.key for entry in entries(dialogue)}
    for event in reversed(dialogue.events):
        if isinstance(event, Answered | Kept):
            key = base_key(event.key)
            if key in visible and _is_answered(key, dialogue):
                return key
    return ""


def few_words(key: str, dialogue: Dialogue) -> str:
    """A few words of the answer at `key`, to tell which one is meant."""
    return shorten(dialogue.words_at(Ref("", dialogue.replies[key].seq)), FEW_WORDS)


def _shown(dialogue: Dialogue) -> str:
    """The answer that the turn shows: one taken up again, or one whose sharing is decided."""
    turn = dialogue.turn
    if turn is None:
        return ""
    if turn.key.startswith(SHARE):
        return turn.key.removeprefix(SHARE).removesuffix(WORDS)
    return base_key(turn.key) if turn.draft is not None else ""


def _is_answered(key: str, dialogue: Dialogue) -> bool:
    reply = dialogue.replies.get(key)
    answered = reply is not None and reply.event.status == "answered"
    return answered and is_decided(key)
