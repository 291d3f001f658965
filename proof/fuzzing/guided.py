"""One kind of file under atheris: what takes the program somewhere new is kept and changed again."""

from __future__ import annotations

import hashlib
import pkgutil
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Literal

from proof.fuzzing.kinds import Kind, kind

Way = Literal["guided", "blind", "both"]
Mutator = Callable[[bytes, int, int], bytes]

MOST_BYTES = 16_384
_SHARE = 0.5
"""How often, both ways, our own changes are made in place of the fuzzer's."""
_LONGEST = 60.0
"""Seconds after which an input is stopped."""


def fuzz(name: str, corpus: Path, seconds: int, way: Way = "guided", seed: int = 1) -> None:
    """Fuzz files of the kind `name` for so many seconds, which ends the process; `corpus` is added to.

    `guided` changes bytes of what is kept. `blind` breaks the first files in our own ways and
    keeps nothing in mind, for comparison. `both` takes either at random, on what is kept.
    """
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["reflect"], enable_loader_override=False):
        # Whatever was imported before is not watched, so this module imports nothing of it itself.
        _import_all(import_module("reflect"))
        chosen = kind(name)
    plant(chosen, corpus)
    # What is made once, as homes are, is made before the fuzzer's clock runs.
    chosen.target(chosen.seeds()[0])
    options = (
        f"-max_total_time={seconds}",
        f"-max_len={MOST_BYTES}",
        f"-seed={seed}",
        f"-artifact_prefix={corpus.parent}/{name}-fault-",
        "-rss_limit_mb=1500",
        "-print_final_stats=1",
    )
    mutator = _mutator(way, chosen, atheris)
    also = {"custom_mutator": mutator} if mutator else {}
    atheris.Setup([sys.argv[0], *options, str(corpus)], stopped(chosen.target), **also)
    atheris.Fuzz()


def plant(chosen: Kind, corpus: Path) -> None:
    """Put the first files into `corpus`, under names that come from what is in them."""
    corpus.mkdir(parents=True, exist_ok=True)
    for data in chosen.seeds():
        (corpus / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def stopped(target: Callable[[bytes], str], seconds: float = _LONGEST) -> Callable[[bytes], None]:
    """`target`, with a `Fault` raised in it when an input takes longer than `seconds`.

    The fuzzer's own alarm would not do: around plug-ins the program takes the alarm for itself and gives
    back what Python knew of it, and that is a handler of the fuzzer's that writes to `sys.stderr`, which
    is no file while a command is typed. With a handler of ours in place the fuzzer sets none.
    """

    from proof.fuzzing.holding import Fault

    def ring(*_: object) -> None:
        raise Fault(f"longer than {seconds:g} seconds")

    def one(data: bytes) -> None:
        # Again and again, since what was interrupted may hold the fault for one of its own.
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        try:
            target(data)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    signal.signal(signal.SIGALRM, ring)
    return one


def _mutator(way: Way, chosen: Kind, atheris: ModuleType) -> Mutator | None:
    seeds = chosen.seeds()

    def blind(_: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        return chosen.mutant(chance.choice(seeds), chance)[:most]

    def both(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < _SHARE:
            return chosen.mutant(data, chance)[:most]
        changed: bytes = atheris.Mutate(data, most)
        return changed

    return {"guided": None, "blind": blind, "both": both}[way]


def _import_all(package: ModuleType) -> None:
    """Every module of a package, so that none is imported later without being watched."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith(("__main__", ".foreign")):
            import_module(found.name)
