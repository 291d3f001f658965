"""What came of playing a story: passed, or where and how it went another way."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reflect.diagnostics import Place
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.turn import Turn
from reflect.events import Private
from reflect.rehearsal.story import END, Story

What = Literal["question", "wording", "option", "probe", "when", "must", "core"]


class Point(NamedTuple):
    """Something of a script, or of core, that a story can reach.

    `name` is a question's or group's id; `part` the number of a wording or `must` (from 1), or
    the id of a probe or option; `side` whether a condition held: for a `probe` whether it asked, for
    a question, a wording and an option always true. For `core` the name is that of core's turn, and
    `part` how it was taken ("" that it was asked).
    """

    what: What
    name: str
    part: str = ""
    side: bool = True


class Uttered(NamedTuple):
    """One line of the conversation as it was played; `turn` is what it asks, if it asks."""

    who: Literal["bot", "me"]
    text: str
    turn: Turn | None = None

    def __repr__(self) -> str:
        return "<Uttered>"


Transcript = tuple[Uttered, ...]


class Failure(Private, frozen=True):
    """Where a story and the session part: `expected` by the story at `place`, `said` instead."""

    place: Place
    expected: str
    said: tuple[str, ...] = ()
    transcript: Transcript = ()

    @property
    def message(self) -> str:
        """The failure in a few lines for an author; it holds the story's texts."""
        said = [f"    said:     {line}" for line in self.said or ("nothing",)]
        return "\n".join((f"{self.place}:", f"    expected: {self.expected}", *said))


class Played(Private, frozen=True):
    """A story that was played; `failure` is None when all went as written.

    `reached` holds what its talk came by; `dialogue` is the session to its end, None when it
    could not begin. `seconds` is how long the playing took.
    """

    story: Story
    failure: Failure | None
    transcript: Transcript = ()
    reached: frozenset[Point] = frozenset()
    dialogue: Dialogue | None = None
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether the story tells the session to its end."""
        ends = any(line.who == "bot" and line.text in END for line in self.story.talk)
        done = self.dialogue is not None and self.dialogue.turn is None
        return self.passed and done and not ends

    @property
    def passed(self) -> bool:
        """Whether all went as written."""
        return self.failure is None
