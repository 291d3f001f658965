"""A turn: what the mentee sees next, complete and already in words."""

from __future__ import annotations

from typing import Literal

import msgspec

from reflect.dialogue.slots import SlotRole
from reflect.events import Expectation, Private, Ref
from reflect.script import Option, Phase

Enter = Literal["keep", "decline", "skip", "stay"]
"""What an empty line does: keep the draft, decline an offer, skip a question, or nothing."""


class Heading(msgspec.Struct, frozen=True):
    """Where in the session a turn stands; `step` of `steps` counts the pack's own questions, 0 before the first."""

    stage: str
    phase: Phase | None
    step: int
    steps: int


class Turn(Private, frozen=True):
    """One question as it is put, with everything a driver needs to ask it.

    `acknowledgement` are lines to say before it. `draft` is what was answered before,
    when it is asked again. `stale` says that the draft follows an answer that has changed,
    so that keeping it means hearing it anew. `wording` counts from 0. `more` is the line on how
    to answer when it is known by now: it is shown on request, and `how` is empty.
    """

    key: str
    role: SlotRole
    heading: Heading
    acknowledgement: tuple[str, ...]
    text: str
    how: str
    example: str
    options: tuple[Option, ...]
    labels: tuple[str, ...]
    expectation: Expectation
    enter: Enter
    wording: int
    fills: dict[str, Ref]
    more: str = ""
    question: str = ""
    draft: str | None = None
    stale: bool = False


class Why(Private, frozen=True):
    """What led to a turn: `rule` is the author's sentence, `heard` the words in the answer that made it true;
    `reason` is core's own."""

    role: SlotRole
    pack: str
    version: str
    source: str
    stage: str
    question: str
    line: int
    group: str
    rule: str
    heard: tuple[str, ...]
    wording: int
    wordings: int
    made: str = ""
    reason: str = ""
