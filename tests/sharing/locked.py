"""Age files locked with a passphrase that are opened in no time; what the program makes takes seconds on purpose.

Written after the published format (C2SP, age) and RFC 8439, with nothing of the program but its padding.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterator
from hashlib import scrypt

from reflect.sharing.padding import padded

CHEAP = 10
"""The work factor: 2 ** 10 rounds, as in the published test vectors."""
_VERSION = b"age-encryption.org/v1"
_SALT, _KEY, _NONCE = b"salt of a test!!", b"key of this file", b"nonce of a test!"
_WORD = 0xFFFFFFFF
_COLUMNS_AND_DIAGONALS = (
    *((n, n + 4, n + 8, n + 12) for n in range(4)),
    *((n, 4 + (n + 1) % 4, 8 + (n + 2) % 4, 12 + (n + 3) % 4) for n in range(4)),
)


def locked(data: bytes, passphrase: str) -> bytes:
    """`data`, of less than 64 kB, for whoever knows `passphrase`."""
    salt = _VERSION + b"/scrypt" + _SALT
    wrapping = scrypt(passphrase.encode(), salt=salt, n=1 << CHEAP, r=8, p=1, dklen=32)
    stanza = b"-> scrypt %s %d\n%s\n" % (_text(_SALT), CHEAP, _text(_sealed(wrapping, 0, _KEY)))
    header = _VERSION + b"\n" + stanza + b"---"
    check = hmac.digest(_derived(b"", b"header"), header, "sha256")
    last_of_one = 1
    content = _sealed(_derived(_NONCE, b"payload"), last_of_one, padded(data))
    return header + b" " + _text(check) + b"\n" + _NONCE + content


def _text(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _derived(salt: bytes, use: bytes) -> bytes:
    """HKDF of the file's key, for one block of output."""
    return hmac.digest(hmac.digest(salt, _KEY, "sha256"), use + b"\1", "sha256")


def _sealed(key: bytes, nonce: int, data: bytes) -> bytes:
    """ChaCha20-Poly1305 without additional data."""
    stream = b"".join(_blocks(key, nonce, 1 + -(-len(data) // 64)))
    secret = bytes(a ^ b for a, b in zip(data, stream[64:], strict=False))
    told = secret + bytes(-len(secret) % 16) + bytes(8) + len(secret).to_bytes(8, "little")
    return secret + _poly1305(stream[:32], told)


def _poly1305(key: bytes, data: bytes) -> bytes:
    factor = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(data), 16):
        total = (total + int.from_bytes(data[at : at + 16] + b"\1", "little")) * factor
        total %= (1 << 130) - 5
    return (total + int.from_bytes(key[16:], "little") & (1 << 128) - 1).to_bytes(16, "little")


def _blocks(key: bytes, nonce: int, count: int) -> Iterator[bytes]:
    head = (*_words(b"expand 32-byte k"), *_words(key))
    tail = _words(nonce.to_bytes(12, "big"))
    for number in range(count):
        start = (*head, number, *tail)
        state = list(start)
        for _ in range(10):
            for places in _COLUMNS_AND_DIAGONALS:
                _mix(state, *places)
        mixed = (a + b & _WORD for a, b in zip(state, start, strict=True))
        yield b"".join(word.to_bytes(4, "little") for word in mixed)


def _words(data: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), 4))


def _mix(state: list[int], a: int, b: int, c: int, d: int) -> None:
    for to, by, over, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[to] = state[to] + state[by] & _WORD
        word = state[over] ^ state[to]
        state[over] = (word << turn | word >> 32 - turn) & _WORD
