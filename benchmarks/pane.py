"""A program in a pseudo-terminal: what it writes and when, and what is typed into it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

ROWS, COLUMNS = 40, 100
EDITING = b"\x1b[?2004h"
"""Bracketed paste is turned on: prompt-toolkit has drawn its line and reads keys."""
COMPARED = 40
"""Characters of a text by which it is known again."""
PATIENCE = 20.0
"""Seconds after which a program that does not do what it should is given up."""

_WHERE_IS_THE_CURSOR = b"\x1b[6n"
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-B]|[=>78])"
)


class Pane:
    """One run of `command`; times are milliseconds since it was started."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._written: list[tuple[float, bytes]] = []
        self._start = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Pane:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def now(self) -> float:
        """Milliseconds since the start."""
        return (time.perf_counter() - self._start) * 1000

    # --- both ways ---

    def type(self, keys: str) -> float:
        """Send `keys`; gives the time at which they were sent."""
        os.write(self._master, keys.encode())
        return self.now()

    def wait(self, until: Callable[[], bool]) -> None:
        """Read what is written until `until` holds. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end or not self._read(end - time.monotonic()):
                raise TimeoutError(f"the terminal shows: {self.text()[-300:]!r}")

    def settle(self, seconds: float) -> None:
        """Read until nothing has been written for `seconds`."""
        while self._read(seconds):
            pass

    def leave(self) -> None:
        """Interrupt the program and wait for its end."""
        self.type("\x03")
        while self._read(PATIENCE):
            pass
        self._process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        """Take in what is written within `seconds`; False when there is nothing, or no end any more."""
        if not select.select([self._master], [], [], max(0, seconds))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says so when the last writer has gone
            return False
        self._written.append((self.now(), data))
        if _WHERE_IS_THE_CURSOR in data:
            os.write(self._master, b"\x1b[1;1R")
        return bool(data)

    # --- what was written ---

    def text(self, since: float = 0, until: float = float("inf")) -> str:
        """What was written between two times: its words, with single blanks between them."""
        data = b"".join(piece for at, piece in self._written if since <= at <= until)
        return " ".join(_SEQUENCE.sub(b" ", data).decode(errors="replace").split())

    def edits(self) -> bool:
        """Whether prompt-toolkit has drawn its line."""
        return any(EDITING in piece for _, piece in self._written)

    def edited(self) -> float:
        """When prompt-toolkit had drawn its line."""
        return next(at for at, piece in self._written if EDITING in piece)

    def shows(self, text: str, since: float = 0) -> bool:
        """Whether the beginning of `text` was written whole after `since`."""
        return _beginning(text) in self.text(since)

    def shown(self, text: str, since: float = 0) -> float:
        """When the beginning of `text` had been written whole, after `since`. Raises TimeoutError."""
        wanted = _beginning(text)
        for at, _ in self._written:
            if at >= since and wanted in self.text(since, at):
                return at
        raise TimeoutError("the text was never shown")


def _beginning(text: str) -> str:
    return " ".join(text.split())[:COMPARED]
