"""Playing a story: the real engine and the real Ear, no store, line by line.

A line of the bot must be found in what is said next: an acknowledgement, a
question or a refusal. What the pack asks, and every refusal, must be told before
the mentee's next line; what core says may be left out, and an offer of core's that is
left out is turned down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import NamedTuple

import msgspec

from reflect.dialogue.keys import base_key
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.dialogue.turn import Turn
from reflect.dialogue.walk import GOAL_LONG
from reflect.events import Expectation, Refused, Said, SessionEvent
from reflect.listening.ear import Ear
from reflect.rehearsal.beginning import SKIPPED, begin, time_of
from reflect.rehearsal.expecting import unmet
from reflect.rehearsal.outcome import Failure, Played, Point, Transcript, Uttered
from reflect.rehearsal.own import own_reached
from reflect.rehearsal.story import END, Line, Story
from reflect.rehearsal.watch import checked, reached
from reflect.script import Script

OFFERS = ("note", "outcome", "serves", "move")
"""Roles of turns that a story may pass over."""
COMMANDS = ("/back", "/edit N", "/skip", "/private", "/remove")
"""What may be typed in a story instead of an answer."""


def play(script: Script, story: Story, ear: Ear) -> Played:
    """Play `story`; `script` and `ear` are in its language."""
    since = perf_counter()
    played = _play(script, story, ear)
    return msgspec.structs.replace(played, seconds=perf_counter() - since)


def _play(script: Script, story: Story, ear: Ear) -> Played:
    begun = begin(script, story, ear)
    if isinstance(begun, Failure):
        return Played(story, begun)
    player = _Player(begun, story, ear)
    failure = player.talk()
    if failure is None:
        player.finish()
        failure = unmet(story, begun, player.transcript)
    return Played(story, failure, player.transcript, frozenset(player.reached), begun)


def converse(script: Script, story: Story, ear: Ear) -> Played:
    """Type what the mentee says in `story`, whatever is said in between, and stop there.

    Fails where a line cannot be typed; nothing that is expected is looked at.
    """
    begun = begin(script, story, ear)
    if isinstance(begun, Failure):
        return Played(story, begun)
    player = _Player(begun, story, ear)
    failure = player.type()
    return Played(story, failure, player.transcript, frozenset(player.reached), begun)


class _Utterance(NamedTuple):
    """Something said that waits to be found in the story; `key` of the turn it puts, if it does."""

    text: str
    must_be_told: bool = False
    key: str = ""
    turn: Turn | None = None


class _Player:
    def __init__(self, dialogue: Dialogue, story: Story, ear: Ear) -> None:
        self._dialogue = dialogue
        self._story = story
        self._ear = ear
        self._now = time_of(story)
        self._said: list[Uttered] = []
        self._waiting: list[_Utterance] = []
        self._told: set[str] = set()
        self.reached: set[Point] = set()
        self._say(self._next())

    @property
    def transcript(self) -> Transcript:
        """The conversation so far."""
        return tuple(self._said)

    def talk(self) -> Failure | None:
        """Go through the lines until one is not as the session has it."""
        for line in self._story.talk:
            if line.who == "bot" and line.text in END:
                return None
            failure = self._hear_bot(line) if line.who == "bot" else self._hear_me(line)
            self._look()
            if failure is not None:
                return failure
        if self._dialogue.turn is None:
            return None
        return self._failure(self._story.talk[-1], "the end (else write `bot: …`)")

    def type(self) -> Failure | None:
        """Type the mentee's lines one after the other; the bot may say what it likes."""
        for line in self._story.talk:
            self._told.update(utterance.key for utterance in self._waiting)
            self._waiting = []
            failure = self._hear_me(line)
            self._look()
            if failure is not None:
                return failure
        return None

    def _look(self) -> None:
        """Note what has been come by."""
        self.reached.update(reached(self._dialogue, self._told))
        self.reached.update(own_reached(self._dialogue, self._told))

    def finish(self) -> None:
        """Press Enter to the end; where that does not do, the session stays open."""
        while self._dialogue.turn is not None:
            event = self._answer("")
            if isinstance(event, Refused):
                return
            self._dialogue.apply(event)

    # --- what the bot says -----------------------------------------------------------

    def _hear_bot(self, line: Line) -> Failure | None:
        wanted = _folded(line.text)
        for number, utterance in enumerate(self._waiting):
            if wanted in _folded(utterance.text):
                self._told.add(utterance.key)
                del self._waiting[: number + 1]
                return None
            if utterance.must_be_told:
                break
        if self._is_left_out():
            self._said.append(Uttered("me", ""))
            failure = self._happen(self._answer(""))
            return failure or self._hear_bot(line)
        return self._failure(line, f"bot: {line.text}")

    def _is_left_out(self) -> bool:
        """Whether an offer of core's is open that the story does not tell: it is turned down then."""
        turn = self._dialogue.turn
        if turn is None or turn.key in self._told:
            return False
        return turn.role in OFFERS or (turn.role == "part" and turn.key.endswith(GOAL_LONG))

    def _say(self, utterances: Iterable[_Utterance]) -> None:
        self._waiting = list(utterances)
        self._said.extend(Uttered("bot", one.text, one.turn) for one in self._waiting)

    def _next(self) -> Iterator[_Utterance]:
        """What is said when an answer has been taken."""
        turn = self._dialogue.turn
        lines = self._dialogue.farewell() if turn is None else turn.acknowledgement
        yield from (_Utterance(line) for line in lines)
        yield from self._question(turn)

    def _question(self, turn: Turn | None) -> Iterator[_Utterance]:
        if turn is not None:
            packs_own = turn.role in ("question", "probe", "again")
            yield _Utterance(turn.text, packs_own and turn.key not in self._told, turn.key, turn)

    # --- what the mentee types -------------------------------------------------------

    def _hear_me(self, line: Line) -> Failure | None:
        if line.text.startswith("/") and not line.text.startswith("//"):
            return self._command(line)
        untold = next((one for one in self._waiting if one.must_be_told), None)
        if untold is not None:
            return self._failure(line, "a line of the bot first")
        if self._dialogue.turn is None:
            return self._failure(line, "that something is asked")
        self._said.append(Uttered("me", line.text))
        if line.text == SKIPPED[1]:
            return self._happen(self._dialogue.skip(self._now))
        return self._happen(self._answer(line.text.replace("//", "/", line.text[:2] == "//")))

    def _answer(self, text: str) -> SessionEvent | Refused:
        """What typing `text` leads to; a draft whose answer has changed is heard anew when it is kept."""
        turn = self._dialogue.turn
        assert turn is not None
        if not text.strip() and turn.stale:
            text = turn.draft or ""
        said = self._ear.hear(text, self._expected(turn), self._now)
        self._watch(said)
        return self._dialogue.hear(said, self._now)

    def _expected(self, turn: Turn) -> Expectation:
        """What `turn` expects; where a day may be heard, with the day of the meeting that is given."""
        expected, meeting = turn.expectation, self._story.given.meeting
        if meeting is None or not (expected.wants or expected.kind == "due"):
            return expected
        return msgspec.structs.replace(expected, meeting=meeting.isoformat())

    def _watch(self, said: Said) -> None:
        if not (said.problem or said.complaint):
            self.reached.update(checked(self._dialogue, said))

    def _happen(self, event: SessionEvent | Refused) -> Failure | None:
        if isinstance(event, Refused):
            self._say((_Utterance(event.text, must_be_told=True), *self._again()))
        else:
            self._dialogue.apply(event)
            self._say(self._next())
        return None

    def _again(self) -> Iterator[_Utterance]:
        """The open question once more, which need not be told again."""
        for utterance in self._question(self._dialogue.turn):
            yield utterance._replace(must_be_told=False)

    # --- commands --------------------------------------------------------------------

    def _command(self, line: Line) -> Failure | None:
        self._said.append(Uttered("me", line.text))
        name, _, number = line.text.partition(" ")
        if name == "/back":
            return self._happen(self._dialogue.back())
        if name == "/skip" and self._dialogue.turn is not None:
            return self._happen(self._dialogue.skip(self._now))
        if name == "/remove":
            return self._happen(self._dialogue.remove(self._now))
        if name == "/edit":
            return self._happen(self._dialogue.reopen(self._numbered(number)))
        if name == "/private":
            return self._private()
        return self._failure(line, f"one of {', '.join(COMMANDS)}")

    def _numbered(self, number: str) -> str:
        """The key of answer `number`, as /status counts them from 1; "" when there is none."""
        keys = [entry.key for entry in entries(self._dialogue)]
        known = number.isascii() and number.isdigit() and 1 <= int(number) <= len(keys)
        return keys[int(number) - 1] if known else ""

    def _private(self) -> Failure | None:
        """Keep the last answer from the mentor."""
        keys = [slot.key for slot in self._dialogue.visible if not slot.key.startswith("core.")]
        key = base_key(keys[-1]) if keys else ""
        event = self._dialogue.decide(key, "keep", self._now)
        if isinstance(event, Refused):
            return self._happen(event)
        self._dialogue.apply(event)
        note = _Utterance(self._dialogue.core("private-noted"))
        self._say((note, *self._question(self._dialogue.turn)))
        return None

    # --- ---

    def _failure(self, line: Line, expected: str) -> Failure:
        said = tuple(utterance.text for utterance in self._waiting)
        return Failure(line.place, expected, said, self.transcript)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
