"""Events to bytes and back, and the checksum that stands beside them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

import msgspec

from reflect.errors import StoreError
from reflect.events import Event

# Where hashlib has it from; hashlib itself loads OpenSSL first, for three milliseconds.
try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


_TAG = b'{"type":"'
"""What every event begins with; its kind follows."""


@cache
def _kinds() -> Mapping[bytes, type[Event]]:
    return {kind.__struct_config__.tag.encode(): kind for kind in get_args(Event)}


@cache
def _decoder(kind: type[Event]) -> msgspec.json.Decoder[Event]:
    """One for each kind, made when it is first read: one for all takes a millisecond and a half."""
    return msgspec.json.Decoder(kind)


def _decoder_of(body: bytes) -> msgspec.json.Decoder[Event]:
    start = len(_TAG)
    tag = body[start : body.find(b'"', start)] if body.startswith(_TAG) else b""
    return _decoder(_kinds().get(tag, Event))


def encode(event: Event) -> bytes:
    """`event` as JSON in UTF-8; defaults are left out."""
    return msgspec.json.encode(event)


def decode(body: bytes, session: str, seq: int, *, one_of_many: bool = False) -> Event:
    """The event in `body`, which is number `seq` of `session`; `one_of_many` where all kinds will come.

    Raises `StoreError` "answer-unreadable" with nothing of the body in it.
    """
    try:
        return (_decoder(Event) if one_of_many else _decoder_of(body)).decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise StoreError(
            "answer-unreadable",
            f"Event {seq} of {session} is whole, but this version of reflect does not know its kind.",
            "Update reflect.",
        ) from None


def new_salt() -> bytes:
    """Sixteen random bytes: an erased answer cannot be guessed from a checksum left in a copy."""
    return os.urandom(16)


def checksum(salt: bytes, session: str, seq: int, body: bytes) -> bytes:
    """Sixteen bytes of BLAKE2b (RFC 7693) over the place of an event and its body."""
    place = f"{session}\n{seq}\n".encode()
    return blake2b(place + body, digest_size=16, salt=salt[:16]).digest()


def digest(data: bytes) -> str:
    """Forty hexadecimal digits of BLAKE2b: the name that a script is stored under."""
    return digest_of((data,))


def digest_of(parts: Iterable[bytes]) -> str:
    """Forty hexadecimal digits of BLAKE2b over `parts`, one after the other."""
    mark = blake2b(digest_size=20)
    for part in parts:
        mark.update(part)
    return mark.hexdigest()
