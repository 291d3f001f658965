"""Finding the key of a locked record: known already, in the keyring, or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reflect.transcripts import faults

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from reflect.transcripts.keys import Key, Lock


class Asker(Protocol):
    """Where a passphrase comes from."""

    @property
    def tries(self) -> int:
        """How often it may be asked for the same one."""

    def held(self) -> AbstractContextManager[None]:
        """Hold where it is typed, from the first try to the last."""

    def ask(self, what: str) -> str | None:
        """What is typed for `what`, unseen; None when there is nobody to ask."""

    def say(self, text: str) -> None:
        """Tell whoever types."""

    def agrees(self, question: str) -> bool:
        """Whether whoever types says yes; nobody says no."""


class Unlocking:
    """Gives the key of each locked file once it was found; is what the store calls an opener."""

    def __init__(self, asker: Asker | None) -> None:
        self._asker = asker
        self._known: dict[bytes, Key] = {}
        self.typed = False
        """Whether somebody was asked and knew."""

    def __call__(self, lock: Lock) -> Key:
        """The key of `lock`; `StoreError` store-is-locked or wrong-passphrase."""
        from reflect.application.hardening import harden

        harden()
        key = self._known.get(lock.header) or self._kept(lock) or self._asked(lock)
        self.learn(key)
        return key

    def learn(self, key: Key) -> None:
        """Know a key without asking."""
        self._known[key.header] = key

    def settle(self, path: Path) -> None:
        """Ask, once, whether the file from before the record at `path` was locked can go."""
        from reflect.transcripts import locking

        self.typed = False
        if self._asker is None or locking.kept(path) is None:
            return
        if self._asker.agrees(
            "Your passphrase opens it. Erase the copy from before it was locked, which is still there?"
        ):
            locking.confirm(path, locked=True)

    def _kept(self, lock: Lock) -> Key | None:
        from reflect.application import keyrings

        return keyrings.find(lock)

    def _asked(self, lock: Lock) -> Key:
        if self._asker is None:
            raise faults.is_locked(lock.path)
        with self._asker.held():
            return self._tried(self._asker, lock)

    def _tried(self, asker: Asker, lock: Lock) -> Key:
        for left in reversed(range(asker.tries)):
            typed = asker.ask(f"Passphrase of {lock.path.name}")
            if typed is None:
                break
            key = _opened(lock, typed)
            if key is not None:
                self.typed = True
                return key
            if not left:
                raise faults.wrong_passphrase(lock.path)
            asker.say(f"That is not it. {_tries(left)}; nothing is lost.")
        raise faults.is_locked(lock.path)


def _opened(lock: Lock, typed: str) -> Key | None:
    """The key, by a passphrase or by the code on the recovery sheet."""
    from reflect.transcripts.recovery import secret_in

    secret = secret_in(typed)
    by_code = lock.opened_by(secret) if secret else None
    return by_code or lock.opened_with(typed)


def _tries(left: int) -> str:
    return "One more try" if left == 1 else f"{left} more tries"
