"""The kinds of files there are, by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

KINDS = ("packs", "translations", "stories", "bundles", "databases", "configs")


class Kind(NamedTuple):
    """Good files to begin with, and what reads one: it raises for a fault of ours."""

    seeds: Callable[[], tuple[bytes, ...]]
    target: Callable[[bytes], str]


def kind(name: str) -> Kind:
    """The kind called `name`; its module, and all that it needs, is imported now."""
    module = import_module(f"proof.fuzzing.{name}")
    return Kind(module.seeds, module.target)
