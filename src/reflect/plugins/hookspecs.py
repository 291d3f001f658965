"""The hooks: what a plug-in may bring.

A plug-in is a module (or any object) named by an entry point of the group
`reflect`. It implements some of these functions, marked with `hookimpl`. All but the
last return values; none is told a word that a mentee wrote. A package of packs
without code needs no hook: see `reflect.plugins.installed`.

    from reflect.plugins.api import hookimpl

    @hookimpl
    def reflect_packs():
        return [Path(__file__).parent / "ward-debrief"]

A name (of a cue, a kind of answer, a format, a rule, a command) belongs to the
built-in that has it, else to the first plug-in by name that brings it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import click

    from reflect.listening.cues import Cue
    from reflect.listening.kinds import AnswerKind
    from reflect.packs.rules import LintRule
    from reflect.plugins.recorded import Recorded
    from reflect.sharing.exporter import Exporter

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
def reflect_lexicons() -> Iterable[str | Path]:
    """Lexicon files (YAML word lists of one language), by absolute path.

    The entries of a list that is there already are added to it.
    """
    raise NotImplementedError


@hookspec
def reflect_cues() -> Iterable[Cue]:
    """Cues that packs may listen for: a name, one line of definition, a pure function.

    The function is called once for each answer that a condition listens to, and may
    take a quarter of a second.
    """
    raise NotImplementedError


@hookspec
def reflect_answer_kinds() -> Iterable[AnswerKind]:
    """Kinds of answer that packs may name in `answer:`.

    The question takes a line of text; what the check says is wrong with it is shown,
    and what was typed stays. The check may take a quarter of a second.
    """
    raise NotImplementedError


@hookspec
def reflect_exporters() -> Iterable[Exporter]:
    """Formats of `reflect export --format`.

    What is written holds every answer, private ones too; it may take five seconds
    and hold 16 MiB.
    """
    raise NotImplementedError


@hookspec
def reflect_lint_rules() -> Iterable[LintRule]:
    """House rules that `reflect pack check` holds packs against; what they find are warnings."""
    raise NotImplementedError


@hookspec
def reflect_commands() -> Iterable[click.Command]:
    """Commands of the program: `reflect NAME`.

    The name and the short help are remembered, so that `reflect --help` need not load the
    plug-in. A command has the terminal to itself and no time limit.
    """
    raise NotImplementedError


@hookspec
def reflect_recorded(recorded: Recorded) -> None:
    """Something of a session has been stored. What is returned counts for nothing.

    Called after each commit, and may take a quarter of a second. It cannot hold up or
    change the session, and after a failure is not called again in the same run.
    """
    raise NotImplementedError
