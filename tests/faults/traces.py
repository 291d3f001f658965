"""Words looked for in bytes as they are, and in every shape in which they could hide."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

PART = 12
"""Letters of a word's end that betray it: an index leaves out how words begin."""
_ZLIB = b"\x78"
_GZIP = b"\x1f\x8b\x08"
_MOST = 1 << 24


def traces(data: bytes, words: Iterable[str]) -> set[str]:
    """Those of `words` that stand in `data` in any case or form, in base64 or hexadecimal, or compressed."""
    wanted = {word: tuple(_shapes(word)) for word in words}
    found: set[str] = set()
    for one in (data, *_unpacked(data)):
        low = one.lower()
        folded = normalize("NFC", one.decode("utf-8", "replace")).casefold().encode()
        for word, (plain, coded) in wanted.items():
            if any(shape in low or shape in folded for shape in plain):
                found.add(word)
            if any(shape in one for shape in coded):
                found.add(word)
    return found


def traces_below(folder: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """For each file below `folder`, hidden ones too, the words that left a trace in it."""
    known = tuple(words)
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    found = {str(file.relative_to(folder)): traces(file.read_bytes(), known) for file in files}
    return {name: some for name, some in found.items() if some}


def _shapes(word: str) -> Iterator[tuple[bytes, ...]]:
    """Its end in either normal form, in small letters; then in base64 and as digits."""
    end = word[-PART:]
    forms = {normalize(form, end).encode() for form in ("NFC", "NFD")}
    yield tuple(form.lower() for form in forms)
    coded = {
        b64encode(b"\0" * shift + form)[4 if shift else 0 : -4]
        for form in forms
        for shift in range(3)
    }
    yield (*coded, *(form.hex().encode() for form in forms))


def _unpacked(data: bytes) -> Iterator[bytes]:
    """All that can be decompressed, wherever it begins."""
    for mark, bits in ((_ZLIB, zlib.MAX_WBITS), (_GZIP, zlib.MAX_WBITS | 16)):
        at = data.find(mark)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(bits).decompress(data[at:], _MOST)
            at = data.find(mark, at + 1)
