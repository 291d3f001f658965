"""The hooks: what a plug-in may bring.

A plug-in is a module (or any object) named by an entry point of the group
`reflect`. It implements some of these functions, marked with `hookimpl`, each
returning values; none is told anything about a mentee. A module of packs
without code needs no hook: see `reflect.plugins.installed`.

    from reflect.plugins.hookspecs import hookimpl

    @hookimpl
    def reflect_packs():
        return [Path(__file__).parent / "ward-debrief"]
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pluggy

PROJECT = "reflect"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def reflect_packs() -> Iterable[str | Path]:
    """Folders, each with a `pack.yaml` in it, by absolute path.

    Called when the packs are listed and something was installed since the last time.
    """
    raise NotImplementedError


@hookspec
def reflect_cues() -> Iterable[Any]:
    """Cues (`reflect.listening.cues.Cue`): a name of its own, one line of definition, a pure function.

    Called once before a conversation. A name that is taken already is left out.
    """
    raise NotImplementedError


@hookspec
def reflect_lexicons() -> Iterable[str | Path]:
    """Lexicon files (YAML word lists of one language), by absolute path.

    The entries of a list that is there already are added to it.
    """
    raise NotImplementedError
