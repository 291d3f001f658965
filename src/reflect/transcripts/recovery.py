"""The key of a locked store as a code to be written on paper, for whoever forgets a passphrase."""

from __future__ import annotations

from reflect.transcripts.keys import check

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 56
_GROUP = 4
_SECRET = 32
_LOOKS_LIKE = str.maketrans("OIL", "011")


def code_of(secret: bytes) -> tuple[str, ...]:
    """`secret` and its check in fourteen groups of four, in Crockford's base 32."""
    number = int.from_bytes(secret + check(secret), "big")
    text = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return tuple(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def secret_in(text: str) -> bytes | None:
    """The secret that a code stands for, however it is spaced; None when it is no code, or mistyped."""
    letters = "".join(filter(str.isalnum, text.upper())).translate(_LOOKS_LIKE)
    if len(letters) != _LENGTH or not set(letters) <= set(_ALPHABET):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    data = number.to_bytes(_LENGTH * 5 // 8, "big")
    secret = data[:_SECRET]
    return secret if check(secret) == data[_SECRET:] else None
