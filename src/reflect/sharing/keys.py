"""Public keys as people hand them over: age's own (age1…), and SSH keys (ssh-ed25519, ssh-rsa)."""

from __future__ import annotations

from reflect.errors import ReflectError
from reflect.sharing import age

SSH = ("ssh-ed25519", "ssh-rsa")
LARGEST = 64 * 1024
"""Bytes of a file that keys are looked for in."""
_RSA = b"\0\0\0\7ssh-rsa"
_SHORTEST_RSA = 270
"""Bytes of a 2,048-bit RSA key as SSH writes it: age asks for no less."""
_SECRET = ("AGE-SECRET-KEY-", "PRIVATE KEY-----")


def looks_like_key(text: str) -> bool:
    """Whether `text` begins as a public key does."""
    return text.strip().lower().startswith(("age1", *(f"{kind} " for kind in SSH)))


def read_key(text: str) -> str:
    """The one public key in `text`, which may be a whole file, as one line without comments.

    Raises `ReflectError` "not-a-key", "several-keys", or "secret-key-given".
    """
    if any(mark in text.upper() for mark in _SECRET):
        raise _secret_given()
    lines = [line for line in text.splitlines() if looks_like_key(line)]
    found = list(dict.fromkeys(map(normalised, lines)))
    if len(found) > 1:
        raise ReflectError(
            "several-keys",
            "There is more than one key in that.",
            "Give the one line that is meant: age1…, ssh-ed25519 … or ssh-rsa …",
        )
    if not found:
        raise _no_key()
    return found[0]


def normalised(key: str) -> str:
    """One public key in the one way of writing it: small letters, single blanks, no comment.

    Raises `ReflectError` "not-a-key".
    """
    words = key.split()
    if not words:
        raise _no_key()
    line = _ssh(words) if words[0] in SSH else words[0].lower()
    try:
        age.check_public(line)
    except age.Refused:
        raise _no_key() from None
    return line


def kind_of(key: str) -> str:
    """What a normalised key is: age, ssh-ed25519 or ssh-rsa."""
    return key.split()[0] if key.startswith("ssh-") else "age"


def _ssh(words: list[str]) -> str:
    from base64 import b64decode, b64encode

    try:
        blob = b64decode(words[1], validate=True)
    except (ValueError, IndexError):
        raise _no_key() from None
    if blob.startswith(_RSA) and len(blob) < _SHORTEST_RSA:
        raise ReflectError(
            "key-too-weak", "This RSA key is too short to be safe.", "Ask for an Ed25519 key."
        )
    return f"{words[0]} {b64encode(blob).decode()}"


def _no_key() -> ReflectError:
    return ReflectError(
        "not-a-key",
        "That is no public key, or a character of it was lost.",
        "A key is one line: age1… as `reflect key` shows it, or ssh-ed25519 … or ssh-rsa …",
    )


def _secret_given() -> ReflectError:
    return ReflectError(
        "secret-key-given",
        "That is a secret key, and nobody but its owner should have it. It was not kept.",
        "Ask for the public one: age1… If the secret one was sent or typed, make another: reflect key new",
    )
