"""The system's keyring, if there is one: it may help, and whatever is wrong with it never hinders."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from reflect.settings import write_private_file

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from reflect.transcripts.keys import Key, Lock

SERVICE = "reflect"
PATIENCE = 3.0
"""Seconds after which a keyring counts as silent."""

Found = TypeVar("Found")


def is_asked(path: Path) -> bool:
    """Whether the key of the record at `path` was put into the keyring."""
    return _note(path).exists()


def find(lock: Lock) -> Key | None:
    """The key of a locked file, where the keyring has it and says so in time."""
    if not is_asked(lock.path):
        return None
    text = _within(PATIENCE, lambda: _keyring().get_password(SERVICE, lock.header.hex()))
    with suppress(TypeError, ValueError):
        return lock.opened_by(bytes.fromhex(text))  # type: ignore[arg-type]
    return None


def put(path: Path, key: Key) -> bool:
    """Put the key of the record at `path` into the keyring; whether it is there now."""
    name, text = key.header.hex(), key.secret.hex()

    def store() -> bool:
        _keyring().set_password(SERVICE, name, text)
        return bool(_keyring().get_password(SERVICE, name) == text)

    if not _within(PATIENCE, store):
        return False
    write_private_file(_note(path), name.encode() + b"\n")
    return True


def drop(path: Path) -> bool:
    """Take the key of the record at `path` out of the keyring; False when it may still be there."""
    note = _note(path)
    if not note.exists():
        return True
    # What was altered in it names nothing, and then the key may still be there.
    name = note.read_bytes().decode("ascii", "replace").strip()
    note.unlink()

    def delete() -> bool:
        _keyring().delete_password(SERVICE, name)
        return True

    return bool(_within(PATIENCE, delete))


def _note(path: Path) -> Path:
    """A file that says under which name the keyring has the key; there is nothing secret in it."""
    return path.with_name(f"{path.name}.keyring")


def _keyring() -> ModuleType:
    """The library, which need not be installed."""
    return import_module("keyring")


def _within(seconds: float, do: Callable[[], Found]) -> Found | None:
    """What `do` gives; None when it fails or takes longer. It is then left to itself."""
    found: list[Found] = []

    def run() -> None:
        # Back ends are anybody's code: they raise what they like.
        with suppress(BaseException):
            found.append(do())

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else None
