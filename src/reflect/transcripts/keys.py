"""The key of a locked store, and the sixteen bytes at the head of its file that tell about it.

The cipher keeps a salt of its own in those bytes, in the place of SQLite's name, and has no use
for it when it is given a whole key. So what is needed to open a file stands in the file itself:
version (1), salt (10), a check of the key (3), a sum over these (2). The version also says how a
key is made of a passphrase.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import apsw
import msgspec

from reflect.errors import StoreError
from reflect.transcripts import faults

# Where hashlib has it from; hashlib itself is only needed for a passphrase.
try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

VERSION = 1
"""Format and scrypt parameters; a later one may change everything but the first byte and the sum."""
PAGE = 4096
"""Bytes of a page; a file of whole pages has no other end."""

_SQLITE = b"SQLite format 3\0"
_HEAD = 16
_SALT = 10
_CHECK = 3
# What follows the sixteen bytes, readable as in every SQLite file: page size, how it is written
# (1 or 2, twice), bytes the cipher reserves, and three constants.
_FORMS = tuple(bytes((0x10, 0x00, way, way, 0x20, 0x40, 0x20, 0x20)) for way in (1, 2))
_NEWER = range(VERSION + 1, 32)

# scrypt (RFC 7914) with 64 MiB: as much as opening within a third of a second allows.
_COST, _BLOCK, _PARALLEL = 2**16, 8, 1
_ROOM = 2 * 128 * _BLOCK * _COST


class Key(msgspec.Struct, frozen=True):
    """What opens one locked file: 32 bytes that nobody may see, and the file's own first 16."""

    secret: bytes
    header: bytes

    def __repr__(self) -> str:
        return "<Key>"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        return []


class Lock(msgspec.Struct, frozen=True):
    """A locked file, seen from outside: where it is, and its first 16 bytes."""

    path: Path
    header: bytes

    def opened_by(self, secret: bytes) -> Key | None:
        """The key, when `secret` is what the file was locked with."""
        fits = check(secret) == self.header[1 + _SALT : -2]
        return Key(secret, self.header) if fits else None

    def opened_with(self, passphrase: str) -> Key | None:
        """The key that `passphrase` makes; None when it is the wrong one. Takes a fifth of a second."""
        return self.opened_by(_stretched(passphrase, self.header[1 : 1 + _SALT]))


Opener = Callable[[Lock], Key]
"""Finds the key of a locked file, by asking somebody; raises `StoreError` when it cannot."""


def new_key(passphrase: str) -> Key:
    """The key of a file that is to be locked with `passphrase`, with a salt of its own."""
    salt = os.urandom(_SALT)
    secret = _stretched(passphrase, salt)
    return Key(secret, header_of(secret, salt))


def header_of(secret: bytes, salt: bytes, version: int = VERSION) -> bytes:
    """The first 16 bytes of a file that is locked with `secret`, made of a passphrase and `salt`."""
    told = bytes((version,)) + salt + check(secret)
    return told + _sum(told)


def check(secret: bytes) -> bytes:
    """Three bytes that tell a right key from a wrong one, and nothing else about it."""
    return blake2b(secret, digest_size=_CHECK, person=b"reflect check").digest()


def look(path: Path) -> Lock | None:
    """The lock of the file at `path`; None when it is plain, empty, no database or not there.

    Needs no key. Raises `StoreError` store-damaged, store-truncated or store-too-new.
    """
    head, size = _beginning(path)
    told, form = head[:_HEAD], head[_HEAD:]
    if told == _SQLITE or not (_is_told(told) or form in _FORMS):
        return None
    if _is_told(told) and told[0] in _NEWER:
        raise faults.too_new(path)
    if not _is_told(told):
        raise faults.head_damaged(path)
    if size % PAGE and not _size(path.with_name(path.name + "-wal")):
        raise faults.truncated(path)
    return Lock(path, told)


def is_locked(path: Path) -> bool:
    """Whether the file at `path` is locked, as far as that can be told."""
    try:
        return look(path) is not None
    except StoreError:
        return True


def key_of(path: Path, known: Key | None, opener: Opener | None) -> Key | None:
    """The key of the file at `path`: the `known` one where it fits, else `opener`'s; None for a plain file.

    A file that is not there, or empty, gets the known one. Raises `StoreError`, among others
    store-is-locked.
    """
    lock = look(path)
    if lock is None:
        return known if known and not _size(path) else None
    fitting = lock.opened_by(known.secret) if known else None
    if fitting is not None:
        return fitting
    if opener is None:
        raise faults.is_locked(path)
    return opener(lock)


def raw_file(path: Path) -> apsw.VFSFile:
    """The bytes of a database file as they stand on the disk, for reading.

    Through SQLite's own layer: closing any other descriptor of a database drops the locks that
    this process holds on it (https://sqlite.org/howtocorrupt.html, section 2.2).
    """
    flags = [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0]
    return apsw.VFSFile("unix" if "unix" in apsw.vfs_names() else "", str(path), flags)


def _beginning(path: Path) -> tuple[bytes, int]:
    """The first 24 bytes of a file, or what there is of them, and its size."""
    size = _size(path)
    if not size:
        return b"", 0
    try:
        file = raw_file(path)
    except apsw.Error:
        return b"", size
    try:
        return file.xRead(min(_HEAD + 8, size), 0), size
    except apsw.Error:
        return b"", size
    finally:
        file.xClose()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_told(told: bytes) -> bool:
    return len(told) == _HEAD and 0 < told[0] < _NEWER.stop and _sum(told[:-2]) == told[-2:]


def _sum(told: bytes) -> bytes:
    return blake2b(told, digest_size=2).digest()


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from hashlib import scrypt
    from unicodedata import normalize

    # The same letters are typed as different characters on different systems.
    typed = normalize("NFC", passphrase).encode()
    return scrypt(typed, salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=_ROOM, dklen=32)
