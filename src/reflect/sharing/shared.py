"""What leaves the machine, in one model: every form of a shared file is made from it and from nothing else.

The docstrings of this module are the descriptions in the published schema. All days are local
ISO 8601 dates; nothing here is finer than a day, counts what was withheld, or has an id of the store.
"""

from __future__ import annotations

from typing import Literal

from reflect.events import Note, Private
from reflect.script import Keep, Lifecycle, Phase, Role

SCHEMA_VERSION = 1
"""Which form of shared file this version writes; it reads this one and all before it."""


class SharedReply(Private, frozen=True, omit_defaults=True):
    """What was asked about an answer, and what was said to it."""

    question: str
    answer: str


class SharedAnswer(Private, frozen=True, omit_defaults=True):
    """One question as it was put, and the answer as it may be read.

    `phase` is null for what was asked before the first question (promises of last time). `summary` says
    that the answer is the mentee's own shorter version. `note` is what the pack says to the mentor
    about this question; `value` what the answer means where it is not free text, as text
    (yes, no, a number, an option's id, several ids joined by ", "). `no_step` says that the answer
    tells why there is nothing to be done.
    """

    id: str
    question: str
    answer: str
    phase: Phase | None = None
    summary: bool = False
    value: str = ""
    kept_as: Keep | None = None
    replies: tuple[SharedReply, ...] = ()
    note: str = ""
    asked: str = ""
    no_step: bool = False


class SharedSession(Private, frozen=True, omit_defaults=True):
    """One sitting. `stage` is the title of the pack's stage; `both` that each of the two answers this pack alone."""

    id: str
    day: str
    pack: str
    title: str
    version: str
    stage: str
    language: str
    answers: tuple[SharedAnswer, ...] = ()
    both: bool = False


class SharedLine(Private, frozen=True, omit_defaults=True):
    """A line in the history of an item: a milestone, a step of progress, an earlier wording, a state."""

    day: str
    kind: Literal["milestone", "progress", "text", "state", "due"]
    text: str


class SharedItem(Private, frozen=True, omit_defaults=True):
    """Something an answer became that carries on.

    `owner` is me (whoever shares), mentor, both, other or none; `goal` the id of the goal it serves;
    `note` the id of the note it came from, when the mentor proposed it. `session` is the id of the shared session
    it was said in, "" when that one is not in this file.
    """

    id: str
    kind: Keep
    text: str
    day: str
    state: str
    open: bool
    owner: str = "none"
    due: str | None = None
    due_words: str = ""
    instead: str = ""
    goal: str = ""
    kind_of: str = ""
    note: str = ""
    session: str = ""
    lines: tuple[SharedLine, ...] = ()


class SharedStage(Private, frozen=True, omit_defaults=True):
    """Since when the mentorship was in a state."""

    day: str
    state: Lifecycle


class SharedTaking(Private, frozen=True, omit_defaults=True):
    """What became of a proposal of the mentor's: note `note` in revision `revision` was accepted or declined."""

    note: str
    revision: int
    how: Literal["accepted", "declined"]
    item: str = ""


class Shared(Private, frozen=True, kw_only=True, omit_defaults=True):
    """What one person shows the other.

    `role` is who shares. `since` is the day of the file shared before this one, null for the first; `meeting`
    the day of the next meeting. `some_private` is the line that the mentee may add; without it nothing
    in here depends on whether anything was withheld. `agreed` is the text both hold to about confidentiality.
    `read` are the notes that had arrived when the file was made. `key` is the sender's public key, so that
    the answer can be sealed for them.
    """

    mentee: str
    mentor: str
    role: Role
    language: str
    day: str
    state: Lifecycle
    since: str | None = None
    meeting: str | None = None
    stages: tuple[SharedStage, ...] = ()
    sessions: tuple[SharedSession, ...] = ()
    items: tuple[SharedItem, ...] = ()
    takings: tuple[SharedTaking, ...] = ()
    read: tuple[str, ...] = ()
    some_private: bool = False
    agreed: str = ""
    key: str = ""


class Reply(Private, frozen=True, kw_only=True, omit_defaults=True):
    """What a mentor writes back: all notes of the mentorship so far, withdrawn ones without words."""

    mentee: str
    mentor: str
    day: str
    notes: tuple[Note, ...]


class Bundle(Private, frozen=True, kw_only=True, omit_defaults=True):
    """A file that goes from one to the other.

    `share` is the id of this file, which tells nothing, `mentorship` the name that this mentorship has in all of its
    files, `number` counts the files to the same person from 1 and so tells their order, `replaces` is the id
    of an earlier file that this one takes the place of. Exactly one of `shared` and `reply` is there.
    """

    format: Literal["reflect"] = "reflect"
    schema_version: int
    share: str
    mentorship: str
    number: int = 1
    replaces: str = ""
    shared: Shared | None = None
    reply: Reply | None = None
