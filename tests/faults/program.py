"""The real program, run in a process of its own: with pipes, or in a window (a pseudo-terminal)."""

from __future__ import annotations

import io
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from types import TracebackType
from typing import Any, NamedTuple

import pytest

from reflect.settings import Home

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals here", allow_module_level=True)

import fcntl
import pty
import struct
import termios

SOURCE = Path(__file__).parents[2] / "src"
PROGRAM = (sys.executable, "-m", "reflect")
BUSY = min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))
"""How many times as long something may take here, where others use the machine."""

DEADLINE = 20.0 * BUSY
"""Seconds after which anything the program is waited for counts as frozen."""

ROWS, COLUMNS = 40, 80
_AT_ONCE = 4096
_ESCAPE = re.compile(
    r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78M])"
)
_QUESTION = re.compile(rb"\x1b\[1m(.*?)\x1b\[0m(?:\r\n +\x1b\[1m(.*?)\x1b\[0m)*", re.DOTALL)
_PROMPT_OPENS, _PROMPT_CLOSES = b"\x1b[?2004h", b"\x1b[?2004l"
_DRAWN = re.compile(rb">.*\x1b\[\?25h", re.DOTALL)


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the program finds around it: everything it could write to lies beside `home`."""
    own = home.parent / "somebody"
    own.mkdir(mode=0o700, exist_ok=True)
    (own / "tmp").mkdir(exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(SOURCE),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "HOME": str(own),
        "TMPDIR": str(own / "tmp"),
        "REFLECT_HOME": str(home),
        **more,
    }


class Ran(NamedTuple):
    """What came of a command; negative codes are signals."""

    code: int
    out: str
    err: str


def reflect(
    home: Path,
    *arguments: str,
    lines: Sequence[str | bytes] = (),
    before: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    deadline: float = DEADLINE,
    **more: Any,
) -> Ran:
    """Run a command to its end; `lines` are piped into it, `before` stands before it (strace)."""
    typed = b"".join(_bytes(line) + b"\n" for line in lines)
    done = subprocess.run(
        [*before, *PROGRAM, *arguments],
        input=typed,
        capture_output=True,
        env=environ or environment(home),
        timeout=deadline,
        check=False,
        **more,
    )
    return Ran(done.returncode, _text(done.stdout), _text(done.stderr))


_IN_TURN = Lock()
"""Held by whoever asks for the home that others are copied from: several at once would make one each."""

FIRST = ("Amina", "Daniel", "3", "1")
"""Answers to what is asked on the first run: a short session of the third stage."""


def begin(home: Path, *answers: str, cold: bool = False) -> None:
    """A home with a session that is under way and paused after `answers`.

    Unless it is to be `cold`, the packs have been read in it before, as in all sessions but the
    first, and the answers are taken in from a pipe by this process.
    """
    environment(home)
    if cold:
        ran = reflect(home, lines=(*FIRST, *answers))
        assert ran.code == 0, ran.err
        return
    begun = not home.exists()
    if begun:
        shutil.copytree(_begun(), home)
    if answers or not begun:
        say(home, *(() if begun else FIRST), *answers)


def say(home: Path, *lines: str) -> None:
    """Go on with the session, or begin one, with what is piped into it; without another process."""
    from reflect.application.wiring import Application
    from reflect.terminal.opening import Wishes
    from reflect.terminal.pipe import PipeScreen
    from reflect.terminal.run import hold
    from reflect.terminal.stops import Stops

    app, stops = Application(environment(home)), Stops()
    source = io.BytesIO(b"".join(line.encode() + b"\n" for line in lines))
    said = io.StringIO()
    try:
        code = hold(app, PipeScreen(source, said, stops), Wishes(), stops)
    finally:
        app.close()
    assert code == 0, said.getvalue()


def make_well_read(home: Path) -> None:
    """Make `home` one in which nothing was said yet, but the packs were read before."""
    home.mkdir(mode=0o700, parents=True)
    shutil.copytree(_begun() / "cache", home / "cache")


def _begun() -> Path:
    """A home to copy, in which the packs were read and a session was begun."""
    with _IN_TURN:
        return Path(_begun_once().name, "reflect")


@cache
def _begun_once() -> TemporaryDirectory[str]:
    """A folder with that home; it goes when this process ends."""
    folder = TemporaryDirectory()
    home = Path(folder.name, "reflect")
    # What is read where there is no home yet is kept nowhere, and word lists are read when something is heard.
    Home(home).create()
    begin(home, cold=True)
    assert reflect(home, "hear", "I said so").code == 0
    return folder


def _bytes(line: str | bytes) -> bytes:
    return line if isinstance(line, bytes) else line.encode()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


class Window:
    """The program in a terminal of 80 x 40 cells; a context manager that leaves no process behind.

    `usual` is how the terminal was set before the program began.
    """

    def __init__(
        self, home: Path, *arguments: str, environ: Mapping[str, str] | None = None
    ) -> None:
        self.raw = bytearray()
        self.started = time.monotonic()
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._slave = slave
        self.usual = self.modes()
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ or environment(home),
            start_new_session=True,
            preexec_fn=_own_the_terminal,
        )
        os.set_blocking(self.master, False)
        self._closed = False
        self._emulated: Any = None
        self._emulator: Any = None
        self._fed = 0

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(DEADLINE)
        self.close()

    # --- what comes ---

    def read(self, seconds: float) -> bool:
        """Take in what the program wrote, waiting at most so long; False when nothing came."""
        if self._closed or not select.select([self.master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        return bool(data)

    def until(self, true: Callable[[], bool], what: str, seconds: float = DEADLINE) -> float:
        """Read until `true`; gives the seconds it took, fails loudly when it does not come."""
        began = time.monotonic()
        end = began + seconds
        while not true():
            left = end - time.monotonic()
            alive = self.process.poll() is None
            came = self.read(min(left, 0.05) if alive else 0)
            if not came and not true() and (left <= 0 or not alive):
                state = "nothing came" if alive else f"it ended with {self.process.returncode}"
                pytest.fail(f"waited {seconds:.1f} s for {what}: {state}\n{self.text()[-1500:]}")
        return time.monotonic() - began

    def until_shown(self, words: str, since: int = 0, seconds: float = DEADLINE) -> float:
        """Read until `words` stand there, in whatever lines; `since` is a place in `raw`."""
        return self.until(lambda: words in self.flat(since), f"{words!r}", seconds)

    def until_ready(self, since: int = 0, seconds: float = DEADLINE) -> float:
        """Read until an edit line is open that was opened behind `since`."""
        return self.until(lambda: self.ready(since), "an edit line", seconds)

    def ready(self, since: int = 0) -> bool:
        """Whether an edit line is open, opened behind `since` and drawn."""
        opened = self.raw.rfind(_PROMPT_OPENS)
        return (
            opened >= since
            and opened > self.raw.rfind(_PROMPT_CLOSES)
            and _DRAWN.search(self.raw, opened) is not None
        )

    def text(self, since: int = 0) -> str:
        """What was written, without escape sequences."""
        return _ESCAPE.sub("", _text(bytes(self.raw[since:]))).replace("\r", "")

    def flat(self, since: int = 0) -> str:
        """The same with each run of white space as one blank."""
        return " ".join(self.text(since).split())

    def questions(self, since: int = 0) -> list[str]:
        """The questions that were put, in order: what was written in bold."""
        found = _QUESTION.finditer(bytes(self.raw[since:]))
        return [" ".join(_ESCAPE.sub("", _text(one[0])).split()) for one in found]

    def rows(self) -> list[str]:
        """The screen as an emulator shows it."""
        return [row.rstrip() for row in self._screen().display]

    def edit_line(self) -> str:
        """What stands behind the prompt."""
        screen = self._screen()
        rows = [row.rstrip() for row in screen.display]
        top = screen.cursor.y
        while top and not rows[top].startswith(">"):
            top -= 1
        return " ".join(row[2:] for row in rows[top : screen.cursor.y + 1]).strip()

    def _screen(self) -> Any:
        import pyte

        if self._emulated is None:
            self._emulated = pyte.Screen(COLUMNS, ROWS)
            self._emulator = pyte.ByteStream(self._emulated)
        self._emulator.feed(bytes(self.raw[self._fed :]))
        self._fed = len(self.raw)
        return self._emulated

    # --- what is done ---

    def type(self, keys: str | bytes) -> None:
        """Press keys, or paste many of them; reads meanwhile, so that nobody waits for the other."""
        data = memoryview(_bytes(keys))
        end = time.monotonic() + DEADLINE
        while data:
            if time.monotonic() > end:
                pytest.fail(f"the program took no more keys for {DEADLINE} s")
            readable, writable, _ = select.select([self.master], [self.master], [], 0.1)
            if readable:
                self.read(0)
            if writable:
                with suppress(BlockingIOError):
                    data = data[os.write(self.master, data[:_AT_ONCE]) :]

    def send(self, line: str | bytes) -> None:
        """Type a line, Enter, and wait for the next edit line."""
        self.until_ready()
        since = len(self.raw)
        self.type(line)
        self.type("\r")
        self.until_ready(since)

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def ended(self, seconds: float = DEADLINE) -> int:
        """Wait for its end, reading what it still says; gives its exit code."""
        self.until(lambda: self.process.poll() is not None, "its end", seconds)
        self.drain()
        return int(self.process.returncode)

    def kill(self) -> None:
        """kill -9; what it wrote before has appeared on the screen."""
        self.signal(signal.SIGKILL)
        self.process.wait(DEADLINE)
        self.drain()

    def drain(self) -> None:
        """Read all that is left."""
        while self.read(0):
            pass

    def modes(self) -> list[Any]:
        """How the terminal is set."""
        return termios.tcgetattr(self._slave)[:4]

    def close(self) -> None:
        """Close the window: the program is told with SIGHUP, as by a terminal that goes away."""
        if not self._closed:
            self._closed = True
            os.close(self._slave)
            os.close(self.master)


def _own_the_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
