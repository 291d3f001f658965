"""The kinds of files there are, by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from random import Random
from typing import NamedTuple

KINDS = ("packs", "translations", "stories", "bundles", "databases", "configs")


class Kind(NamedTuple):
    """Good files to begin with, what reads one (it raises for a fault of ours), and how we break one."""

    seeds: Callable[[], tuple[bytes, ...]]
    target: Callable[[bytes], str]
    mutant: Callable[[bytes, Random], bytes]


def kind(name: str) -> Kind:
    """The kind called `name`; its module, and all that it needs, is imported now."""
    from tests.faults import mutants

    module = import_module(f"proof.fuzzing.{name}")
    # Most are texts, and are broken as packs are.
    return Kind(module.seeds, module.target, getattr(module, "mutant", mutants.mutant))
