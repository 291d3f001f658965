"""From whatever stopped a command to one or two lines for its user, and an exit code.

Only errors made for users are shown with their message. Of any other, messages,
values and locals may hold what a mentee wrote: neither the screen nor the log gets them.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from reflect.errors import ReflectError, StoreError

if TYPE_CHECKING:
    from reflect.cli.desk import Desk
    from reflect.diagnostics import Diagnostic

USAGE = 2
OUR_FAULT = 3
INTERRUPTED = 130
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def failed(error: BaseException, desk: Desk) -> int:
    """Say what stopped the command; gives the exit code."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        _leave_line()
        return INTERRUPTED
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        _stop_writing()
        return 0
    with suppress(OSError):
        _show_trace(error, desk)
        return _told(error, desk)
    return OUR_FAULT


def _told(error: BaseException, desk: Desk) -> int:
    if isinstance(error, ReflectError):
        _say(desk, error.code, error.message, _hint(error, desk))
        return error.exit_code
    if isinstance(error, click.ClickException):
        _say(desk, "usage", *_usage(error))
        return USAGE
    if isinstance(error, OSError) and error.errno in _FULL:
        _say(desk, "disk-full", "there is no room left to write to", "Free some space, try again.")
        return 1
    damage = _damage(desk)
    if damage is not None:
        _say(desk, damage.code, damage.message, damage.hint)
        return 1
    _our_fault(error, desk)
    return OUR_FAULT


def _damage(desk: Desk) -> Diagnostic | ReflectError | None:
    """The first that is wrong with the record, where there is one: who reads it may fall over that."""
    if "app" not in desk.__dict__:
        return None
    # Nobody is asked for a passphrase now, and what is wrong here as well is no news.
    desk.app.asker = None
    try:
        return next(iter(desk.app.reading_store.check()), None) if desk.app.kept else None
    except StoreError as error:
        return error if error.code == "store-damaged" else None
    except Exception:
        return None
    finally:
        desk.close()


def _hint(error: ReflectError, desk: Desk) -> str:
    from reflect.cli.desk import REVIEWS

    mentors = error.code == "nothing-kept" and desk.only_reviews()
    return REVIEWS if mentors else error.hint


def _say(desk: Desk, code: str, message: str, hint: str) -> None:
    desk.talk(f"{code}: {message}" + (f"\n  {hint}" if hint else ""))


def _usage(error: click.ClickException) -> tuple[str, str]:
    """What click found, and where to read how it is done."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "reflect"
    return error.format_message(), f"See: {path} --help"


def _leave_line() -> None:
    """A terminal has echoed ^C and stands behind it."""
    with suppress(OSError, ValueError, AttributeError):
        if sys.stderr.isatty():
            sys.stderr.write("\n")


def _stop_writing() -> None:
    """Nobody reads on: let what is left in the buffer go nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _show_trace(error: BaseException, desk: Desk) -> None:
    if desk.debug:
        import traceback

        desk.talk("".join(traceback.format_exception(error)))


def _our_fault(error: BaseException, desk: Desk) -> None:
    from reflect.cli.fault_log import write_fault

    log = write_fault(error, desk.environ)
    where = f"Nothing you wrote is in the report: {log}" if log else "No report could be written."
    _say(desk, "our-fault", "reflect has run into a fault of its own. We are sorry.", where)
