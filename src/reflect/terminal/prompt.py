"""The edit line: prompt-toolkit, imported when the first question already stands on the screen."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterable
from typing import Any, Protocol, TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from reflect.terminal.keys import bindings
from reflect.terminal.paste import Paste, Pastes
from reflect.terminal.screen import How, Typed, Watch
from reflect.terminal.stops import Stops
from reflect.text import clean_input

LOOK_SECONDS = 0.25


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


class Guard(Protocol):
    """What looks after pastes; `refused` is the size of one that was too long, else 0."""

    refused: int
    pastes: Pastes


class EditLine:
    """Asks with one multi-line edit line: Enter sends, Alt-Enter and Ctrl-J begin a new line."""

    def __init__(
        self,
        source: Input,
        sink: Output,
        stops: Stops,
        commands: Iterable[tuple[str, str]] = (),
        guard: Guard | None = None,
    ) -> None:
        self._guard = guard
        self._stops = stops
        self._watch: Watch
        self._broken: BaseException | None = None
        self._session: PromptSession[Typed | str] = PromptSession(
            "> ",
            multiline=True,
            prompt_continuation="  ",
            completer=CommandCompleter(commands),
            complete_while_typing=Condition(self._is_command),
            reserve_space_for_menu=6,
            history=DummyHistory(),
            key_bindings=bindings(),
            include_default_pygments_style=False,
            erase_when_done=True,
            enable_suspend=True,
            input=source,
            output=sink,
        )

    def ask(self, offered: str, watch: Watch) -> Typed:
        """One answer. The edit line leaves no trace: what becomes of its text is for the caller to show."""
        self._watch = watch
        try:
            typed = self._session.prompt(
                default=offered,
                pre_run=self._begin,
                handle_sigint=False,
                set_exception_handler=False,
            )
        except EOFError:
            return Typed(self._line(), "end")
        except KeyboardInterrupt:
            return Typed(self._line(), "interrupted")
        except OSError:  # the window is gone, nothing can be drawn any more
            return Typed(self._line(), "closed")
        if self._broken is not None:
            raise self._broken
        return typed if isinstance(typed, Typed) else Typed(clean_input(typed))

    def _line(self) -> str:
        return clean_input(self._session.default_buffer.text)

    def _is_command(self) -> bool:
        return self._session.default_buffer.text.startswith("/")

    # --- while it waits ---

    def _begin(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self._break_off)
        self._session.app.create_background_task(self._look_after())

    def _break_off(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A fault while it waits: left to whoever asks, for asyncio would show it with all it holds."""
        self._broken = self._broken or context.get("exception")
        if self._broken and self._session.app.is_running and not self._session.app.is_done:
            self._leave(Typed("", "closed"))

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
        if self._guard is not None:
            if self._guard.refused:
                size, self._guard.refused = self._guard.refused, 0
                return "too long", size
            cut = self._guard.pastes.give_up()
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
        app.exit(result=typed)


def open_edit_line(
    stdin: TextIO,
    stdout: TextIO,
    stops: Stops,
    *,
    early: bytes,
    commands: Iterable[tuple[str, str]],
    term: str,
) -> EditLine:
    """An edit line on the terminal of `stdin` and `stdout`; it never asks where the cursor is."""
    if os.name != "posix":  # pragma: no cover - the library's own console input
        from prompt_toolkit.input import create_input
        from prompt_toolkit.output import create_output

        return EditLine(create_input(stdin), create_output(stdout), stops, commands)
    from prompt_toolkit.output.vt100 import Vt100_Output

    from reflect.terminal.guarded import GuardedInput

    def size() -> Size:
        columns, rows = shutil.get_terminal_size((80, 24))
        return Size(rows=rows, columns=columns)

    source = GuardedInput(stdin, early)
    sink = Vt100_Output(stdout, size, term=term, enable_bell=False, enable_cpr=False)
    return EditLine(source, sink, stops, commands, source)
