"""The terminal from the first moment on: what is typed early is neither echoed nor lost nor mangled.

Between the start of the program and the edit line lies the import of
prompt-toolkit. In that time keys stay in the terminal's own queue, byte for byte: with
ICANON and ICRNL set an early Enter would arrive as Ctrl-J. Ctrl-C stays a signal.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from types import TracebackType
from typing import Any

_QUEUE = 65536


class Held:
    """The terminal at `descriptor`, held while it is entered; elsewhere than on POSIX nothing is done.

    `early` is what had been typed before, as the Enter key would send it.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._before: list[Any] | None = None
        self.early = b""

    def __enter__(self) -> Held:
        self.take()
        self.early = self._typed_before() if self._before else b""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.release()

    def take(self) -> None:
        """Hold the terminal; where it has no such modes it stays as it is."""
        if os.name != "posix":
            return
        import termios

        try:
            self._before = termios.tcgetattr(self._descriptor)
            modes = termios.tcgetattr(self._descriptor)
            modes[0] &= ~termios.ICRNL
            modes[3] &= ~(termios.ECHO | termios.ICANON)
            modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._descriptor, termios.TCSANOW, modes)
        except termios.error:
            self._before = None

    def release(self) -> None:
        """Give the terminal back as it was."""
        if self._before is None:
            return
        import termios

        # It is gone when its window was closed.
        with suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)
        self._before = None

    def _typed_before(self) -> bytes:
        if not select.select([self._descriptor], [], [], 0)[0]:
            return b""
        return os.read(self._descriptor, _QUEUE).replace(b"\n", b"\r")
