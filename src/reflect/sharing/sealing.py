"""Content made unreadable for everybody but its receivers, and opened again (age, X25519, SSH, passphrase).

Age does not tell who sealed a file: anybody who knows a public key can seal for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.errors import Misuse, ReflectError
from reflect.sharing import age, envelope, padding, unopened
from reflect.sharing.identities import Identity
from reflect.sharing.passphrase import Passphrase

if TYPE_CHECKING:
    from reflect.sharing.envelope import Envelope, Lock


def seal(data: bytes, to: Sequence[str] | Passphrase) -> bytes:
    """`data` as a binary age file for the public keys (see `keys.read_key`) or the passphrase `to`.

    Its length is one of a few (`padding`). A passphrase takes seconds. Raises `ReflectError`
    bundle-too-large, bundle-unknown when this machine made it too costly to open.
    """
    if not isinstance(to, Passphrase) and not to:
        raise Misuse("sealed for nobody")
    plain = padding.padded(data)
    if len(plain) > envelope.LARGEST - envelope.LONGEST_HEADER:
        raise unopened.too_large(envelope.LARGEST)
    sealed = _sealed(plain, to)
    envelope.read(sealed)
    return sealed


def open_sealed(data: bytes, by: Sequence[Identity] | Passphrase) -> bytes:
    """What was sealed in `data`, a binary or an armoured age file; every identity of `by` is tried.

    Raises `ReflectError` bundle-wrong-key, bundle-wrong-passphrase, bundle-damaged,
    bundle-truncated, bundle-not-encrypted, bundle-unknown, bundle-too-large,
    bundle-needs-passphrase or bundle-needs-key; nothing of the content is given then.
    """
    sealed = envelope.binary(data)
    outside = envelope.read(sealed)
    try:
        plain = _opened(sealed, outside.lock, by)
    except age.Refused as refused:
        error = _fault(refused.reason, outside)
    else:
        return padding.stripped(plain)
    raise error


def lock_of(data: bytes) -> Lock:
    """Whether a key or a passphrase opens `data`. Raises `ReflectError` as `open_sealed` does."""
    return envelope.read(envelope.binary(data)).lock


def _sealed(plain: bytes, to: Sequence[str] | Passphrase) -> bytes:
    if isinstance(to, Passphrase):
        return age.encrypt_with(plain, to.text)
    return age.encrypt(plain, to)


def _opened(sealed: bytes, lock: Lock, by: Sequence[Identity] | Passphrase) -> bytes:
    if isinstance(by, Passphrase):
        if lock != "passphrase":
            raise unopened.needs_key()
        return age.decrypt_with(sealed, by.text)
    if lock != "key":
        raise unopened.needs_passphrase()
    return age.decrypt(sealed, [identity.secret for identity in by])


def _fault(reason: age.Reason, outside: Envelope) -> ReflectError:
    if reason == "no-match":
        return unopened.wrong_key()
    if reason == "passphrase":
        return unopened.wrong_passphrase()
    if reason == "payload" and not outside.has_a_length_of_ours:
        return unopened.truncated()
    return unopened.damaged()
