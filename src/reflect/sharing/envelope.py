"""The outside of an age file (age-encryption.org/v1): what can be told without a key.

Read with bounds before the library sees it: which kind of lock it has, what opening would
cost, and how long the encrypted part is, by which a cut file is told from a changed one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from reflect.sharing import unopened
from reflect.sharing.padding import is_padded_length

if TYPE_CHECKING:
    from reflect.errors import ReflectError

Lock = Literal["key", "passphrase"]

LARGEST = 16 * 1024 * 1024
"""Bytes of a file."""
LONGEST_HEADER = 16 * 1024
HARDEST = 20
"""The largest base-two logarithm of scrypt's work: some seconds and 1 GiB on today's machines."""

_INTRO = b"age-encryption.org/v1\n"
_ANY_VERSION = b"age-encryption.org/"
_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_STANZA = rb"-> [!-~]+(?: [!-~]+)*"
_BODY = rb"[A-Za-z0-9+/]{0,64}"
_MAC = rb"--- [A-Za-z0-9+/]{43}"
_COLUMNS = 64
_CHUNK = 64 * 1024
_TAG = 16
_NONCE = 16


class Envelope(NamedTuple):
    """A file's lock and how many bytes of content it was made with, as far as its length tells."""

    lock: Lock
    content: int

    @property
    def has_a_length_of_ours(self) -> bool:
        """Whether what reflect seals can be that long."""
        return is_padded_length(self.content)


def binary(data: bytes) -> bytes:
    """`data` as a binary age file: armour is taken off, whatever a mail did to its line ends.

    Raises `ReflectError` bundle-too-large, bundle-truncated or bundle-damaged.
    """
    if len(data) > LARGEST:
        raise unopened.too_large(LARGEST)
    text = data.strip()
    if not text.startswith(_BEGIN):
        return data
    if not text.endswith(_END):
        cut = _END not in text
        raise unopened.truncated() if cut else unopened.damaged()
    return _from_base64(b"".join(text[len(_BEGIN) : -len(_END)].split()))


def read(data: bytes) -> Envelope:
    """The outside of a binary age file.

    Raises `ReflectError` bundle-not-encrypted, bundle-unknown, bundle-truncated or bundle-damaged.
    """
    if not data.startswith(_INTRO):
        raise _strange(data)
    header = data[:LONGEST_HEADER]
    stanzas, end = _stanzas(header)
    content = _content(len(data) - end)
    return Envelope(_lock(stanzas), content)


def _from_base64(text: bytes) -> bytes:
    from base64 import b64decode

    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise unopened.damaged() from None


def _strange(data: bytes) -> ReflectError:
    if _INTRO.startswith(data):
        return unopened.truncated()
    if data.startswith(_ANY_VERSION):
        return unopened.unknown()
    return unopened.not_encrypted()


def _stanzas(header: bytes) -> tuple[list[list[bytes]], int]:
    """Type and arguments of each stanza, and where the header ends."""
    found: list[list[bytes]] = []
    at = len(_INTRO)
    while True:
        line, at = _line(header, at)
        if re.fullmatch(_MAC, line) and found:
            return found, at
        if not re.fullmatch(_STANZA, line):
            raise unopened.damaged()
        found.append(line.split(b" ")[1:])
        at = _after_body(header, at)


def _after_body(header: bytes, at: int) -> int:
    """Where the stanza's body ends: behind its first line that is not full."""
    while True:
        line, at = _line(header, at)
        if not re.fullmatch(_BODY, line):
            raise unopened.damaged()
        if len(line) < _COLUMNS:
            return at


def _line(header: bytes, at: int) -> tuple[bytes, int]:
    """The line that begins at `at`, and where the next one does."""
    end = header.find(b"\n", at)
    if end >= 0:
        return header[at:end], end + 1
    if len(header) == LONGEST_HEADER:
        raise unopened.unknown()
    rest = header[at:]
    raise unopened.truncated() if re.fullmatch(rb"[ -~]*", rest) else unopened.damaged()


def _lock(stanzas: list[list[bytes]]) -> Lock:
    kinds = [kind for kind, *_ in stanzas]
    if b"scrypt" not in kinds:
        return "key"
    # Whoever knows the passphrase shall be the only one who can read it.
    if len(kinds) > 1 or len(stanzas[0]) != 3 or not re.fullmatch(rb"[1-9]\d*", stanzas[0][2]):
        raise unopened.damaged()
    if len(stanzas[0][2]) > 2 or int(stanzas[0][2]) > HARDEST:
        raise unopened.unknown()
    return "passphrase"


def _content(payload: int) -> int:
    """How many bytes are in a payload of so many: a nonce, then chunks with a tag each."""
    if payload < _NONCE + _TAG:
        raise unopened.truncated()
    chunks = -(-(payload - _NONCE) // (_CHUNK + _TAG))
    return payload - _NONCE - chunks * _TAG
