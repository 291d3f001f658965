"""Names for sessions, answers and items in shared files: the same each time, and telling nothing."""

from __future__ import annotations

import os
from base64 import b32encode
from typing import Final

# Where hashlib has it from; hashlib itself loads OpenSSL first, for three milliseconds.
try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_BYTES: Final = 10


class Aliases:
    """The names of one mentorship; `secret` is its sixteen bytes as hexadecimal digits.

    A name is keyed BLAKE2b (RFC 7693) of an id, so nobody without the secret can tell which
    session it was, nor when: ids of sessions hold a time. Names have sixteen letters and digits.
    """

    def __init__(self, secret: str) -> None:
        self._secret = bytes.fromhex(secret)

    def __repr__(self) -> str:
        return "<Aliases>"

    def of(self, *names: str) -> str:
        """The name of a session (its id), an answer (session, key) or an item (its id)."""
        place = "\n".join(names).encode()
        return _letters(blake2b(place, digest_size=_BYTES, key=self._secret).digest())


def named(*parts: str) -> str:
    """The name of what `parts` say, the same for the same parts; only for what everybody may know."""
    return _letters(blake2b("\n".join(parts).encode(), digest_size=_BYTES).digest())


def new_secret() -> str:
    """Sixteen random bytes as hexadecimal digits."""
    return os.urandom(16).hex()


def new_name() -> str:
    """A random name: of a shared file, of a note."""
    return _letters(os.urandom(_BYTES))


def _letters(data: bytes) -> str:
    return b32encode(data).decode().lower()
