"""Shipped files broken at random, read by everything that reads them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
import yaml
from tests.faults import mutants

import reflect.packs
from proof.batches import Batch, batches
from proof.check import Check, Figure, Form
from reflect.diagnostics import Severity
from reflect.errors import PackError
from reflect.packs.cache import Cache
from reflect.packs.compile import PackFiles, PackText, compile_pack
from reflect.packs.lexicon import Lexicons, read_lexicons
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.consent import Allowed, Consents, read_consents

SECONDS = 15
LEAST = 3_000
"""Mutants in the short form: what a busy machine holds; a quiet one holds four times as many."""
MOST_MS = mutants.MOST_MS
MOST_MIB = 64
_PACKS, _OTHERS = 200, 800
"""Of one batch: packs of the usual size; small ones, and files of other kinds."""

_SMALL = 0.7
"""The share of small packs among the others."""

Reader = Callable[[bytes], None]


def run(form: Form) -> Figure:
    """Break packs, translations, stories, lexicons, phrases, consents and cached files."""
    came = batches(batch, form.seed * 1_000_000, form.seconds or SECONDS)
    worst, grown = came.highest.get("ms", 0), came.highest.get("MiB", 0)
    says = (
        f"{came.trials:,} mutants, {came.highest.get('accepted', 0):.0f} of a batch still packs,"
        f" slowest {worst:.0f} ms, {grown:.0f} MiB, {len(came.failures)} fell"
    )
    return Figure(came.trials, came.failures, says, LEAST)


def control(form: Form) -> Figure:
    """A format that takes whatever stands where a text should be."""
    from reflect.packs.conform import Conformer

    def careless(self: Conformer, node: object, key: object) -> object:
        return node.value and node  # type: ignore[attr-defined]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Conformer, "_text", careless)
        found = mutants.run(80, form.seed).fell
    return Figure(80, tuple(one.what for one in found), f"{len(found)} found out")


def batch(seed: int) -> Batch:
    """Some hundred mutants from `seed` on, within so much memory."""
    before = _memory()
    came = mutants.run(_PACKS, seed)
    fell = [f"seed {seed}, mutant {one.number}: {one.what}" for one in came.fell]
    others, slowest = _others(seed, fell)
    grown = _memory() - before
    if grown > MOST_MIB:
        fell.append(f"seed {seed}: {grown:.0f} MiB")
    figures = {"ms": max(came.slowest, slowest), "MiB": grown, "accepted": came.accepted}
    return Batch(came.count + others, tuple(fell), figures)


def _memory() -> float:
    """The most memory that this process has had, in MiB; what its parent had is not counted."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _others(seed: int, fell: list[str]) -> tuple[int, float]:
    """What is no pack: how many, and the slowest in milliseconds of processor time."""
    chance, slowest = random.Random(seed), 0.0
    with TemporaryDirectory() as folder:
        kinds = list(_readers(Path(folder)))
        for number in range(_OTHERS):
            name, good, read = kinds[0] if chance.random() < _SMALL else chance.choice(kinds)
            data = mutants.mutant(chance.choice(good), chance)
            began = time.process_time()
            try:
                read(data)
            except Exception as error:
                fell.append(f"seed {seed}, {name} {number}: {type(error).__name__}: {error}"[:200])
            took = (time.process_time() - began) * 1000
            slowest = max(slowest, took)
            if took > MOST_MS:
                fell.append(f"seed {seed}, {name} {number}: {took:.0f} ms")
    return _OTHERS, slowest


def _readers(folder: Path) -> Iterator[tuple[str, list[bytes], Reader]]:
    """What reads each kind of file besides packs, with good ones to break."""
    words, consents, kept = folder / "en.yaml", folder / "plugins.json", folder / "cache"
    shipped = mutants.SHIPPED / "core"

    def lexicon(data: bytes) -> None:
        words.write_bytes(data)
        found = read_lexicons([str(words)], Cache(folder / "none"))
        assert all(one.place.file and one.message for one in found.diagnostics)

    def phrases(data: bytes) -> None:
        words.write_bytes(data)
        with suppress(PackError):
            assert isinstance(read_phrases(folder, "en", Cache(folder / "none")), Phrases)

    def consented(data: bytes) -> None:
        consents.write_bytes(data)
        assert isinstance(read_consents(consents), Consents)

    def cached(data: bytes) -> None:
        kept.mkdir(exist_ok=True)
        (kept / "lexicons-").write_bytes(data)
        found = Cache(kept).get("lexicons-", ("", "x"), Lexicons)
        assert found is None or isinstance(found, Lexicons)

    yield "small pack", _small_packs(), _small_pack
    yield "lexicon", _files(shipped / "lexicon"), lexicon
    yield "phrases", _files(shipped / "sharing"), phrases
    yield "consents", [_consents()], consented
    yield "cache", [_cached(folder)], cached


def _small_pack(data: bytes) -> None:
    """Checks it, and talks on it when it is a pack still."""
    files = PackFiles("yours", PackText("pack.yaml", data))
    found = compile_pack(
        files, language=None, core=_core(), library=lambda _: None, vocabulary=mutants.CUES
    )
    assert all(one.place.file and one.message for one in found.diagnostics)
    if found.script is None:
        errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
        placed = (one.place.line or one.code == "empty-file" for one in errors)
        assert errors and all(placed), "refused without a place"
    else:
        mutants._turns(found.script, random.Random(len(data)))


@cache
def _core() -> PackFiles:
    data = (mutants.SHIPPED / "core" / "pack.yaml").read_bytes()
    return PackFiles("shipped", PackText("core.yaml", data))


@cache
def _small_packs() -> list[bytes]:
    """The packs by which findings are explained: failing and mended ones."""
    folder = Path(reflect.packs.__file__).parent / "explained"
    pages = (yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("*.yaml")))
    texts = (page.get(name) for page in pages for name in ("failing", "mended"))
    return [text.encode() for text in texts if isinstance(text, str) and text.strip()]


@cache
def _files(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob("*.yaml"))]


def _consents() -> bytes:
    allowed = {name: Allowed("1.0", "ab" * 32) for name in ("one", "two")}
    return msgspec.json.encode(Consents(allowed, ("three",)))


def _cached(folder: Path) -> bytes:
    found = Lexicons({})
    Cache(folder).put("lexicons-", ("", "x"), (), found)
    return (folder / "lexicons-").read_bytes()


CHECK = Check(
    "T-PACK-FUZZ",
    ("G9",),
    "files broken at random: findings with places, no fall",
    run,
    control,
    seconds=20,
)
