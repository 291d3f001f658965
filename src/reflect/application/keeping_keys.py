"""The keys that are kept beside the record: one's own, those one had, and those of others.

They are secrets of the store, so a backup carries them and a locked store locks them. One's
own key is one row, and another says which is in use; bringing two homes together keeps every
key, and the one in use here stays in use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from reflect.errors import StoreError
from reflect.sharing.identities import Identity, make_identity
from reflect.sharing.recipients import Recipient, named

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.transcripts.store import Store

T = TypeVar("T")

_IN_USE = "identity"
_OWN = "identity:"
_OTHERS = "recipient:"


def own_key(app: Application) -> Identity:
    """One's own key, made on first need. Raises `StoreError`."""
    found = identities(app)
    return found[0] if found else new_key(app)


def new_key(app: Application) -> Identity:
    """A fresh key of one's own, in use from now on; the earlier ones still open what was sealed for them."""
    identity = make_identity(app.now().date().isoformat())
    use_key(app, identity)
    return identity


def use_key(app: Application, identity: Identity) -> None:
    """Keep an age identity and make it one's own."""
    store = app.store
    store.keep_secret(_OWN + identity.public, _written(identity))
    store.keep_secret(_IN_USE, identity.public)


def identities(app: Application) -> tuple[Identity, ...]:
    """Every key of one's own that may open a file, the one in use first, then the latest; none is made."""
    store = _store(app)
    if store is None:
        return ()
    found = [_read(value, Identity) for value in store.secrets(_OWN).values()]
    used = store.secret(_IN_USE)
    latest = sorted(found, key=lambda one: (one.made, one.public), reverse=True)
    return tuple(sorted(latest, key=lambda one: one.public != used))


def recipients(app: Application) -> tuple[Recipient, ...]:
    """Everybody whose key is kept, by name."""
    store = _store(app)
    found = [] if store is None else store.secrets(_OTHERS).values()
    return tuple(
        sorted((_read(value, Recipient) for value in found), key=lambda one: one.name.casefold())
    )


def recipient(app: Application, name: str) -> Recipient:
    """The one called `name`; `ReflectError` "no-such-recipient", `UsageError` "ambiguous-recipient"."""
    return named(recipients(app), name)


def remember(app: Application, recipient: Recipient) -> None:
    """Keep a recipient, in place of another of the same name."""
    app.store.keep_secret(_row(recipient), _written(recipient))


def forget(app: Application, recipient: Recipient) -> None:
    """Keep a recipient no longer; an older backup does not bring them back."""
    app.store.keep_secret(_row(recipient), "")


def _row(recipient: Recipient) -> str:
    return _OTHERS + recipient.name.casefold()


def _store(app: Application) -> Store | None:
    """The store for reading; None when nothing was kept yet."""
    if not app.kept:
        return None
    return app.__dict__.get("store") or app.reading_store


def _written(value: Identity | Recipient) -> str:
    return msgspec.json.encode(value).decode()


def _read(value: str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(value, type=kind)
    except msgspec.MsgspecError:
        error = StoreError(
            "key-damaged",
            "A key in the record is not as it was stored.",
            "Restore a backup with `reflect restore`, or a sheet with `reflect key restore`.",
        )
    raise error
