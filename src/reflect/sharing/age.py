"""The one place that knows the age library: text and bytes in, bytes out.

Nothing that the library says is passed on, only one of our reasons, and a panic of it is
no more than a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

Reason = Literal["no-match", "passphrase", "header", "payload", "locked", "other"]
"""No key fits; the passphrase does not; the header was changed; the rest was; the key is locked."""

T = TypeVar("T")

# The library tells its causes apart in words only; a test holds them.
_REASONS: tuple[tuple[str, Reason], ...] = (
    ("No matching keys found", "no-match"),
    ("Decryption failed", "passphrase"),
    ("Header MAC is invalid", "header"),
    ("Header is invalid", "header"),
    ("decryption error", "payload"),
    ("failed to fill whole buffer", "payload"),
    ("file is truncated", "payload"),
    ("must be decrypted first", "locked"),
)


class Refused(Exception):
    """The library did not do it, for one of our reasons."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def new_secret() -> str:
    """A fresh X25519 secret key, AGE-SECRET-KEY-1…"""
    from pyrage import x25519  # type: ignore[import-untyped]

    return _asked(lambda: str(x25519.Identity.generate()))


def public_of(secret: str) -> str:
    """The public key, age1…, of an X25519 secret key. Raises `Refused`."""
    from pyrage import x25519

    return _asked(lambda: str(x25519.Identity.from_str(secret).to_public()))


def check_public(key: str) -> None:
    """Come back when something can be encrypted to `key`. Raises `Refused`."""
    _asked(lambda: _recipient(key))


def check_secret(secret: str) -> None:
    """Come back when `secret`, AGE-SECRET-KEY-1… or an OpenSSH file, can be used. Raises `Refused`."""
    _asked(lambda: _identity(secret))


def encrypt(data: bytes, keys: Sequence[str]) -> bytes:
    """`data` for the owners of the public `keys`. Raises `Refused`."""
    import pyrage

    found: bytes = _asked(lambda: pyrage.encrypt(data, [_recipient(key) for key in keys]))
    return found


def decrypt(data: bytes, secrets: Sequence[str]) -> bytes:
    """What is in a binary age file that one of `secrets` opens. Raises `Refused`."""
    import pyrage

    found: bytes = _asked(lambda: pyrage.decrypt(data, [_identity(one) for one in secrets]))
    return found


def encrypt_with(data: bytes, passphrase: str) -> bytes:
    """`data` for whoever knows `passphrase`; takes seconds. Raises `Refused`."""
    from pyrage import passphrase as library

    found: bytes = _asked(lambda: library.encrypt(data, passphrase))
    return found


def decrypt_with(data: bytes, passphrase: str) -> bytes:
    """What is in a binary age file that `passphrase` opens; takes seconds. Raises `Refused`."""
    from pyrage import passphrase as library

    found: bytes = _asked(lambda: library.decrypt(data, passphrase))
    return found


def _recipient(key: str) -> Any:  # noqa: ANN401 - the library has no types
    from pyrage import ssh, x25519

    return (ssh if key.startswith("ssh-") else x25519).Recipient.from_str(key)


def _identity(secret: str) -> Any:  # noqa: ANN401 - the library has no types
    from pyrage import ssh, x25519

    if secret.startswith("-----BEGIN"):
        return ssh.Identity.from_buffer(secret.encode())
    return x25519.Identity.from_str(secret)


def _asked(call: Callable[[], T]) -> T:
    """What `call` gives; whatever it raises, a panic too, becomes `Refused`."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, MemoryError, ImportError):
        raise
    except BaseException as error:  # a panic is no Exception
        reason = _reason(error)
    raise Refused(reason)


def _reason(error: BaseException) -> Reason:
    said = str(error)
    return next((reason for words, reason in _REASONS if words in said), "other")
