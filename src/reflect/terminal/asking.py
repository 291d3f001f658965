"""Questions outside a session: core's own, read line by line, understood by the Ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reflect.events import Expectation
from reflect.script import Option, Script
from reflect.terminal.blocks import GAP, Choices, Paragraph
from reflect.terminal.commands import Answer, Unknown, parse
from reflect.terminal.screen import Screen, always
from reflect.terminal.words import Words
from reflect.text import clean_input

if TYPE_CHECKING:
    from reflect.application.wiring import Application


class Left(Exception):
    """The mentee went before a session had begun."""

    def __init__(self, how: Literal["paused", "interrupted", "closed"]) -> None:
        super().__init__(how)
        self.how = how


class Asking:
    """Asks on `screen` in core's words; `speak` must come first."""

    def __init__(self, app: Application, screen: Screen) -> None:
        self._app = app
        self._screen = screen
        self.words: Words
        self._language = "en"

    def speak(self, script: Script, words: Words) -> None:
        """Go on in the words of `script`."""
        self.words = words
        self._language = script.language

    def ask(self, name: str, labels: tuple[str, ...] = (), *, compact: bool = True) -> None:
        """Show a question of core, with its options where it has some."""
        self._screen.show(GAP, Paragraph(self.words.say(name), "question"))
        if labels:
            self._screen.show(Choices(labels, compact))

    def choice(self, *options: tuple[Option, ...], empty: str = "") -> str:
        """The id that was chosen among one of several lists of the same ids; `empty` stands for Enter."""
        while True:
            line = clean_input(self.line())
            if not line.strip() and empty:
                return empty
            for names in options:
                expected = Expectation(kind="choice", options=names)
                said = self._app.ear(self._language).hear(line, expected, self._app.now())
                if isinstance(said.value, str):
                    return said.value
            self.tell("not-an-option")

    def line(self) -> str:
        """A line that is an answer or /take; help is given, leaving is left."""
        while True:
            typed = self._screen.ask("", always)
            if typed.how in ("interrupted", "closed"):
                raise Left("interrupted" if typed.how == "interrupted" else "closed")
            if typed.how == "end":
                raise Left("paused")
            said = parse(typed.text)
            if isinstance(said, Answer):
                return said.text
            if isinstance(said, Unknown):
                self.tell("unknown-command", command=said.typed)
            elif said.name == "pause":
                raise Left("paused")
            elif said.name == "take":
                return typed.text
            else:
                self._screen.show(*(Paragraph(line, hang=2) for line in self.words.every("help")))

    def tell(self, name: str, **engine: str) -> None:
        """Show a sentence of core."""
        self._screen.show(Paragraph(self.words.say(name, **engine)))

    def list(self, name: str, questions: tuple[str, ...]) -> None:
        """A sentence of core with questions below it; nothing when there are none."""
        if questions:
            self._screen.show(GAP)
            self.tell(name)
            self._screen.show(*(Paragraph(f"- {question}", hang=2) for question in questions))

    def agrees(self, question: str) -> bool:
        """Whether the next line that is a yes or a no agrees; Enter does not."""
        self.ask(question)
        self.tell("hint-yesno")
        while line := clean_input(self.line()).strip():
            expected = Expectation(kind="yesno")
            said = self._app.ear(self._language).hear(line, expected, self._app.now())
            if not said.problem:
                return said.value is True
            self.tell(said.problem)
        return False
