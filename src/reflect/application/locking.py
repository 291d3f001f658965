"""Locking the record with a passphrase, changing that, and unlocking it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.application import keyrings
from reflect.errors import ReflectError
from reflect.transcripts import keys, locking

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.application.wiring import Application
    from reflect.settings import Home
    from reflect.transcripts.keys import Key


class Kept(NamedTuple):
    """What stands beside a record that was locked: the file from before, and how many plain backups."""

    before: Path | None
    backups: int
    exports: int


def lock(app: Application, passphrase: str) -> None:
    """Put the record under a key made of `passphrase`; one is made when there is none yet.

    Raises `ReflectError` already-locked or empty-passphrase, and `StoreError`.
    """
    refuse_locked(app)
    app.store  # noqa: B018 - makes it, and brings it up to date
    _convert(app, None, _new(passphrase))


def refuse_locked(app: Application) -> None:
    """Come back when the record may be locked: it is not, and nothing is kept from before."""
    if is_locked(app.home):
        raise ReflectError(
            "already-locked",
            "Your reflections are locked already.",
            "Another passphrase: reflect lock --change. For good: reflect unlock",
        )
    locking.refuse_kept(app.home.database)


def put_into_keyring(app: Application) -> bool:
    """Let the system's keyring hold the key of a locked record; False when it cannot. Raises not-locked."""
    return keyrings.put(app.home.database, key_of(app))


def forget_in_keyring(app: Application) -> bool:
    """Take the key out of the system's keyring; False when it may still be there."""
    return keyrings.drop(app.home.database)


def change(app: Application, passphrase: str) -> None:
    """Put a locked record under another passphrase; the old one, and the old sheet, open it no longer.

    Whether it opens is asked first. Raises what `lock` does, and not-locked.
    """
    old, in_keyring = key_of(app), keyrings.is_asked(app.home.database)
    locking.refuse_kept(app.home.database)
    new = _new(passphrase)
    _convert(app, old, new)
    if in_keyring:
        keyrings.drop(app.home.database)
        keyrings.put(app.home.database, new)


def unlock(app: Application) -> None:
    """Make a locked record one that everybody can read who can read its file. Raises not-locked."""
    _convert(app, key_of(app), None)
    keyrings.drop(app.home.database)


def confirm(app: Application) -> int:
    """Open the record as it is now, then erase what was kept of it; gives the number of files."""
    lock = keys.look(app.home.database)
    if lock is not None:
        app.unlocking(lock)
        app.unlocking.typed = False  # what it would ask is what was just said
    app.reading_store.sessions(limit=1)
    return locking.confirm(app.home.database, locked=is_locked(app.home))


def key_of(app: Application) -> Key:
    """The key of the locked record, asked for if need be. Raises `ReflectError` not-locked."""
    key = app.reading_store.key if app.kept else None
    if key is None:
        raise ReflectError(
            "not-locked", "Your reflections are not locked.", "Lock them with: reflect lock"
        )
    return key


def is_locked(home: Home) -> bool:
    """Whether the record of `home` is locked; needs no passphrase."""
    return keys.is_locked(home.database)


def beside(home: Home) -> Kept:
    """What lies in `home` besides its record and can be read without a passphrase."""
    plain = [file for file in _files(home.backups) if not keys.is_locked(file)]
    return Kept(locking.kept(home.database), len(plain), len(_files(home.exports)))


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*") if file.is_file()]


def _new(passphrase: str) -> Key:
    if not passphrase:
        raise ReflectError(
            "empty-passphrase",
            "A passphrase cannot be empty.",
            "Four or five words are a good one.",
        )
    return keys.new_key(passphrase)


def _convert(app: Application, old: Key | None, new: Key | None) -> None:
    """With the record closed, and the new key known from then on."""
    from reflect.application.hardening import harden

    harden()
    app.close()
    locking.convert(app.home.database, old, new)
    if new is not None:
        app.unlocking.learn(new)
