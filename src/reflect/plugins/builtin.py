"""What reflect itself brings, as a plug-in like any other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.plugins.hookspecs import hookimpl
from reflect.plugins.shipped import shipped_lexicons, shipped_packs

if TYPE_CHECKING:
    from reflect.listening.cues import Cue
    from reflect.sharing.exporter import Exporter


@hookimpl
def reflect_packs() -> Iterable[str | Path]:
    """The shipped packs."""
    return [location.path for location in shipped_packs()]


@hookimpl
def reflect_cues() -> Iterable[Cue]:
    """The cues that every pack can count on."""
    from reflect.listening.cues import builtin_cues

    return builtin_cues()


@hookimpl
def reflect_lexicons() -> Iterable[str | Path]:
    """The shipped word lists."""
    return shipped_lexicons()


@hookimpl
def reflect_exporters() -> Iterable[Exporter]:
    """Markdown, JSON and plain text."""
    from reflect.sharing.forms import builtin_exporters

    return builtin_exporters()
