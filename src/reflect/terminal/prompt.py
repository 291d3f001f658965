"""The edit line: prompt-toolkit, imported when the first question already stands on the screen."""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import Iterable
from typing import Any, TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys as Key
from prompt_toolkit.output import Output
from prompt_toolkit.output.vt100 import Vt100_Output

from reflect.terminal.paste import Keys, Paste, Pastes
from reflect.terminal.screen import How, Typed, Watch
from reflect.terminal.stops import Stops
from reflect.text import clean_input

LOOK_SECONDS = 0.25
_ONE_READ = 65536


class GuardedInput(Vt100Input):
    """A terminal's input whose pastes are collected by `Pastes`."""

    def __init__(self, stdin: TextIO, early: bytes = b"") -> None:
        super().__init__(stdin)
        self.pastes = Pastes()
        self.refused = 0
        self._ready: list[KeyPress] = []
        self.vt100_parser = Vt100Parser(self._ready.append)
        if early:
            self._take(early.decode("utf-8", "replace"))
            store_typeahead(self, self._taken())

    def read_keys(self) -> list[KeyPress]:
        """What was typed; the whole of a paste that is still coming in."""
        self._take(self.stdin_reader.read(_ONE_READ))
        while self.pastes.pasting and select.select([self.fileno()], [], [], 0)[0]:
            data = self.stdin_reader.read(_ONE_READ)
            if not data:
                break
            self._take(data)
        return self._taken()

    def flush_keys(self) -> list[KeyPress]:
        """What was held because more might have belonged to it."""
        self.vt100_parser.feed(self.pastes.flush())
        self.vt100_parser.flush()
        return self._taken()

    def _take(self, data: str) -> None:
        for piece in self.pastes.feed(data):
            if isinstance(piece, Keys):
                self.vt100_parser.feed(piece.data)
            elif piece.too_long:
                self.refused = piece.size
            else:
                self._ready.append(KeyPress(Key.BracketedPaste, piece.text))

    def _taken(self) -> list[KeyPress]:
        taken = list(self._ready)
        self._ready.clear()
        return taken


class CommandCompleter(Completer):
    """Offers the commands once a line begins with a slash."""

    def __init__(self, commands: Iterable[tuple[str, str]]) -> None:
        self._commands = tuple(commands)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """The commands that begin with what was typed, each with its line of help."""
        typed = document.text
        if not typed.startswith("/") or any(mark.isspace() for mark in typed):
            return
        for command, meaning in self._commands:
            if command.startswith(typed.lower()):
                yield Completion(command, start_position=-len(typed), display_meta=meaning)


class EditLine:
    """Asks with one multi-line edit line: Enter sends, Alt-Enter and Ctrl-J begin a new line."""

    def __init__(
        self,
        source: Input,
        sink: Output,
        stops: Stops,
        commands: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._source = source
        self._stops = stops
        self._watch: Watch
        self._session: PromptSession[Typed | str] = PromptSession(
            "> ",
            multiline=True,
            prompt_continuation="  ",
            completer=CommandCompleter(commands),
            complete_while_typing=Condition(self._is_command),
            reserve_space_for_menu=6,
            history=DummyHistory(),
            key_bindings=self._bindings(),
            include_default_pygments_style=False,
            input=source,
            output=sink,
        )

    def ask(self, offered: str, watch: Watch) -> Typed:
        """One answer; what was not sent disappears from the screen and is offered again by the caller."""
        self._watch = watch
        app = self._session.app
        app.erase_when_done = False
        try:
            typed = self._session.prompt(
                default=offered, pre_run=self._begin, handle_sigint=False, set_exception_handler=False
            )
        except EOFError:
            return Typed(self._line(), "end")
        except KeyboardInterrupt:
            return Typed(self._line(), "interrupted")
        return typed if isinstance(typed, Typed) else Typed(clean_input(typed))

    def _line(self) -> str:
        return clean_input(self._session.default_buffer.text)

    def _is_command(self) -> bool:
        return self._session.default_buffer.text.startswith("/")

    # --- while it waits ---

    def _begin(self) -> None:
        self._session.app.create_background_task(self._look_after())

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            reason, size = self._reason()
            if reason and self._session.app.is_running and not self._session.app.is_done:
                self._leave(Typed(self._line(), reason, size))
                return

    def _reason(self) -> tuple[How | None, int]:
        """Why to stop asking, if at all."""
        if self._stops.how:
            return self._stops.how, 0
        if isinstance(self._source, GuardedInput):
            if self._source.refused:
                size, self._source.refused = self._source.refused, 0
                return "too long", size
            cut = self._source.pastes.give_up()
            if cut is not None:
                return self._cut(cut)
        return (None, 0) if self._watch(self._line()) else ("elsewhere", 0)

    def _cut(self, paste: Paste) -> tuple[How, int]:
        if paste.too_long:
            return "too long", paste.size
        self._session.default_buffer.insert_text(paste.text)
        return "paste cut", 0

    def _leave(self, typed: Typed) -> None:
        app: Application[Any] = self._session.app
        app.erase_when_done = typed.how not in ("interrupted", "closed")
        app.exit(result=typed)

    # --- keys ---

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        bindings.add("enter")(_send)
        bindings.add("escape", "enter")(_new_line)
        bindings.add("c-j")(_new_line)
        bindings.add(Key.BracketedPaste)(_paste)
        return bindings


def _send(event: KeyPressEvent) -> None:
    event.current_buffer.validate_and_handle()


def _new_line(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("\n")


def _paste(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text(clean_input(event.data))


def open_edit_line(
    stdin: TextIO,
    stdout: TextIO,
    stops: Stops,
    *,
    early: bytes,
    commands: Iterable[tuple[str, str]],
    term: str,
) -> EditLine:
    """An edit line on the terminal of `stdin` and `stdout`; it never asks the terminal where the cursor is."""
    def size() -> Size:
        try:
            columns, rows = os.get_terminal_size(stdout.fileno())
        except OSError:
            columns, rows = 80, 24
        return Size(rows=rows or 24, columns=columns or 80)

    sink = Vt100_Output(stdout, size, term=term, enable_bell=False, enable_cpr=False)
    return EditLine(GuardedInput(stdin, early), sink, stops, commands)
