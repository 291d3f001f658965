"""A key as eight words, to be read to each other on the phone.

The words are the first 64 bits of the SHA-256 of the normalised key, each byte a word of
`fingerprint.txt`: 256 short words, no two closer than two letters.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from reflect.sharing.keys import normalised

NUMBER = 8


def words(public_key: str) -> tuple[str, ...]:
    """The eight words of a public key, comment or not. Raises `ReflectError` "not-a-key"."""
    digest = sha256(normalised(public_key).encode()).digest()
    return spelled(digest[:NUMBER])


def spelled(data: bytes) -> tuple[str, ...]:
    """A word for each byte."""
    every = word_list()
    return tuple(every[byte] for byte in data)


@cache
def word_list() -> tuple[str, ...]:
    """The 256 words, by the byte that each stands for."""
    file = Path(__file__).with_name("fingerprint.txt")
    return tuple(file.read_text("utf-8").split())
