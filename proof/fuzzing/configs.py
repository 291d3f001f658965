"""What is kept beside the record and beside packs: consents, caches, keys, word lists, phrases, archives.

There is no file of settings: what somebody chose stands in the record. The first byte says what `data` is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from tests.faults.mutants import SHIPPED

from proof.fuzzing.holding import Fault, coded, in_time, placed
from proof.fuzzing.materials import scratch
from reflect.application.keyrings import drop, is_asked
from reflect.application.tuning import items
from reflect.errors import ReflectError
from reflect.packs.cache import Cache
from reflect.packs.lexicon import Lexicons, read_lexicons
from reflect.packs.parcel import pack_files, read_parcel
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.consent import Allowed, Consents, read_consents, write_consents
from reflect.script import Lexicon
from reflect.settings import Home, plugin_choice, today
from reflect.sharing.identities import Identity, make_identity, read_identity
from reflect.sharing.keys import read_key
from reflect.sharing.recovery import read_sheet, sheet
from reflect.transcripts.keys import look

_HEAD_LINES = 40


class File(NamedTuple):
    """A kind of file: good ones, and what reads it."""

    name: str
    good: Callable[[], tuple[bytes, ...]]
    read: Callable[[bytes], object]


@cache
def seeds() -> tuple[bytes, ...]:
    """Every good file, behind the byte that says what it is."""
    return tuple(bytes((n,)) + data for n, file in enumerate(FILES) for data in file.good())


def target(data: bytes) -> str:
    """Reads `data` as what its first byte says; a refusal has its code."""
    file = FILES[(data[0] if data else 0) % len(FILES)]
    try:
        in_time(lambda: file.read(data[1:]))
    except ReflectError as error:
        coded(error)
        return "refused"
    return "read"


# --- what is kept in the home ----------------------------------------------------------


def _consents(data: bytes) -> None:
    file = _file("plugins.json", data)
    found = read_consents(file)
    write_consents(file, found.disabling("one"))
    if "one" not in read_consents(file).disabled:
        raise Fault("what was written cannot be read")


def _good_consents() -> tuple[bytes, ...]:
    allowed = {name: Allowed("1.0", "ab" * 32) for name in ("one", "two")}
    return (msgspec.json.encode(Consents(allowed, ("three",))), b"{}")


def _cached(data: bytes) -> None:
    _file("cache-kept/lexicons-", data)
    found = Cache(scratch() / "cache-kept", "1").get("lexicons-", ("", "x"), Lexicons)
    if found not in (None, _KEPT):
        raise Fault("an altered value is taken for what was kept")


_KEPT = Lexicons({"en": Lexicon("en", {"vague": ("this and that", "fine"), "sad": ("sad*",)})})


def _good_cached() -> tuple[bytes, ...]:
    folder = scratch() / "cache-good"
    folder.mkdir(exist_ok=True)
    Cache(folder, "1").put("lexicons-", ("", "x"), (), _KEPT)
    return ((folder / "lexicons-").read_bytes(),)


def _note(data: bytes) -> None:
    """The note beside a record whose key was put into the system's keyring."""
    _file("kept.db.keyring", data)
    path = scratch() / "kept.db"
    if not is_asked(path):
        raise Fault("the note is not seen")
    drop(path)


def _head(data: bytes) -> None:
    look(_file("locked.db", data))


def _environment(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape").replace("\0", "")
    environ = dict.fromkeys(("REFLECT_TODAY", "REFLECT_PLUGINS", "REFLECT_HOME"), text)
    with suppress(ReflectError):
        today(environ)
    str(plugin_choice(environ))
    _ = Home.find({**environ, "REFLECT_HOME": f"/{text}"}).database


# --- keys and lines that are handed over -----------------------------------------------


def _key(data: bytes) -> None:
    line = read_key(data.decode("utf-8", "replace"))
    if read_key(line) != line:
        raise Fault("a key that was read reads otherwise")


def _good_keys() -> tuple[bytes, ...]:
    own = _identity().public.encode()
    return (own + b"\n", b"# Daniel\n" + own, b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFN2 d@e\n")


def _secret(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    with suppress(ReflectError):
        read_identity(text)
    read_sheet(text)


def _good_secrets() -> tuple[bytes, ...]:
    return (sheet(_identity(), "2026-11-01").encode(), _identity().secret.encode())


def _lines(data: bytes) -> None:
    for _ in items(data.decode("utf-8", "replace").splitlines()):
        pass


# --- word lists, phrases and packs on their way in ---------------------------------------


def _lexicon(data: bytes) -> None:
    file = _file("words/en.yaml", data)
    placed(read_lexicons([str(file)], _no_cache()).diagnostics)


def _phrases(data: bytes) -> None:
    file = _file("phrases/en.yaml", data)
    if not isinstance(read_phrases(file.parent, "en", _no_cache()), Phrases):
        raise Fault("no phrases")


def _parcel(data: bytes) -> None:
    found = read_parcel(_file("pack.zip", data))
    pack_files(found, "pack.zip")


def _good_parcel() -> tuple[bytes, ...]:
    made = io.BytesIO()
    folder = SHIPPED / "what-now"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("pack.yaml", "translations/de.yaml", "stories/five-minutes.yaml"):
            archive.write(folder / name, f"what-now/{name}")
    return (made.getvalue(),)


def _heads(folder: str) -> tuple[bytes, ...]:
    """The beginnings of the shipped files in a folder of core."""
    files = sorted((SHIPPED / "core" / folder).glob("*.yaml"))
    return tuple(b"\n".join(file.read_bytes().split(b"\n")[:_HEAD_LINES]) + b"\n" for file in files)


def _file(name: str, data: bytes) -> Path:
    place = scratch() / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    return place


def _no_cache() -> Cache:
    return Cache(scratch() / "no-such-folder", "1")


@cache
def _identity() -> Identity:
    return make_identity("2026-11-01")


FILES = (
    File("consents", _good_consents, _consents),
    File("cache", _good_cached, _cached),
    File("keyring note", lambda: (b"0123456789abcdef" * 2 + b"\n",), _note),
    File("head of a locked record", lambda: (b"SQLite format 3\0", b"\x01" * 24), _head),
    File("environment", lambda: (b"2026-03-02", b"all", b"one,two"), _environment),
    File("public key", _good_keys, _key),
    File("secret key", _good_secrets, _secret),
    File("lines to hear", lambda: (b'{"id": "a", "text": "It was fine"}\nso so\n',), _lines),
    File("lexicon", lambda: _heads("lexicon"), _lexicon),
    File("phrases", lambda: _heads("sharing"), _phrases),
    File("archive", _good_parcel, _parcel),
)
