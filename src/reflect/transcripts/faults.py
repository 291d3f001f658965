"""What SQLite reports, in our words: the one place that knows its error codes.

No message holds a value from a statement, only the path and SQLite's code.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import apsw

from reflect.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


class StaleStream(StoreError):
    """The stream holds other events than its writer thinks: read it again."""


class LeaseTaken(StoreError):
    """Another process is writing this session."""


def read_only(path: Path) -> StoreError:
    """The store can be read but not written."""
    return StoreError(
        "store-read-only",
        f"{path} is on a read-only disk or may not be written by you.",
        "Sessions can be read; to answer, make the folder writable or set REFLECT_HOME.",
    )


def damaged(path: Path) -> StoreError:
    """The file is no database or its pages do not fit together."""
    return StoreError(
        "store-damaged",
        f"{path} is damaged or not a store of reflect. Nothing in it was overwritten.",
        "What can be read of it: reflect doctor --repair. What a backup holds: reflect restore FILE",
    )


def no_backup(path: Path) -> StoreError:
    """A file that was to be merged is something else, or broken."""
    return StoreError(
        "store-damaged",
        f"{path} is not a backup of reflect, or it is damaged. Nothing was changed.",
        "Name a file that `reflect backup` has made.",
    )


def too_new(path: Path) -> StoreError:
    """The file was written by a later version."""
    return StoreError(
        "store-too-new",
        f"{path} was written by a newer version of reflect.",
        "Update reflect; nothing was changed.",
    )


def head_damaged(path: Path) -> StoreError:
    """The first bytes of a locked file are not what was written there."""
    return StoreError(
        "store-damaged",
        f"{path} is locked and its first bytes are damaged, so no passphrase can open it."
        " Nothing in it was overwritten.",
        "Your passphrase is not to blame. A backup opens with it: reflect restore FILE",
    )


def truncated(path: Path) -> StoreError:
    """A locked file is shorter than it was."""
    return StoreError(
        "store-truncated",
        f"{path} is cut short: its end is missing. Nothing in it was overwritten.",
        "Your passphrase is not to blame. Was it copied or synchronised? A whole copy,"
        " or a backup, opens with it.",
    )


def is_locked(path: Path) -> StoreError:
    """A locked file, and nobody to ask for the passphrase."""
    return StoreError(
        "store-is-locked",
        f"{path} is locked with a passphrase, and there is no terminal to ask for it.",
        "In a script, hand it over on a file descriptor: reflect --passphrase-fd 3 … 3<FILE",
    )


def wrong_passphrase(path: Path) -> StoreError:
    """What was typed is not what a file was locked with."""
    return StoreError(
        "wrong-passphrase",
        f"That is not the passphrase of {path}. Nothing was changed, and nothing is ever"
        " deleted however often you try.",
        "The code on your recovery sheet opens it too: type it in the passphrase's place.",
    )


def outdated(path: Path) -> StoreError:
    """The file is from an earlier version, and was opened in a way that leaves it as it is."""
    return StoreError(
        "store-outdated",
        f"{path} is from an earlier version of reflect.",
        "Start `reflect` once where it can be written.",
    )


def locked(path: Path) -> StoreError:
    """Another process did not let go in time."""
    return StoreError(
        "store-locked",
        f"Another process is writing to {path}.",
        "Close the other window, or try again in a moment.",
    )


def full(path: Path) -> StoreError:
    """There is no room left to write."""
    return StoreError(
        "disk-full",
        f"There is no room left on the disk of {path}; what was being written is not saved.",
        "Free some space and try again.",
    )


def broken(path: Path, error: apsw.Error) -> StoreError:
    """The disk refused."""
    return StoreError(
        "disk-error",
        f"The disk of {path} reported an error (SQLite {_code(error)}).",
        "Check the disk, then start again: what was saved is read anew.",
    )


def replaced(path: Path) -> StoreError:
    """Another file stands where the store was."""
    return StoreError(
        "store-replaced",
        f"{path} was deleted or replaced while it was open.",
        "Start again; keep what you just typed.",
    )


def no_store(path: Path) -> StoreError:
    """There is no file yet."""
    return StoreError("no-store", f"Nothing is stored yet at {path}.", "Start with `reflect`.")


def no_copy(target: Path, error: OSError) -> StoreError:
    """A file could not be written beside or away from the store."""
    if error.errno in _FULL:
        return full(target)
    reason = error.strerror or "the system refused"
    return StoreError(
        "copy-not-written", f"{target} was not written: {reason}.", "Choose another place."
    )


def fault(error: apsw.Error, path: Path, system_errno: int = 0) -> StoreError | None:
    """`error` as one of ours; None when it is a bug and no state of the disk or file."""
    if isinstance(error, apsw.FullError) or _is_full(error, system_errno, path):
        return full(path)
    if isinstance(error, (apsw.BusyError, apsw.LockedError)):
        return locked(path)
    if isinstance(error, (apsw.NotADBError, apsw.CorruptError, apsw.ConstraintError)):
        return damaged(path)
    if isinstance(error, apsw.SQLError) and _of_the_index(error):
        return damaged(path)
    if isinstance(error, (apsw.ReadOnlyError, apsw.PermissionsError)):
        return read_only(path)
    if isinstance(error, (apsw.IOError, apsw.CantOpenError)):
        return broken(path, error)
    if isinstance(error, apsw.TooBigError):
        return StoreError("answer-too-long", "The answer is too long to be stored.", "Shorten it.")
    return None


def _of_the_index(error: apsw.Error) -> bool:
    """Whether the search index cannot make sense of its own tables, which counts as a mistake in SQL."""
    # A real mistake in SQL is told with its place; the index may give up without a word of its own.
    told = ("invalid fts5 file format", "tokenizer constructor", "SQL logic error")
    return any(words in str(error) for words in told)


def _is_full(error: apsw.Error, system_errno: int, path: Path) -> bool:
    if not isinstance(error, (apsw.IOError, apsw.CantOpenError)):
        return False
    return system_errno in _FULL or _no_room(path)


def _no_room(path: Path) -> bool:
    """Whether the disk of `path` has no block left, or no place for another file; False where nobody tells."""
    import os

    try:
        room = os.statvfs(path.parent)
    except (AttributeError, OSError):
        return False
    return room.f_bavail == 0 or (room.f_files > 0 and room.f_ffree == 0)


def _code(error: apsw.Error) -> str:
    number = getattr(error, "extendedresult", 0)
    return str(apsw.mapping_extended_result_codes.get(number, number))
