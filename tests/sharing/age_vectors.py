"""The published test vectors of the age format (C2SP CCTV, from the npm package cctv-age 0.2.0).

`age_vectors.zip` holds them as they are published; their licence (0BSD, CC0 or the
Unlicense, to choose) asks for nothing. Each is a head of `name: value` lines, an empty line, and a file.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile


class Vector(NamedTuple):
    """What should come of opening `file`: `expect` is success, or what fails; `payload` a SHA-256."""

    expect: str
    payload: str
    identities: tuple[str, ...]
    passphrases: tuple[str, ...]
    file: bytes


@cache
def vectors() -> dict[str, Vector]:
    """Every vector by name."""
    with ZipFile(Path(__file__).with_suffix(".zip")) as archive:
        return {name: _vector(archive.read(name)) for name in archive.namelist()}


def _vector(data: bytes) -> Vector:
    head, _, file = data.partition(b"\n\n")
    lines = [
        (name, value)
        for name, _, value in (line.partition(": ") for line in head.decode().splitlines())
    ]
    values = dict(lines)
    return Vector(
        values["expect"],
        values.get("payload", ""),
        tuple(value for name, value in lines if name == "identity"),
        tuple(value for name, value in lines if name == "passphrase"),
        zlib.decompress(file) if "compressed" in values else file,
    )
