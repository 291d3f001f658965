"""Files that the mentee asked for: whole or not at all, for their owner only, and there after a power cut."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from reflect.errors import ReflectError
from reflect.settings import PRIVATE_FILE
from reflect.unfinished import beside, sweep


def put_file(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Put `data` in place of the file at `path` with `mode`.

    What a kill has left of others in that folder goes. Raises `ReflectError` "not-written"; what was
    at `path` then still stands.
    """
    sweep(path.parent)
    part = beside(path)
    try:
        _write(part, data, mode)
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        _drop(part)
        reason = os.strerror(error.errno) if error.errno else "the system refused"
        raise ReflectError(
            "not-written", f"{path} was not written: {reason}.", "Choose another place."
        ) from None
    except BaseException:
        _drop(part)
        raise


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _write(part: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(part, flags, PRIVATE_FILE), "wb") as file:
        part.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make a rename in `folder` last; where a folder cannot be opened, there is nothing to do."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
