"""A bundle as bytes and back: JSON with a published schema, read with suspicion.

What comes in was written by somebody else. It is held against limits and the schema before
anything is made of it, and every text of it is cleaned; nothing here is applied to anything.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reflect.errors import ReflectError
from reflect.sharing.shared import SCHEMA_VERSION, Bundle
from reflect.sharing.soundness import is_sound
from reflect.text import clean_input

LARGEST = 8 * 1024 * 1024
"""Bytes of a bundle at most, decrypted."""
LONGEST = 1 << 20
"""Characters of one text in it at most."""
MOST = 20_000
"""Members of one list in it at most."""


def encode(bundle: Bundle) -> bytes:
    """`bundle` as JSON in UTF-8, indented by two, with a line end: byte for byte the same each time."""
    return msgspec.json.format(msgspec.json.encode(bundle), indent=2) + b"\n"


def decode(data: bytes) -> Bundle:
    """The bundle in `data`, every text in it cleaned.

    Raises `ReflectError` bundle-too-large, bundle-too-new or bundle-unreadable; no message holds anything of it.
    """
    if len(data) > LARGEST:
        raise _too_large()
    try:
        version = msgspec.json.decode(data, type=_Mark)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None
    if version.schema_version > SCHEMA_VERSION:
        raise ReflectError(
            "bundle-too-new",
            "The file was made by a newer version of reflect than this one.",
            "Update reflect, then open it again; nothing was changed.",
        )
    try:
        bundle = msgspec.json.decode(data, type=Bundle)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None
    if (bundle.shared is None) == (bundle.reply is None):
        raise _unreadable()
    cleaned = _cleaned(bundle)
    if not is_sound(cleaned):
        raise _unreadable()
    return cleaned


def compact(bundle: Bundle) -> str:
    """`bundle` as JSON in one line, for the record."""
    return msgspec.json.encode(bundle).decode()


def recorded(text: str) -> Bundle | None:
    """What `compact` wrote of a bundle that `decode` gave; None when it is something else."""
    try:
        return msgspec.json.decode(text, type=Bundle)
    except (msgspec.MsgspecError, RecursionError):
        return None


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a bundle."""
    (form,), definitions = msgspec.json.schema_components((Bundle,))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a mentee and a mentor send each other",
        **form,
        "$defs": definitions,
    }


class _Mark(msgspec.Struct, frozen=True):
    """What is looked at before the rest."""

    schema_version: int


def _cleaned(bundle: Bundle) -> Bundle:
    """`bundle` with every text as the rest of the program may have it."""
    cleaned = _walk(bundle)
    assert isinstance(cleaned, Bundle)
    return cleaned


def _walk(value: object) -> object:
    """`value` with every text in its structs and tuples cleaned."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        if len(value) > MOST:
            raise _too_large()
        return tuple(_walk(one) for one in value)
    if isinstance(value, msgspec.Struct):
        fields = {name: _walk(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return value


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise _too_large()
    return clean_input(text)


def _too_large() -> ReflectError:
    return ReflectError(
        "bundle-too-large",
        "The file is larger than anything reflect writes, so it was not read.",
        "Ask for it once more; nothing was changed.",
    )


def _unreadable() -> ReflectError:
    return ReflectError(
        "bundle-unreadable",
        "The file is no bundle of reflect, or it was changed on its way.",
        "Ask for it once more; nothing was changed.",
    )
