"""A run in a session of its own: Ctrl-C ends the run, and does not reach the programs that it tries."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType

_TOLD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def apart(main: Callable[[], int]) -> int:
    """What `main` gives, run in a fork: whatever this process is told to end by reaches it as a Ctrl-C."""
    # Whatever comes before both know what to do with it waits until they do.
    signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD)
    child = os.fork()
    if child == 0:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)
        os._exit(_ended(main))

    def tell(_number: int, _frame: FrameType | None) -> None:
        os.kill(child, signal.SIGINT)

    for one in _TOLD:
        signal.signal(one, tell)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _ended(main: Callable[[], int]) -> int:
    """The code that `main` would have ended a process with."""
    try:
        code = main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 2
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code
