"""Why a sealed file does not open: each cause with a code of its own, and what to do about it."""

from __future__ import annotations

from reflect.errors import ReflectError

_SEND_AGAIN = "Ask for it to be sent once more, as an attachment and not as text in a mail."


def wrong_key() -> ReflectError:
    """No key opens it. Damage to those few bytes that are made for one key looks the same."""
    return ReflectError(
        "bundle-wrong-key",
        "This file was not sealed for a key that is here.",
        "Give the sender the key that `reflect key` shows, and ask for the file once more.",
    )


def wrong_passphrase() -> ReflectError:
    """It takes another passphrase."""
    return ReflectError(
        "bundle-wrong-passphrase",
        "The passphrase does not open this file.",
        "Capital letters, blanks and hyphens count; ask the sender how exactly it is written.",
    )


def damaged() -> ReflectError:
    """Something in it was changed."""
    return ReflectError(
        "bundle-damaged",
        "This file was changed on its way, so nothing was read from it.",
        _SEND_AGAIN,
    )


def truncated() -> ReflectError:
    """Its end is not where it was."""
    return ReflectError(
        "bundle-truncated",
        "This file is not whole: its end is missing, or something was added to it.",
        _SEND_AGAIN,
    )


def not_encrypted() -> ReflectError:
    """It was never sealed."""
    return ReflectError(
        "bundle-not-encrypted",
        "This is not an encrypted file.",
        "Name the file as it was sent to you.",
    )


def unknown() -> ReflectError:
    """It is age's, of a kind that came later, or made to keep a reader busy."""
    return ReflectError(
        "bundle-unknown",
        "This file is encrypted in a way that this version of reflect does not read.",
        "Update reflect; if that does not help, ask the sender to seal it with `reflect share`.",
    )


def too_large(most: int) -> ReflectError:
    """It has more than `most` bytes."""
    return ReflectError(
        "bundle-too-large",
        f"This is larger than the {most // (1024 * 1024)} MiB that a sealed file can have.",
        "Share fewer sessions at a time.",
    )


def needs_passphrase() -> ReflectError:
    """It was sealed with a passphrase, and keys were tried."""
    return ReflectError(
        "bundle-needs-passphrase",
        "This file was sealed with a passphrase and not for a key.",
        "Ask the sender for the passphrase; not by mail, where the file went.",
    )


def needs_key() -> ReflectError:
    """It was sealed for keys, and a passphrase was tried."""
    return ReflectError(
        "bundle-needs-key",
        "This file was sealed for a key and not with a passphrase.",
        "Open it without a passphrase, where the key is that it was made for.",
    )
