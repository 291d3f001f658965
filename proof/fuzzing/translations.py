"""Translations, each laid over the pack that it says it belongs to."""

from __future__ import annotations

import re
from functools import cache

from tests.faults.mutants import SHIPPED

from proof.fuzzing.holding import in_time
from proof.fuzzing.packs import come_of, compiled
from reflect.packs.compile import PackFiles, PackText

_PACK = re.compile(rb"^pack: *([a-z-]+)", re.MULTILINE)
_LANGUAGE = re.compile(rb"^language: *([a-z]+)", re.MULTILINE)
_LANGUAGES = ("de", "es")


@cache
def seeds() -> tuple[bytes, ...]:
    """The beginnings of shipped translations."""
    found = sorted(SHIPPED.glob("*/translations/*.yaml"))
    return tuple(beginning(path.read_bytes()) for path in found if path.parts[-3] in _packs())


def target(data: bytes) -> str:
    """Checks the pack in the language of the translation, and talks on it."""
    found = in_time(lambda: compiled(*files(data)))
    return come_of(found, data)


def files(data: bytes) -> tuple[PackFiles, str]:
    """The pack that a translation names, with the translation, and its language."""
    named, said = _PACK.search(data), _LANGUAGE.search(data)
    name = named[1].decode() if named else ""
    language = said[1].decode() if said else ""
    language = language if language in _LANGUAGES else _LANGUAGES[0]
    pack = _packs().get(name) or next(iter(_packs().values()))
    text = PackText(f"{language}.yaml", data)
    return PackFiles("yours", PackText("pack.yaml", pack), {language: text}), language


def beginning(data: bytes) -> bytes:
    """A pack, or its translation, up to the second question."""
    lines = data.decode().split("\n")
    starts = [number for number, line in enumerate(lines) if line.lstrip().startswith("- id:")]
    return ("\n".join(lines[: starts[1]] if len(starts) > 1 else lines) + "\n").encode()


@cache
def _packs() -> dict[str, bytes]:
    """The beginnings of shipped packs that are translated and have no stages, by name."""
    found = (path.parents[1] for path in sorted(SHIPPED.glob("*/translations/de.yaml")))
    packs = {folder.name: (folder / "pack.yaml").read_bytes() for folder in found}
    plain = {name: data for name, data in packs.items() if b"\nstages:" not in data}
    return {name: beginning(data) for name, data in plain.items() if name != "core"}
