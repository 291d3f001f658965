"""Somebody else's code run so that it can neither stop the program nor write on the screen."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from types import TracebackType
from typing import NamedTuple

from reflect.diagnostics import Diagnostic
from reflect.plugins.findings import fault, notice, shown
from reflect.text import for_terminal


class Outcome(NamedTuple):
    """What came out: `value` (None after a failure) and what is to be reported."""

    value: object
    diagnostics: tuple[Diagnostic, ...]


def run_apart(name: str, doing: str, action: Callable[[], object]) -> Outcome:
    """Run `action` of the plug-in `name`; `doing` ends the sentence "it failed …".

    Whatever is raised becomes a diagnostic, but KeyboardInterrupt goes through. What
    is printed is dropped and reported. No message holds what an exception says,
    only its type and the line it came from. There is no time limit.
    """
    unheard = _Unheard()
    value: object = None
    failed: tuple[Diagnostic, ...] = ()
    try:
        with redirect_stdout(unheard), redirect_stderr(unheard):
            value = action()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        failed = (_failure(name, doing, error),)
    printed = (_printed(name, doing),) if unheard.used else ()
    return Outcome(value, (*failed, *printed))


class _Unheard(io.TextIOBase):
    """A stream that keeps nothing; `used` becomes True when something was written."""

    used = False

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Drop `text`."""
        self.used = True
        return len(text)


def _failure(name: str, doing: str, error: BaseException) -> Diagnostic:
    message = f"the plug-in failed {doing}: {shown(type(error).__name__)}{_line_of(error)}"
    hint = "what it failed to bring is left out; tell its author, or start with --no-plugins"
    return fault("plugin-failed", name, message, hint)


def _line_of(error: BaseException) -> str:
    """Where `error` comes from, as " (file:line)"; "" when that is not known."""
    if isinstance(error, SyntaxError) and error.filename:
        return for_terminal(f" ({error.filename}:{error.lineno})")
    places = [place for place in _places(error.__traceback__) if not place.startswith("<")]
    return for_terminal(f" ({places[-1]})") if places else ""


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback:
        places.append(f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places


def _printed(name: str, doing: str) -> Diagnostic:
    message = f"the plug-in printed something {doing}; it was dropped"
    hint = "a plug-in returns values and leaves the screen alone"
    return notice("plugin-printed", name, message, hint)
