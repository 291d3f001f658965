"""Packs: read, checked, talked on, and judged."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

import yaml
from tests.faults import mutants

import reflect.packs
from proof.fuzzing.holding import Fault, in_time, placed
from reflect.diagnostics import Severity
from reflect.packs.compile import Compiled, PackFiles, PackText, compile_pack, load
from reflect.packs.report import Report

FILE = "pack.yaml"
_LARGEST_SEED = 4_000


@cache
def seeds() -> tuple[bytes, ...]:
    """The packs by which findings are explained, failing and mended ones, and small stages of shipped ones."""
    small = (data for data in mutants.sources() if len(data) <= _LARGEST_SEED)
    return (*explained(), *small)


@cache
def explained() -> tuple[bytes, ...]:
    """The packs by which findings are explained."""
    folder = Path(reflect.packs.__file__).parent / "explained"
    pages = (yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("*.yaml")))
    texts = (page.get(name) for page in pages for name in ("failing", "mended"))
    return tuple(text.encode() for text in texts if isinstance(text, str) and text.strip())


def target(data: bytes) -> str:
    """Checks a pack; one that still is one is talked on for thirty turns, and judged."""
    found = in_time(lambda: compiled(PackFiles("yours", PackText(FILE, data)), None))
    return come_of(found, data)


def judged(data: bytes) -> str:
    """As `target`, and tells how good the pack is."""
    found = in_time(lambda: compiled(PackFiles("yours", PackText(FILE, data)), None))
    came = come_of(found, data)
    script, tree = found.script, found.tree
    if script is not None and tree is not None:
        placed(
            in_time(lambda: mutants.shipped_files().judged(script, tree), mutants.MOST_JUDGED_MS)
        )
    return came


def read(data: bytes) -> str:
    """Only reads a pack and holds it against its format."""
    report = Report()
    found = in_time(lambda: load(PackText(FILE, data), report))
    placed(report.sorted())
    if found is None and not report.failed:
        raise Fault("nothing was read, and nothing is said")
    return "read" if found is not None else "refused"


def compiled(files: PackFiles, language: str | None) -> Compiled:
    """A pack as the program checks it."""
    return compile_pack(
        files, language=language, core=core(), library=lambda _: None, vocabulary=mutants.CUES
    )


def come_of(found: Compiled, data: bytes) -> str:
    """How far a pack came; one with a script is talked on."""
    placed(found.diagnostics)
    if found.script is None:
        errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
        if not errors or not all(one.place.line or one.code == "empty-file" for one in errors):
            raise Fault("refused without a place")
        return "refused"
    script = found.script
    in_time(lambda: mutants.talk(script, Random(crc32(data))))
    return "talked on"


@cache
def core() -> PackFiles:
    """The engine's own words."""
    data = (mutants.SHIPPED / "core" / "pack.yaml").read_bytes()
    return PackFiles("shipped", PackText("core.yaml", data))
