"""How a file is sealed: for a key, with a passphrase, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reflect.cli.desk import Desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.sharing_wish import Receiver
    from reflect.sharing.passphrase import Passphrase

Seal = Callable[[bytes], bytes]


def sealing(
    desk: Desk, to: Receiver, *, passphrase: bool, descriptor: int | None, unencrypted: bool
) -> Seal:
    """What makes the bytes of a bundle those that leave. Raises `UsageError` "no-key"."""
    from reflect.application.keeping_keys import own_key
    from reflect.sharing.sealing import seal

    if unencrypted:
        return bytes
    if passphrase or descriptor is not None:
        agreed = _typed_twice() if descriptor is None else _handed_over(descriptor)
        return lambda data: seal(data, agreed)
    if to.key is None:
        raise UsageError(
            "no-key",
            "there is no key to seal it for",
            "Keep theirs: reflect key add NAME KEY. Or: --passphrase, --format html",
        )
    key = to.key.key
    # Sealed for oneself too: what was sent can be opened again.
    return lambda data: seal(data, list(dict.fromkeys((key, own_key(desk.app).public))))


def _handed_over(descriptor: int) -> Passphrase:
    from reflect.cli.passphrase import Lines
    from reflect.sharing.passphrase import check_length, typed

    found = typed(Lines(descriptor).ask("passphrase"))
    check_length(found)
    return found


def _typed_twice() -> Passphrase:
    from reflect.cli.passphrase import Terminal
    from reflect.sharing.passphrase import check_length, suggested, typed

    terminal = Terminal()
    terminal.say(f"Such as, made by chance for you: {suggested().text}")
    with terminal.held():
        first = terminal.ask("Passphrase for this file")
        again = terminal.ask("The same again") if first else first
    if first is None:
        raise UsageError(
            "no-passphrase",
            "there is no terminal to type a passphrase at",
            "Hand it over on a file descriptor: --passphrase-fd 3 3<FILE",
        )
    if again != first:
        raise UsageError("passphrases-differ", "the two are not the same", "Nothing was shared.")
    found = typed(first)
    check_length(found)
    return found
