"""Secret keys: what opens a sealed file. They stay in their values; a repr shows nothing."""

from __future__ import annotations

from reflect.errors import ReflectError
from reflect.events import Private
from reflect.sharing import age


class Identity(Private, frozen=True):
    """A secret key: an age one with its `public` key, or the text of an OpenSSH file, which has none here.

    `made` is the local day (ISO 8601) on which it was made, as far as that is known.
    """

    secret: str
    public: str = ""
    made: str = ""


def make_identity(made: str) -> Identity:
    """A fresh X25519 key of the day `made`."""
    secret = age.new_secret()
    return Identity(secret, age.public_of(secret), made)


def read_identity(secret: str, made: str = "") -> Identity:
    """The identity of a line AGE-SECRET-KEY-1… or the text of an OpenSSH private key file.

    Raises `ReflectError` "not-a-secret-key", or "key-locked" for an SSH key under a passphrase.
    """
    secret = secret.strip()
    try:
        if secret.startswith("-----BEGIN"):
            age.check_secret(secret + "\n")
            return Identity(secret + "\n", made=made)
        return Identity(secret.upper(), age.public_of(secret.upper()), made)
    except age.Refused as refused:
        error = _locked() if refused.reason == "locked" else _no_secret_key()
    raise error


def _locked() -> ReflectError:
    return ReflectError(
        "key-locked",
        "That SSH key is under a passphrase, and reflect cannot unlock it.",
        "Have files sealed for the key that `reflect key` shows, or use an SSH key without one.",
    )


def _no_secret_key() -> ReflectError:
    return ReflectError(
        "not-a-secret-key",
        "That is no secret key, or a character of it is not right.",
        "A secret key is AGE-SECRET-KEY-1… or the file of an SSH key (Ed25519 or RSA).",
    )
