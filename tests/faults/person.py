"""Somebody who talks with the program in a window, and a journal of what they saw."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from functools import cache
from random import Random

from reflect.script import CoreText
from tests.faults.program import Window

_NUMBERED = re.compile(r"(?:^|\s)(\d)  \S", re.MULTILINE)
_SCALE = re.compile(r"(\d) to (\d)")
_ENDS = "ends the session"
_OPENING = ("ask-mentee", "ask-mentor", "ask-stage", "ask-length", "ask-mind", "ask-which")
CLEAR = "\x15"


@dataclass
class Said:
    """An answer that was sent, and whether the question after it appeared."""

    text: str
    acknowledged: bool = False


@dataclass
class Person:
    """Answers whatever is asked, each time in words never used before.

    `pauses` are the shortest and longest seconds between two keys.
    """

    random: Random
    pauses: tuple[float, float] = (0.0, 0.004)
    journal: list[Said] = field(default_factory=list)
    _count: int = 0
    _sent_at: int = 0
    _is_answer: bool = False
    _refused: int = 0

    def talk(self, window: Window, seconds: float) -> None:
        """Answer one question after the other for so long, or until the program ends."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and window.process.poll() is None:
            if self._is_asked(window):
                self._answer(window, end)
            else:
                window.read(min(0.02, max(0.0, end - time.monotonic())))

    def send_off(self, window: Window) -> None:
        """Answer once more and look away before long, while it is being stored."""
        ended = window.process.poll
        window.until(lambda: self._is_asked(window) or ended() is not None, "an edit line")
        if ended() is None:
            pauses, self.pauses = self.pauses, (0.0, 0.0)
            self._answer(window, time.monotonic() + 1.0)
            self.pauses = pauses
            end = time.monotonic() + self.random.uniform(0.0, 0.1)
            while (left := end - time.monotonic()) > 0:
                window.read(left)

    def settle(self, window: Window) -> None:
        """The window is gone: has a question come since the last answer?"""
        if self._is_answer and moved_on(window, self._sent_at):
            self.journal[-1].acknowledged = True
        self._sent_at, self._is_answer = 0, False

    def _is_asked(self, window: Window) -> bool:
        """Whether an edit line is open that belongs to no earlier answer; judges that answer first."""
        if not window.ready(self._sent_at):
            return False
        if self._sent_at:
            self._judge(moved_on(window, self._sent_at))
        return True

    def _judge(self, went_on: bool) -> None:
        self._refused = 0 if went_on else self._refused + 1
        if self._is_answer and went_on:
            self.journal[-1].acknowledged = True
        elif self._is_answer:
            # It stands in the line again and was never an answer.
            self.journal.pop()
        self._sent_at, self._is_answer = 0, False

    def _answer(self, window: Window, end: float) -> None:
        question = (window.questions() or [""])[-1]
        at_end = _ENDS in window.flat(self._since_question(window))
        text = "" if at_end else self._words(question, window)
        since = len(window.raw)
        window.type(CLEAR)
        if self._press(window, text, end):
            self._sent_at = since
            self._is_answer = not (at_end or is_opening(question) or text.startswith("/"))
            if self._is_answer:
                self.journal.append(Said(text))
            window.type("\r")

    def _press(self, window: Window, text: str, end: float) -> bool:
        for key in text:
            if time.monotonic() >= end:
                return False
            window.type(key)
            window.read(self.random.uniform(*self.pauses))
        return True

    def _since_question(self, window: Window) -> int:
        return max(0, window.raw.rfind(b"\x1b[1m"), window.raw.rfind(b"\r\n> "))

    def _words(self, question: str, window: Window) -> str:
        if self._refused:
            return ("3", "yes", "/skip", "/pause")[min(self._refused, 4) - 1]
        below = window.text(window.raw.rfind(b"\x1b[1m"))
        numbers = [int(number) for number in _NUMBERED.findall(below)]
        if numbers:
            return str(self.random.randint(1, max(numbers)))
        hint = " ".join(below.split()).lower()
        scale = _SCALE.search(hint)
        if scale:
            return str(self.random.randint(int(scale[1]), int(scale[2])))
        if "yes or no" in hint:
            return self.random.choice(("yes", "no"))
        if is_opening(question):
            return self.random.choice(("Amina", "Zoë", "李"))
        self._count += 1
        return f"w{self._count:05} {self.random.choice(_REST)}"


_REST = (
    "I asked the team before the round and nobody interrupted me",
    "it went fine",
    "we will write the card together next Thursday, as agreed",
    "über die Übergabe habe ich länger nachgedacht als sonst",
    "then I ask Ruth to bring it up in the huddle",
)


def moved_on(window: Window, since: int) -> bool:
    """Whether a question, or the summary, has appeared behind `since`."""
    return bool(window.questions(since)) or _ENDS in window.flat(since)


def is_opening(question: str) -> bool:
    """Whether the question comes before the session, so that its answer is no answer of it."""
    return question in _openings()


@cache
def _openings() -> frozenset[str]:
    from reflect.application.wiring import Application

    core = Application({"REFLECT_HOME": "/nonexistent"}).script().core
    return frozenset(_sentence(core[name]) for name in _OPENING)


def _sentence(text: CoreText) -> str:
    return "".join(piece for piece in text.ask[0] if isinstance(piece, str))
