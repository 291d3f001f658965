"""Shipped files broken at random, read by everything that reads them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from tests.faults import mutants

from proof.batches import Batch, batches, each
from proof.check import Check, Figure, Form
from proof.fuzzing import configs, packs, stories, translations
from reflect.packs.cache import Cache
from reflect.packs.lexicon import read_lexicons

LEAST = 45_000
"""Mutants in the short form."""
MOST_MS = mutants.MOST_MS
MOST_MIB = 64
_BATCH = 1_000


class Share(NamedTuple):
    """So many of a batch are `name`: good files to break, and what reads them."""

    name: str
    number: int
    good: Callable[[], tuple[bytes, ...]]
    read: Callable[[bytes], str]
    most: int = 4
    """Things that are broken in one file at most: what is broken once comes further."""


def run(form: Form) -> Figure:
    """Break packs, translations, stories, and what is kept in the home and beside packs."""
    if form.long:
        came = batches(batch, form.seed * 1_000_000, form.seconds or 0.0)
    else:
        first = form.seed * 1_000_000
        came = each(range(first, first + LEAST // _BATCH), batch)
    return Figure(came.trials, came.failures, _says(came), LEAST)


def _says(came: Batch) -> str:
    sums = dict(came.sums)
    spent, named = sums.pop("seconds", 0.0), sorted(sums.items(), key=lambda one: -one[1])
    return (
        f"{came.trials:,} mutants: {', '.join(f'{number:,.0f} {name}' for name, number in named)};"
        f" {came.trials / max(spent, 0.001):,.0f} in a second of one processor,"
        f" slowest {came.highest.get('ms', 0):.0f} ms, {came.highest.get('MiB', 0):.0f} MiB,"
        f" {len(came.failures)} fell"
    )


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
    """A thousand mutants from `seed` on, within so much memory and time."""
    before, began = _memory(), time.process_time()
    chance, fell = random.Random(seed), list[str]()
    sums, slowest = dict[str, float](), 0.0
    for share in _shares():
        for number in range(share.number):
            came, took = _broken(share, f"seed {seed}, {share.name} {number}", chance, fell)
            slowest = max(slowest, took)
            name = f"{share.name} {came}"
            sums[name] = sums.get(name, 0) + 1
    whole = mutants.run(_BATCH - sum(share.number for share in _shares()), seed)
    fell += [f"seed {seed}, whole file {one.number}: {one.what}" for one in whole.fell]
    sums["whole shipped files"] = whole.count
    grown = _memory() - before
    if grown > MOST_MIB:
        fell.append(f"seed {seed}: {grown:.0f} MiB")
    sums["seconds"] = time.process_time() - began
    return Batch(_BATCH, tuple(fell), {"ms": max(slowest, whole.slowest), "MiB": grown}, sums)


def _broken(share: Share, name: str, chance: random.Random, fell: list[str]) -> tuple[str, float]:
    """Break one file and read it: how far it came, and the milliseconds of processor time."""
    data = mutants.mutant(chance.choice(share.good()), chance, share.most)
    began, came = time.process_time(), "fell"
    try:
        came = share.read(data)
    except Exception as error:
        fell.append(f"{name}: {type(error).__name__}: {error}"[:200])
    return came, (time.process_time() - began) * 1000


@cache
def _shares() -> tuple[Share, ...]:
    """What a batch is made of, but for whole shipped files, which take as long as fifty small ones."""
    return (
        Share("packs", 420, packs.seeds, packs.target, 1),
        Share("packs", 300, packs.seeds, packs.read),
        Share("packs", 14, packs.explained, packs.judged, 1),
        Share("translations", 70, translations.seeds, translations.target, 2),
        Share("stories", 90, stories.seeds, stories.target, 2),
        Share("config files", 95, configs.seeds, configs.target),
        Share("lexicons", 1, _lexicons, _lexicon),
    )


def _memory() -> float:
    """The most memory that this process has had, in MiB; what its parent had is not counted."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@cache
def _lexicons() -> tuple[bytes, ...]:
    folder = mutants.SHIPPED / "core" / "lexicon"
    return tuple(file.read_bytes() for file in sorted(folder.glob("*.yaml")))


def _lexicon(data: bytes) -> str:
    """Reads a whole list of words."""
    with TemporaryDirectory() as folder:
        words = Path(folder, "en.yaml")
        words.write_bytes(data)
        found = read_lexicons([str(words)], Cache(Path(folder, "none")))
    return "read" if not found.diagnostics else "refused"


CHECK = Check(
    "T-PACK-FUZZ",
    ("G9",),
    "files broken at random: findings with places, no fall",
    run,
    control,
    seconds=27,
    unit="mutants",
    share=200,
)
