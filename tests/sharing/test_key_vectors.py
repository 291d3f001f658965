"""Age's published test vectors: what must open opens, and all else is refused for a reason that fits."""

from __future__ import annotations

from hashlib import sha256

import pytest

from reflect.errors import ReflectError
from reflect.sharing import age, envelope
from reflect.sharing.identities import Identity, read_identity
from reflect.sharing.passphrase import Passphrase
from reflect.sharing.sealing import open_sealed
from tests.sharing.age_vectors import Vector, vectors

FITTING = {
    "no match": {"bundle-wrong-key", "bundle-wrong-passphrase", "bundle-needs-key"},
    "HMAC failure": {"bundle-damaged"},
    "header failure": {"bundle-damaged", "bundle-truncated", "bundle-unknown"},
    "payload failure": {"bundle-damaged", "bundle-truncated"},
    "armor failure": {"bundle-damaged", "bundle-truncated", "bundle-not-encrypted"},
}
POST_QUANTUM = "AGE-SECRET-KEY-PQ-"
ABOVE_THE_CAP = {"stream_257_chunks", "stream_257_chunks_full", "stream_258_chunks"}
LAID_OUT_OTHERWISE = {
    "armor_empty_last_line",
    "armor_empty_line_begin",
    "armor_empty_line_end",
    "armor_eol_between_padding",
    "armor_long_line",
    "armor_not_canonical",
    "armor_short_line",
    "armor_whitespace_eol",
    "armor_whitespace_last_line",
    "armor_whitespace_line_start",
}
"""Armour whose lines are not as the format has them. A mail may do that; what is inside is whole."""


def tried() -> dict[str, Vector]:
    """Those with kinds of keys that are read here."""
    return {
        name: vector
        for name, vector in vectors().items()
        if not any(one.startswith(POST_QUANTUM) for one in vector.identities)
    }


def key(vector: Vector) -> list[Identity] | Passphrase:
    if vector.identities:
        return [read_identity(one) for one in vector.identities]
    return Passphrase(vector.passphrases[0]) if vector.passphrases else []


def outcome(vector: Vector) -> str:
    try:
        open_sealed(vector.file, key(vector))
    except ReflectError as error:
        return error.code
    return "success"


@pytest.mark.parametrize("name", sorted(tried()))
def test_a_published_vector(name: str) -> None:
    vector = vectors()[name]
    found = outcome(vector)
    if name in ABOVE_THE_CAP:
        assert found == "bundle-too-large"
    elif name in LAID_OUT_OTHERWISE:
        assert found == "success"
    elif vector.expect == "success":
        assert found == "success"
        assert digest(vector) == vector.payload
    else:
        assert found in FITTING[vector.expect]


def digest(vector: Vector) -> str:
    """Of the plain text with its padding, which the vectors know nothing of."""
    file, by = envelope.binary(vector.file), key(vector)
    if isinstance(by, Passphrase):
        return sha256(age.decrypt_with(file, by.text)).hexdigest()
    return sha256(age.decrypt(file, [one.secret for one in by])).hexdigest()


def test_most_vectors_are_tried() -> None:
    assert len(tried()) > 120 and sum(one.expect == "success" for one in tried().values()) > 20
