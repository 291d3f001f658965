"""What came of a pack that was played: everything a test may want to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from reflect.dialogue.shares import shares
from reflect.script import Share
from reflect.sharing.document import ItemRecord, Transcript, TurnRecord, transcript
from reflect.transcripts.values import SessionRow

if TYPE_CHECKING:
    from reflect.dialogue.machine import Dialogue
    from reflect.rehearsal.outcome import Played

SESSION = "01PLAYED000000000000000000"
"""The id of the session that was played."""


class Line(NamedTuple):
    """One line of a conversation; `who` is bot or me."""

    who: Literal["bot", "me"]
    text: str

    def __str__(self) -> str:
        return f"{self.who}: {self.text}"


class Conversation(msgspec.Struct, frozen=True):
    """A session that was played.

    `said` is every line in its order; `asked` the keys of what was asked, as it stands in the
    end, the question that waits for an answer last. `answers` and `share` go by key: the whole
    turn (its `answer`, `status`, `value`, `due`, …), and who may see it. `items` are what the
    answers became; `finished` says that nothing is left to ask. `transcript` is the session as
    an exporter gets it.
    """

    said: tuple[Line, ...]
    asked: tuple[str, ...]
    answers: dict[str, TurnRecord]
    share: dict[str, Share]
    items: tuple[ItemRecord, ...]
    finished: bool
    transcript: Transcript

    def __str__(self) -> str:
        return "\n".join(map(str, self.said))

    def bot(self, text: str) -> bool:
        """Whether `text` is part of something that the bot said, in any case."""
        wanted = _folded(text)
        return any(line.who == "bot" and wanted in _folded(line.text) for line in self.said)


def as_conversation(played: Played) -> Conversation:
    """What came of `played`, which could begin."""
    dialogue = played.dialogue
    assert dialogue is not None
    document = transcript(dialogue, _row(dialogue))
    return Conversation(
        said=tuple(Line(line.who, line.text) for line in played.transcript),
        asked=_asked(dialogue),
        answers={turn.key: turn for turn in document.turns},
        share=shares(dialogue),
        items=document.items,
        finished=dialogue.turn is None,
        transcript=document,
    )


def _asked(dialogue: Dialogue) -> tuple[str, ...]:
    settled = tuple(slot.key for slot in dialogue.visible)
    return settled if dialogue.turn is None else (*settled, dialogue.turn.key)


def _row(dialogue: Dialogue) -> SessionRow:
    started = dialogue.started
    return SessionRow(
        id=SESSION,
        mentorship=started.mentorship,
        pack=started.pack,
        stage=started.stage,
        language=started.language,
        length=started.length,
        started=started.at,
        day=started.at[:10],
        state="open" if dialogue.turn else "completed",
        answers=len(dialogue.visible),
        updated=started.at,
    )


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
