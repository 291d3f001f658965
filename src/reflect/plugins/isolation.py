"""Somebody else's code run so that it can neither stop the program, hold it up nor write on the screen."""

from __future__ import annotations

import io
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType, TracebackType
from typing import Any, NamedTuple

from reflect.diagnostics import Diagnostic
from reflect.plugins.findings import fault, notice, shown
from reflect.text import for_terminal

BATCH = 5.0
"""Seconds that loading, and whatever is not done between an answer and the next question, may take."""
AT_ONCE = 0.25
"""Seconds that a call may take while somebody waits for the next question."""
_AGAIN = 0.002


class Outcome(NamedTuple):
    """What came out: `value` (None after a failure) and what is to be reported."""

    value: object
    diagnostics: tuple[Diagnostic, ...]
    failed: bool = False


def run_apart(
    name: str, doing: str, action: Callable[[], object], seconds: float = BATCH
) -> Outcome:
    """Run `action` of the plug-in `name`; `doing` ends the sentence "it failed …".

    Whatever is raised becomes a diagnostic, but KeyboardInterrupt goes through. What
    is printed is dropped and reported. No message holds what an exception says,
    only its type and the line it came from. In the main thread of a system with
    timers it is stopped after `seconds`.
    """
    unheard = _Unheard()
    value: object = None
    failed: tuple[Diagnostic, ...] = ()
    try:
        with redirect_stdout(unheard), redirect_stderr(unheard), _limited(seconds):
            value = _inside(action)
    except KeyboardInterrupt:
        raise
    except _OutOfTime:
        failed = (_slow(name, doing, seconds),)
    except BaseException as error:
        failed = (_failure(name, doing, error),)
    printed = (_printed(name, doing),) if unheard.used else ()
    return Outcome(value, (*failed, *printed), bool(failed))


# --- time ---------------------------------------------------------------------------


class _OutOfTime(BaseException):
    """The time of a call is up."""


def _inside(action: Callable[[], object]) -> object:
    """`action`; whatever the timer interrupts below this frame is the plug-in's."""
    return action()


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Interrupt what runs below `_inside` after `seconds`; in the main thread, where there are timers."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    tracing = sys.gettrace()
    before = signal.signal(signal.SIGALRM, _Stop())
    left = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *left)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
        sys.settrace(tracing)


class _Stop:
    """Ends a plug-in's code when the alarm rings; it rings on until the code has ended.

    Code that swallowed the first alarm is stopped at its next line as well: that line
    stands behind the `try` that swallowed.
    """

    def __init__(self) -> None:
        self._swallowed = False

    def __call__(self, _number: int, frame: FrameType | None) -> None:
        frames = []
        while frame is not None and frame.f_code is not _inside.__code__:
            frames.append(frame)
            frame = frame.f_back
        if frame is None:
            return
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        if self._swallowed:
            for one in frames:
                one.f_trace = _at_next_line
            sys.settrace(_at_next_line)
        self._swallowed = True
        raise _OutOfTime


def _at_next_line(_frame: FrameType, event: str, _value: object) -> Any:  # noqa: ANN401
    if event == "line":
        raise _OutOfTime
    return _at_next_line


# --- the screen ----------------------------------------------------------------------


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


# --- what is said of it --------------------------------------------------------------


def _failure(name: str, doing: str, error: BaseException) -> Diagnostic:
    message = f"the plug-in failed {doing}: {raised(error)}"
    hint = "what it failed to bring is left out; tell its author, or start with --no-plugins"
    return fault("plugin-failed", name, message, hint)


def _slow(name: str, doing: str, seconds: float) -> Diagnostic:
    message = f"the plug-in took longer than {seconds:g} seconds {doing} and was stopped"
    hint = "what it had to bring is left out; tell its author, or start with --no-plugins"
    return fault("plugin-slow", name, message, hint)


def raised(error: BaseException) -> str:
    """The type of `error` and where it comes from; nothing of what it says."""
    return f"{shown(type(error).__name__)}{_line_of(error)}"


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
