"""`reflect pack`: the packs of questions."""

from __future__ import annotations

import click

from reflect.cli.commands import PACK_COMMANDS
from reflect.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, modules=PACK_COMMANDS, no_args_is_help=False)
def command() -> None:
    """Packs: the questions that can be asked."""
