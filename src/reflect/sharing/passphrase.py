"""A passphrase that two people agree on, as they type it and as we would choose it."""

from __future__ import annotations

import secrets

from reflect.errors import ReflectError
from reflect.events import Private
from reflect.sharing.fingerprint import spelled
from reflect.text import clean_input

SHORTEST = 12
"""Characters; whoever has the file can try as often as they like."""
_WORDS = 8


class Passphrase(Private, frozen=True):
    """What is typed to seal and to open; the repr does not show it."""

    text: str


def typed(line: str) -> Passphrase:
    """A passphrase as it was typed or read: in Unicode's composed form, without the line end.

    Raises `ReflectError` "passphrase-empty".
    """
    text = clean_input(line).strip("\n")
    if not text:
        raise ReflectError("passphrase-empty", "No passphrase was typed.", "Type it once more.")
    return Passphrase(text)


def check_length(passphrase: Passphrase) -> None:
    """Come back when nobody will guess it soon by its length; `ReflectError` "passphrase-short"."""
    if len(passphrase.text) < SHORTEST:
        raise ReflectError(
            "passphrase-short",
            f"A passphrase of fewer than {SHORTEST} characters can be guessed.",
            "Take several words that do not belong together.",
        )


def suggested() -> Passphrase:
    """Eight words by chance (64 bits), easy to say on the phone."""
    return Passphrase("-".join(spelled(secrets.token_bytes(_WORDS))))
