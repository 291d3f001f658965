"""A slot: one thing a session may ask, with a key of its own."""

from __future__ import annotations

from typing import Literal

import msgspec

from reflect.events import Answered
from reflect.script import Condition, CoreText, Kind, Option, Phase, Question, Template

SlotRole = Literal[
    "question",
    "probe",
    "part",
    "again",
    "note",
    "promise",
    "outcome",
    "serves",
    "share",
    "words",
    "move",
]


class Slot(msgspec.Struct, frozen=True):
    """What is asked at one key.

    `subject` is the key of the answer that this slot follows up on; `rule` the
    condition that brought it; `group` the `one of` it was picked from; `round` the key
    of the first question of its round; `step` of `steps` counts the pack's own questions
    (0 for core's before the first).
    """

    key: str
    role: SlotRole
    wordings: tuple[Template, ...]
    kind: Kind | Literal["due", "owner"] = "text"
    question: Question | None = None
    phase: Phase | None = None
    subject: str = ""
    rule: Condition | None = None
    group: str = ""
    round: str = ""
    step: int = 0
    steps: int = 0
    how: Template = ()
    example: Template = ()
    options: tuple[Option, ...] = ()

    @property
    def may_be_declined(self) -> bool:
        """Whether Enter turns this down: follow-ups and core's questions are offers."""
        return self.role != "question"


class Reply(msgspec.Struct, frozen=True):
    """The latest answer at one key; a draft is shown again and waits for Enter.

    `seq` is the position of its event. `stale` says that the answer it adds to
    has changed since.
    """

    event: Answered
    seq: int
    draft: bool = False
    stale: bool = False


Replies = dict[str, Reply]


def core_slot(
    key: str, text: CoreText, role: SlotRole, kind: Kind | Literal["due", "owner"], subject: str
) -> Slot:
    """A slot in core's own words."""
    return Slot(
        key=key,
        role=role,
        wordings=text.ask,
        kind=kind,
        subject=subject,
        how=text.how,
        example=text.example,
        options=text.options,
    )
